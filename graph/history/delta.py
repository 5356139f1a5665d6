"""Deltas: the rows and tombstones that bring a table up to date, written as one file."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.history.folder import new_folder, write_rows
from graph.history.manifest import Files
from graph.history.tables import POSITION, Table
from graph.history.views import add_view, key
from graph.sql import Sql, bind, fill, listed, name


@dataclass(frozen=True, slots=True)
class Place:
    """Where and as what a delta is written."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    position: int
    sequence: int


def with_delta(place: Place, table: Table, files: Files, puts: Sql, removed: Sql) -> Files:
    """The table's files with a delta more, in its views too.

    puts: a query for rows with the table's columns but `position`. removed: one for keys that stand no more.
    """
    mark = fill(
        "{position}::BIGINT AS position, {sequence}::BIGINT AS sequence",
        position=bind(place.position), sequence=bind(place.sequence),
    )  # fmt: skip
    query = fill(
        """SELECT *, false AS removed, {mark} FROM ({puts})
        UNION ALL BY NAME
        SELECT {key}, true AS removed, {mark} FROM ({removed})""",
        puts=puts, removed=removed, key=key(table), mark=mark,
    )  # fmt: skip
    folder = new_folder(place.folder, table.name, place.sequence, "delta")
    written = write_rows(place.connection, query, place.folder, folder)
    after = files.model_copy(update={"delta": (*files.delta, *written)})
    if written:
        add_view(place.connection, place.folder, table, after)
    return after


def content(table: Table) -> Sql:
    """The table's columns but `position`: what must be equal to that of the graph."""
    return listed(name(field.name) for field in table.schema if field.name != POSITION)
