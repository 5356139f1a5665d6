"""Compaction: the partitions that deltas touch are written anew, so that reading compares no keys."""

from pathlib import Path

import duckdb

from graph.history.delta import Place
from graph.history.folder import new_folder, paths, write_months, write_rows
from graph.history.manifest import File, Files
from graph.history.tables import TABLES, Table
from graph.history.views import add_view, columns, key, months, newest_of_delta
from graph.sql import fill, name
from graph.sql.run import execute

DELTAS = 8
"""Deltas of a table that are read beside its base."""
SHARE = 0.1
"""Of the rows of the base; more in deltas are compacted."""
LEAST = 50_000
"""Rows in deltas that cost a reader nothing worth writing for."""


def compacted(place: Place, tables: dict[str, Files]) -> dict[str, Files]:
    """The tables with many or large deltas, without them."""
    return {view: _compact(place, TABLES[view], files) for view, files in tables.items() if is_due(files)}


def is_due(files: Files) -> bool:
    """Whether a table's deltas are many, or large beside its base."""
    base, delta = (sum(file.rows for file in some) for some in (files.base, files.delta))
    return len(files.delta) > DELTAS or delta > max(LEAST, SHARE * base)


def _compact(place: Place, table: Table, files: Files) -> Files:
    connection, folder = place.connection, place.folder
    touched = _touched(connection, folder, table, files)
    _rows_of(connection, folder, "touched", touched, table)
    names = {"c": columns(table), "key": key(table), "delta": newest_of_delta(table)}
    rows = fill(
        """(SELECT {c} FROM touched ANTI JOIN {delta} USING ({key})
        UNION ALL
        SELECT {c} FROM {delta} WHERE NOT removed)""",
        **names,
    )  # fmt: skip
    base = new_folder(folder, table.name, place.sequence, "base")
    written = write_months(connection, months(table, rows), folder, base)
    tombstones = fill("SELECT * FROM {delta} WHERE removed", delta=names["delta"])
    gone = write_rows(connection, tombstones, folder, new_folder(folder, table.name, place.sequence, "gone"))
    left = tuple(file for file in files.base if file not in touched)
    after = Files(base=(*left, *written), gone=(*files.gone, *gone))
    add_view(connection, folder, table, after)
    return after


def _touched(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: Table, files: Files
) -> tuple[File, ...]:
    """The files of the base that hold a key which a delta names."""
    if not files.base:
        return ()
    rows = connection.read_parquet(paths(folder, files.base), filename=True, hive_partitioning=False)
    rows.create_view("placed", replace=True)
    query = fill(
        "SELECT DISTINCT filename FROM placed SEMI JOIN {delta} USING ({key})",
        delta=name(f"delta_{table.name}"), key=key(table),
    )  # fmt: skip
    holding = {path for (path,) in execute(connection, query).fetchall()}
    return tuple(file for file in files.base if str(folder / file.path) in holding)


def _rows_of(
    connection: duckdb.DuckDBPyConnection, folder: Path, view: str, files: tuple[File, ...], table: Table
) -> None:
    if files:
        rows = connection.read_parquet(paths(folder, files), hive_partitioning=False)
    else:
        rows = connection.from_arrow(table.schema.empty_table())
    rows.create_view(view, replace=True)
