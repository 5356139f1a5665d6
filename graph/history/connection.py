"""The DuckDB connection of a history: bounded in memory, spilling to a folder of its own, in UTC."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from graph.history.tables import TABLES

SEEN_BY_COMPANY = "CREATE MACRO seen_by_company(visibility) AS coalesce(visibility, 'company') = 'company'"
"""The rule of `cypher/macro/seen_by_company.cypher`: what everybody of us may see."""


def connect(memory: str, spill: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database that keeps to `memory` (such as `2GB`) and spills into the folder `spill`."""
    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute(SEEN_BY_COMPANY)
    return connection


def add_views(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> None:
    """A view per table over its files."""
    for name in TABLES:
        paths = [str(path) for path in files[name]]
        connection.read_parquet(paths).create_view(name)
