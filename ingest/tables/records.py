"""Tables of a single run: the versions of source records, their entities, and which of them end or return."""

from graph.sql import Relation

CONTRIBUTION = Relation("work.contribution", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "known_from": "VARCHAR", "stamp": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What each source record says about its entity, as JSON. `known_from`: where the record begins if nothing
older is known of it; `stamp`: when this was stated, by the row or its export; null where neither says it."""

OUTDATED = Relation("work.outdated", CONTRIBUTION.columns)
"""What was said of records before they ended: versions of the past."""

SURVIVING = Relation("work.surviving", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "known_from": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""The newest state of every record of the run's entities, those of other sources and runs included."""

ENTITY = Relation("work.entity", {"label": "VARCHAR", "id": "VARCHAR", "body": "VARCHAR"})
"""The run's entities with the values that survive among their records."""

FILTERED_KEY = Relation("work.filtered_key", {"key": "VARCHAR"})
"""Keys of the filtered rows of one dataset."""

REMOVED = Relation("work.removed", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "record_id": "VARCHAR", "moment": "VARCHAR", "seq": "BIGINT", "row_dataset": "VARCHAR",
})  # fmt: skip
"""Records that end with this run, and the row that says so; null where a complete export lacks them."""

DELETED = Relation("work.deleted", {
    "label": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "key": "VARCHAR", "moment": "VARCHAR",
})  # fmt: skip
"""The dated deletions of this run."""

END = Relation("work.record_end", {
    "label": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR", "key": "VARCHAR",
    "moment": "VARCHAR",
})  # fmt: skip
"""All dated deletions of the records that this run deletes or states, kept ones included."""

RETURNED = Relation("work.returned", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "moment": "VARCHAR", "dated": "BOOLEAN",
})  # fmt: skip
"""Records that had ended and are stated again. `dated`: by rows whose own stamps follow the deletion."""

STANDING_RECORD = Relation("work.standing_record", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "known_from": "VARCHAR", "body": "VARCHAR",
    "ended_at": "VARCHAR",
})  # fmt: skip
"""The newest version of every record of the run's entities, as it stands after the run."""

ENDED = Relation("work.ended", {"label": "VARCHAR", "id": "VARCHAR", "moment": "VARCHAR"})
"""Entities of which no source holds a record any longer, where that or its day is new."""

BACK = Relation("work.back", ENDED.columns)
"""Entities that had ended, on that day, and of which a source holds a record again."""

TURNED = Relation("work.turned", {"label": "VARCHAR", "id": "VARCHAR"})
"""Entities that end or return with this run."""

ABSENT_KEY = Relation("work.absent_key", {"fact_key": "VARCHAR", "stamp": "VARCHAR"})
"""Fact keys under which nothing is stated any longer, since their record ended or a complete export lacks
them."""

VERSION = Relation("work.version", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "hash": "VARCHAR", "body": "VARCHAR", "known_from": "VARCHAR", "record_id": "VARCHAR",
    "ended_at": "VARCHAR", "known_to": "VARCHAR", "stated": "VARCHAR[]", "changes": "BOOLEAN",
    "moves": "BOOLEAN", "newest": "BOOLEAN",
})  # fmt: skip
"""All versions of the source records of which this run states one. `stated`: when, in order; `changes`: it
is new or its time is another; `moves`: a version of its record is; `newest`: none follows it."""

RECORD_STATE = Relation("work.record_state", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "hash": "VARCHAR", "body": "VARCHAR", "stamp": "VARCHAR", "known_from": "VARCHAR",
    "returns": "BOOLEAN",
})  # fmt: skip
"""What the run states of records that was not known; `returns`: the record had ended."""
