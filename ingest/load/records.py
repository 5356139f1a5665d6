"""Source records: one node per version of a source row, closed where another one follows."""

from graph.sql import Relation
from ingest import tables
from ingest.load.removals import Removals
from ingest.sql import statement
from ingest.staging.database import Staging


def versions(
    staging: Staging, contribution: Relation, record: Relation, exported: Relation, gone: Removals,
    database_id: str,
) -> Relation:  # fmt: skip
    """`tables.VERSION`: all versions of the records of which this run states something new."""
    kept = {
        "record": record, "past": tables.PAST_VERSION, "restated": tables.RESTATED,
        "database_id": database_id,
    }  # fmt: skip
    new = statement(
        "record.states", contribution=contribution, outdated=gone.outdated, exported=exported,
        returned=gone.returned, **kept,
    )  # fmt: skip
    state = staging.make(tables.RECORD_STATE, new)
    version = staging.make(
        tables.VERSION,
        statement("record.versions", state=state, ends=gone.ends, removed=gone.removed, **kept),
    )
    staging.drop(state)
    return version


def standing_records(
    staging: Staging, contribution: Relation, version: Relation, database_id: str
) -> Relation:
    """`tables.STANDING_RECORD`: all records of the entities that the run speaks of, as they then stand."""
    query = statement(
        "record.standing", contribution=contribution, version=version, record=tables.RECORD,
        database_id=database_id,
    )  # fmt: skip
    return staging.make(tables.STANDING_RECORD, query)


def record_targets(
    staging: Staging, version: Relation, target: Relation, labels: list[str], run_id: str
) -> Relation:
    """`tables.TARGET` with the versions of these labels added, each with its link to the entity."""
    staging.append(target, statement("record.nodes", version=version, labels=labels, run_id=run_id))
    return staging.append(target, statement("record.links", version=version, labels=labels))


def keep_records(staging: Staging, version: Relation, database_id: str) -> Relation:
    """`tables.RECORD`, `PAST_VERSION` and `RESTATED` with all versions, after the graph has them."""
    kept, past, restated = tables.RECORD, tables.PAST_VERSION, tables.RESTATED
    for table in (kept, past):
        staging.execute(statement("record.replaced", record=table, version=version, database_id=database_id))
    staging.execute(
        statement("record.forget_restated", restated=restated, version=version, database_id=database_id)
    )
    staging.append(restated, statement("record.restated", version=version, database_id=database_id))
    staging.append(past, statement("record.past", version=version, database_id=database_id))
    return staging.append(kept, statement("record.current", version=version, database_id=database_id))
