"""Source records: one node per version of a source row, closed when a new one comes."""

from ingest import tables
from ingest.sql import Relation, statement
from ingest.staging.database import Staging


def versions(
    staging: Staging, contribution: Relation, record: Relation, exported: Relation, returned: Relation,
    database_id: str,
) -> Relation:  # fmt: skip
    """`tables.VERSION`: the versions that this run brings, among all of their records."""
    query = statement(
        "record.versions", contribution=contribution, record=record, past=tables.PAST_VERSION,
        exported=exported, returned=returned, database_id=database_id,
    )  # fmt: skip
    return staging.make(tables.VERSION, query)


def record_targets(
    staging: Staging, version: Relation, target: Relation, labels: list[str], run_id: str
) -> Relation:
    """`tables.TARGET` with the versions of these labels added, each with its link to the entity."""
    staging.append(target, statement("record.nodes", version=version, labels=labels, run_id=run_id))
    return staging.append(target, statement("record.links", version=version, labels=labels))


def keep_records(staging: Staging, version: Relation, removed: Relation, database_id: str) -> Relation:
    """`tables.RECORD` and `tables.PAST_VERSION` with all versions, after the graph has them."""
    kept, past = tables.RECORD, tables.PAST_VERSION
    staging.execute(statement("record.end", record=kept, removed=removed, database_id=database_id))
    for table in (kept, past):
        staging.execute(statement("record.replaced", record=table, version=version, database_id=database_id))
    staging.append(past, statement("record.past", version=version, database_id=database_id))
    return staging.append(kept, statement("record.current", version=version, database_id=database_id))
