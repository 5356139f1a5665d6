"""Running statements: what a query makes is a temporary table, which spills where memory is short."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from graph.sql.pieces import Sql, fill, name

FETCHED = 10_000


def make(connection: duckdb.DuckDBPyConnection, table: str, query: Sql) -> None:
    """Make the temporary table anew from the rows of a query."""
    execute(connection, fill("CREATE OR REPLACE TEMP TABLE {t} AS {q}", t=name(table), q=query))


def execute(connection: duckdb.DuckDBPyConnection, query: Sql) -> duckdb.DuckDBPyConnection:
    """Run a statement with its values; the result is fetched from what comes back."""
    return connection.execute(query.text, dict(query.values))


def rows(connection: duckdb.DuckDBPyConnection, query: Sql) -> Iterator[dict[str, Any]]:
    """The rows of a query by column name, some at a time; read them before the connection runs another."""
    result = execute(connection, query)
    columns = [column for column, *_ in result.description or ()]
    while found := result.fetchmany(FETCHED):
        yield from (dict(zip(columns, row, strict=True)) for row in found)


def first(connection: duckdb.DuckDBPyConnection, query: Sql) -> tuple[Any, ...] | None:
    """The first row of a query; None where it has none."""
    found = execute(connection, query).fetchall()
    return found[0] if found else None


def append(connection: duckdb.DuckDBPyConnection, table: str, given: pa.Table, *, anew: bool = False) -> None:
    """Add the rows of an Arrow table to a temporary one, or make it of them."""
    connection.register("incoming", given)
    try:
        if anew:
            make(connection, table, Sql("SELECT * FROM incoming"))
        else:
            execute(connection, fill("INSERT INTO {t} SELECT * FROM incoming", t=name(table)))
    finally:
        connection.unregister("incoming")
