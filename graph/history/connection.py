"""The DuckDB connection of a history: bounded in memory, spilling to a folder of its own, in UTC."""

from pathlib import Path

import duckdb

from graph.duckdb_limits import DuckDbLimits

SEEN_BY_COMPANY = "CREATE MACRO seen_by_company(visibility) AS coalesce(visibility, 'company') = 'company'"
"""The rule of `cypher/macro/seen_by_company.cypher`: what everybody of us may see."""


def connect(limits: DuckDbLimits, spill: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database that keeps to the limits and spills into the folder `spill`."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, **limits.settings(spill)})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute(SEEN_BY_COMPANY)
    return connection
