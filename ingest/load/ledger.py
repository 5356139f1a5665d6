"""Whether the ledger still tells the truth about a graph."""

from graph.store import Store
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging

NOTES = (
    tables.LEDGER, tables.RECORD, tables.PAST_VERSION, tables.RESTATED, tables.DELETION, tables.FACT_STATE,
    tables.CURRENT_FACT, tables.CURRENT_PART, tables.CURRENT_OWNER, tables.WHOLE_EXPORT,
)  # fmt: skip
"""Staging tables that say what a graph holds."""


def ledger_holds(staging: Staging, store: Store, database_id: str) -> bool:
    """Whether the graph has the newest noted run, or none is noted."""
    newest = staging.value(statement("ledger.newest_run", ledger=tables.LEDGER, database_id=database_id))
    return newest is None or store.one("ingest.run", run_id=newest) is not None


def check_ledger(staging: Staging, store: Store, database_id: str) -> bool:
    """Forget what is noted about a graph that lacks the newest noted run; returns whether it was kept.

    A graph that was emptied, or restored from an older backup, has the same identity but other content.
    Loading all again is harmless: every write is idempotent.
    """
    if ledger_holds(staging, store, database_id):
        return True
    for kept in NOTES:
        staging.execute(statement("ledger.forget", kept=kept, database_id=database_id))
    return False
