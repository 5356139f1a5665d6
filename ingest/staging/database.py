"""The staging file: one DuckDB database per home, with an in-memory scratch database beside it.

Kept in the file: raw rows, the ledger of what stands in which graph, the current record of every source row,
and quarantine. Everything of a single run lives in the scratch database `work` and is gone afterwards.
"""

from pathlib import Path

import duckdb

from ingest.errors import StagingLocked

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS raw (
        source TEXT, dataset TEXT, run_id TEXT, file TEXT, row BIGINT, hash TEXT, cells TEXT)""",
    """CREATE TABLE IF NOT EXISTS ledger (
        database_id TEXT, kind TEXT, item TEXT, hash TEXT, run_id TEXT)""",
    """CREATE TABLE IF NOT EXISTS record (
        database_id TEXT, label TEXT, entity TEXT, source TEXT, dataset TEXT, key TEXT,
        record_id TEXT, hash TEXT, known_from TEXT, body TEXT)""",
    """CREATE TABLE IF NOT EXISTS slot (
        database_id TEXT, slot TEXT, content TEXT, fact_id TEXT, type TEXT,
        start_label TEXT, end_label TEXT, start_id TEXT, end_id TEXT, valid_from TEXT)""",
    """CREATE TABLE IF NOT EXISTS holds (
        database_id TEXT, record TEXT, grp TEXT, item TEXT, start_id TEXT, end_id TEXT)""",
    """CREATE TABLE IF NOT EXISTS quarantine (
        run_id TEXT, dataset TEXT, file TEXT, row BIGINT, reason TEXT, cells TEXT)""",
)


def open_staging(home: Path) -> duckdb.DuckDBPyConnection:
    """The staging database of a home, created when it is not there. Raises StagingLocked."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "staging.duckdb"
    try:
        connection = duckdb.connect(str(path), config={"autoinstall_known_extensions": False})
    except duckdb.IOException as error:
        raise StagingLocked(path, str(error)) from error
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("ATTACH ':memory:' AS work")
    for statement in SCHEMA:
        connection.execute(statement)
    return connection
