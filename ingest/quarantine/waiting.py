"""The rows that wait: of the newest load that read their file, with a correction where one was given."""

import re
from collections.abc import Iterable
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
    """Bad rows that no later load of the same file has replaced. runs: the kept loads, in their order."""
    newest: dict[tuple[str, str], int] = {}
    places = {}
    for run in runs:
        places[run.run_id] = run.place
        newest |= dict.fromkeys(_reads(staging, run), run.place) if run.finished else {}
    found = [_bad_row(row) for row in staging.rows(statement("quarantine.all", quarantine=tables.QUARANTINE))]
    return [one for one in found if newest.get((one.dataset, one.file), 0) <= places.get(one.run_id, 0)]


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


def _reads(staging: Staging, run: Archived) -> list[tuple[str, str]]:
    """(dataset, file) of all that a load read."""
    return [
        (name, file) for name in run.mapping.datasets for file in _files(staging, run.file(f"clean_{name}"))
    ]


def _files(staging: Staging, kept: Path) -> list[str]:
    if not kept.exists():
        return []
    query = fill("SELECT DISTINCT __file FROM read_parquet({p})", p=sql.bind(str(kept)))
    return [file for (file,) in staging.rows(query)]
