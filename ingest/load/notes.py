"""Sentences of the report on what ended, returned or stays."""

from collections.abc import Iterator

from graph.sql import Relation, fill
from ingest import tables
from ingest.load.compare import Changes, Rows
from ingest.load.removals import filtered_that_stay
from ingest.sql import statement
from ingest.staging.database import Staging


def removal_notes(staging: Staging, rows: Rows, changes: Changes, database_id: str) -> Iterator[str]:
    """What ended or returned by label, and filtered rows that the graph keeps as they were."""
    for label, count in _counts(staging, changes.turned.ended):
        yield f"{label}: {_counted(count, 'record')} ended, deleted or no longer exported"
    for label, count in _counts(staging, changes.turned.back):
        yield f"{label}: {_counted(count, 'record')} returned"
    stay = statement(
        "removal.stay_ended", outdated=changes.removals.outdated, version=changes.version,
        record=tables.RECORD, database_id=database_id,
    )  # fmt: skip
    if outdated := int(staging.value(stay)):
        verb = "is" if outdated == 1 else "are"
        yield f"{_counted(outdated, 'state')} {verb} older than the end of the record, which stays ended"
    for dataset, count in staging.rows(fill("FROM {t} ORDER BY dataset", t=changes.removals.late.table)):
        yield (
            f"{dataset}: older than what was loaded before ({_counted(count, 'record')} with an older stamp, "
            "none with a newer one): what it lacks has not ended; declare `exported_at:`"
        )
    for dataset, count in staging.rows(
        fill("FROM {t} ORDER BY dataset", t=changes.removals.newest_only.table)
    ):
        yield (
            f"{dataset}: lacks {_counted(count, 'record')}, newer than all that it has, as an older export "
            "does: what it lacks has not ended; declare `exported_at:`, or load it with --accept-removals"
        )
    for dataset, count in filtered_that_stay(staging, rows.mapping, rows.rules, database_id).items():
        if count:
            names = "row is" if count == 1 else "rows are"
            stays = "stays" if count == 1 else "stay"
            yield (
                f"{dataset}: {count:,} filtered {names} in the graph and {stays}; "
                "rows that mean a deletion are declared by `deleted:`"
            )


def _counts(staging: Staging, relation: Relation) -> list[tuple[str, int]]:
    return staging.rows(statement("removal.counts", entities=relation))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
