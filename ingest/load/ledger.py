"""Whether the ledger still tells the truth about a graph."""

from graph.store import Store
from ingest import sql
from ingest.sql import fill
from ingest.staging.database import Staging

KEPT = ("ledger", "record", "slot", "holds")
"""Staging tables that say what a graph holds."""


def check_ledger(connection: Staging, store: Store, database_id: str) -> bool:
    """Forget what is noted about a graph that does not have the newest noted run; returns whether it was
    kept.

    A graph that was emptied, or restored from an older backup, has the same identity but not the same
    content.
    Loading all again is harmless: every write is idempotent.
    """
    query = "SELECT max(run_id) FROM ledger WHERE database_id = {db}"
    newest = connection.execute(fill(query, db=sql.bind(database_id))).fetchall()[0][0]
    if newest is None or store.one("ingest.run", run_id=newest) is not None:
        return True
    for table in KEPT:
        connection.execute(
            fill("DELETE FROM {t} WHERE database_id = {db}", t=sql.name(table), db=sql.bind(database_id))
        )
    return False
