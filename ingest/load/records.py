"""Source records: one node per version of a source row, closed when a new one comes."""

from ingest import tables
from ingest.sql import Relation, statement
from ingest.staging.database import Staging


def versions(
    staging: Staging, contribution: Relation, record: Relation, exported: Relation, returned: Relation,
    database_id: str,
) -> Relation:  # fmt: skip
    """`tables.VERSION`: the versions that this run brings and those that they follow."""
    query = statement(
        "record.versions", contribution=contribution, record=record, exported=exported, returned=returned,
        database_id=database_id,
    )  # fmt: skip
    return staging.make(tables.VERSION, query)


def record_targets(
    staging: Staging, version: Relation, target: Relation, labels: list[str], run_id: str
) -> Relation:
    """`tables.TARGET` with the versions of these labels added, each with its link to the entity."""
    staging.append(target, statement("record.nodes", version=version, labels=labels, run_id=run_id))
    return staging.append(target, statement("record.links", version=version, labels=labels))


def keep_records(staging: Staging, version: Relation, removed: Relation, database_id: str) -> Relation:
    """`tables.RECORD` with the current version of every record, after the graph has them all."""
    kept = tables.RECORD
    staging.execute(statement("record.end", record=kept, removed=removed, database_id=database_id))
    staging.execute(statement("record.replaced", record=kept, version=version, database_id=database_id))
    return staging.append(kept, statement("record.current", version=version, database_id=database_id))
