"""What the graph should hold after a run, and which of it the graph does not hold yet."""

from graph.sql import Relation
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging


def pending_items(staging: Staging, target: Relation, ledger: Relation, database_id: str) -> Relation:
    """`tables.PENDING`: the items that the ledger does not know as they are, in a fixed order."""
    query = statement("target.pending", target=target, ledger=ledger, database_id=database_id)
    return staging.make(tables.PENDING, query)
