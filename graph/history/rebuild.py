"""Building a kept history from the graph anew, partition by partition."""

import shutil
from pathlib import Path

import duckdb

from graph.duckdb_limits import DuckDbLimits
from graph.history.connection import connect
from graph.history.folder import new_folder, remove_unnamed, write_changes, write_months
from graph.history.manifest import (
    LAYOUT,
    File,
    Files,
    Manifest,
    named,
    read_manifest,
    replace_manifest,
    shape,
)
from graph.history.pages import Reader
from graph.history.read import write_all
from graph.history.tables import TABLES
from graph.history.views import add_views, months
from graph.private import private_folder
from graph.sql import name


def rebuild(store: Reader, folder: Path, database_id: str, limits: DuckDbLimits) -> Manifest:
    """The history of this graph, read whole; what the folder held counts until it is done."""
    before = read_manifest(folder)
    changes = frozenset(row["change_id"] for row in store.stream("history.changes"))
    building = folder / "building"
    shutil.rmtree(building, ignore_errors=True)
    try:
        raw = dict(write_all(store, private_folder(building), len(changes)))
        with connect(limits, building / "spill") as connection:
            add_views(connection, building, {view: _whole(file) for view, file in raw.items()})
            tables = _partitioned(connection, folder, _next(before))
    finally:
        shutil.rmtree(building, ignore_errors=True)
    manifest = replace_manifest(folder, _made(before, folder, database_id, tables, changes))
    remove_unnamed(folder, manifest)
    return manifest


def empty(folder: Path, database_id: str) -> Manifest:
    """The history of an empty graph; it is not in force."""
    return _made(read_manifest(folder), folder, database_id, {}, frozenset())


def _whole(file: File) -> Files:
    return Files(base=(file,) if file.rows else ())


def _partitioned(connection: duckdb.DuckDBPyConnection, folder: Path, sequence: int) -> dict[str, Files]:
    made = {}
    for table in TABLES.values():
        place = new_folder(folder, table.name, sequence, "base")
        rows = months(table, name(table.name))
        made[table.name] = Files(base=write_months(connection, rows, folder, place))
    return made


def _next(before: Manifest | None) -> int:
    return before.sequence + 1 if before else 1


def _made(
    before: Manifest | None, folder: Path, database_id: str, tables: dict[str, Files],
    changes: frozenset[str],
) -> Manifest:  # fmt: skip
    return Manifest(
        layout=LAYOUT, shape=shape(), database_id=database_id, position=len(changes),
        complete_since=len(changes), sequence=_next(before), tables=tables,
        changes=write_changes(folder, _next(before), changes),
        retired=tuple(sorted(named(before))) if before else (),
    )  # fmt: skip
