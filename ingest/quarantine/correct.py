"""Bad rows as a table that a person corrects, and its corrections taken back."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson

from graph.errors import UsageError
from ingest import tables
from ingest.quarantine.waiting import BadRow
from ingest.sql import statement
from ingest.staging.database import Staging

OWN = ("id", "dataset", "file", "row", "reason")
"""Columns before those of the rows."""


def write_table(rows: Iterable[BadRow], path: Path) -> int:
    """Write the rows that have cells as CSV, `id` and `reason` before their columns; how many there are."""
    told = [one for one in rows if one.cells is not None]
    columns = dict.fromkeys(column for one in told for column in one.cells or ())
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*OWN, *(_named(column) for column in columns)])
        for one in told:
            cells = one.cells or {}
            said = [one.id, one.dataset, one.file, one.row, one.reason]
            writer.writerow([*said, *(cells.get(column) or "" for column in columns)])
    path.chmod(0o600)
    return len(told)


def _named(column: str) -> str:
    """A column's name in the table: that of a row's own `id` is told from the table's."""
    return f"cell:{column}" if column in OWN else column


def correct(staging: Staging, rows: Iterable[BadRow], path: Path) -> int:
    """Take the corrected cells of a table that `write_table` made; how many rows changed.

    The raw values stay in the file of the load. Raises UsageError: no table of bad rows, or an unknown id.
    """
    waiting = {one.id: one for one in rows}
    changed: dict[str, str] = {}
    for given in _read(path):
        one = waiting.get(given["id"])
        if one is None or one.cells is None:
            raise UsageError(f"{path}: no row {given['id']!r} waits; `relgraph quarantine list --csv FILE`")
        cells = _corrected(one.cells, given)
        if cells != one.cells:
            changed[one.id] = orjson.dumps(cells).decode()
    staging.execute(
        statement(
            "quarantine.correct",
            quarantine=tables.QUARANTINE,
            ids=list(changed),
            cells=list(changed.values()),
        )
    )
    return len(changed)


def _corrected(cells: Mapping[str, str | None], given: Mapping[str, str]) -> dict[str, str | None]:
    """The cells with what the table says; an empty cell of a column that was null stays null."""
    said = {column: given.get(_named(column)) for column in cells}
    return {
        column: before if said[column] is None or said[column] == (before or "") else said[column]
        for column, before in cells.items()
    }


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8; save it as UTF-8 first") from error
    if any("id" not in row for row in rows):
        raise UsageError(f"{path} has no column `id`; `relgraph quarantine list --csv FILE` writes one")
    return rows
