"""The DuckDB connection of a history: bounded in memory, spilling to a folder of its own, in UTC."""

from pathlib import Path

import duckdb

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
