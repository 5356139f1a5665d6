"""The rows that wait: of the newest load that read their file, with a correction where one was given."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph import sql
from graph.sql import fill
from ingest import tables
from ingest.revert.archive import Archived
from ingest.sql import statement
from ingest.staging.database import Staging

File = tuple[str, str, str]
"""Source, dataset and the name of a file."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that a load refused. cells: by column; None where the line was no row of its table.

    `row` counts the rows of its file, or is the line of one that was no row.
    """

    id: str
    run_id: str
    dataset: str
    file: str
    row: int
    reason: str
    cells: dict[str, str | None] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Bad rows of a dataset with one reason, without the values that differ, and some of them."""

    dataset: str
    reason: str
    rows: int
    samples: tuple[BadRow, ...]


def waiting_rows(staging: Staging, runs: Iterable[Archived]) -> list[BadRow]:
    """Bad rows that no later load of the same file has replaced. runs: the kept loads, in their order.

    Events of a live source replace nothing, for each load has other ones; of equal ones the newest waits.
    """
    kept = {run.run_id: run for run in runs}
    found = [_bad_row(row) for row in staging.rows(statement("quarantine.all", quarantine=tables.QUARANTINE))]
    asked = {one.dataset for one in found}
    newest: dict[File, int] = {}
    for run in kept.values():
        newest |= dict.fromkeys(_reads(staging, run, asked), run.place) if run.finished else {}
    rows = [one for one in found if not _is_replaced(one, kept.get(one.run_id), newest)]
    return _newest_events(rows, kept)


def _is_replaced(one: BadRow, run: Archived | None, newest: Mapping[File, int]) -> bool:
    """Whether a later load read its file; of a load that is not kept neither source nor place is known."""
    if run is None or one.dataset not in run.mapping.datasets:
        return any(file[1:] == (one.dataset, one.file) for file in newest)
    return newest.get((run.mapping.source_of(one.dataset), one.dataset, one.file), 0) > run.place


def _newest_events(rows: Iterable[BadRow], kept: Mapping[str, Archived]) -> list[BadRow]:
    """The rows without events that a later load was given again, and that were bad again."""
    found: dict[object, BadRow] = {}
    for one in sorted(rows, key=lambda one: kept[one.run_id].place if one.run_id in kept else 0):
        run = kept.get(one.run_id)
        live = run is not None and one.dataset in run.mapping.datasets and run.mapping.is_live(one.dataset)
        same = (one.dataset, tuple((one.cells or {}).items())) if live else one.id
        found[same] = one
    return sorted(found.values(), key=lambda one: (one.run_id, one.dataset, one.file, one.row))


def by_reason(rows: Iterable[BadRow], samples: int) -> list[Reason]:
    """The rows by dataset and reason, the most frequent first."""
    groups: dict[tuple[str, str], list[BadRow]] = {}
    for one in rows:
        groups.setdefault((one.dataset, general(one.reason)), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [Reason(*key, len(found), tuple(found[:samples])) for key, found in ordered]


def general(reason: str) -> str:
    """A reason without the values that differ."""
    return re.sub(r"line \d+", "line …", re.sub(r"`[^`]*`", "`…`", reason))


def _bad_row(row: tuple[Any, ...]) -> BadRow:
    identity, run_id, dataset, file, number, reason, cells = row
    return BadRow(identity, run_id, dataset, file, number, reason, _cells(cells))


def _cells(text: str | None) -> dict[str, str | None] | None:
    try:
        cells = orjson.loads(text or "")
    except orjson.JSONDecodeError:
        return None  # a line that was no row is kept as it stood
    return cells if isinstance(cells, dict) else None


def _reads(staging: Staging, run: Archived, asked: Collection[str]) -> list[File]:
    """The files of these datasets that a load read, but for the events of live sources."""
    return [
        (run.mapping.source_of(name), name, file)
        for name in run.mapping.datasets if name in asked and not run.mapping.is_live(name)
        for file in _files(staging, run.file(f"clean_{name}"))
    ]  # fmt: skip


def _files(staging: Staging, kept: Path) -> list[str]:
    if not kept.exists():
        return []
    query = fill("SELECT DISTINCT __file FROM read_parquet({p})", p=sql.bind(str(kept)))
    return [file for (file,) in staging.rows(query)]
