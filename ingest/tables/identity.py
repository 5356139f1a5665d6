"""Tables of a single run: which entities the keys and values of its rows mean."""

from graph.sql import Relation

ASKED = Relation("work.asked", {"label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR"})
"""Every source key that rows name."""

KNOWN = Relation("work.known", {"label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR"})
"""Entities that the graph holds, by the source keys that the run's rows name."""

KNOWN_VALUE = Relation(
    "work.known_value", {"label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR"}
)
"""Entities that the graph holds, by the values of fields that the run looks up; values in lower case."""

NODE_ROW = Relation("work.node_row", {
    "rule": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "label": "VARCHAR", "source": "VARCHAR",
    "key": "VARCHAR",
})  # fmt: skip
"""The rows that make the node of a rule."""

FIELD_ROW = Relation("work.field_row", {
    "rule": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "label": "VARCHAR", "source": "VARCHAR",
    "key": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR",
})  # fmt: skip
"""The values, in lower case, of the fields by which something is looked up."""

BLOCKING_KEY = Relation("work.blocking_key", {
    "rule": "VARCHAR", "seq": "BIGINT", "rank": "BIGINT", "value": "VARCHAR",
})  # fmt: skip
"""What a row must share with an entity to match it, for each alternative (`rank`) of its rule."""

PHONE_KEY = Relation("work.phone_key", {
    "number": "VARCHAR", "country": "VARCHAR", "asked": "VARCHAR", "kept": "VARCHAR[]",
})  # fmt: skip
"""What a telephone number is looked up by, and what it is found by where a row states it (see
`ingest.reading.telephone`); `country`: as its row names it, else as declared, else empty."""

UNUSABLE = Relation("work.unusable", {"value": "VARCHAR", "reason": "VARCHAR"})
"""Values by which nothing is matched or found: placeholders, extensions, and damaged numbers."""

KEY = Relation("work.key", {
    "label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR", "state": "VARCHAR",
})  # fmt: skip
"""The entity of every source key; `state` is known, made, review or skip, the last two without an id."""

LOOKUP_VALUE = Relation("work.lookup_value", {
    "label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR", "rule": "VARCHAR",
})  # fmt: skip
"""Which entities carry which value, by the rule that says so (`graph` where the graph does)."""

FOUND_BY = Relation("work.found_by", LOOKUP_VALUE.columns)
"""The same, what stands behind the first of a cell among its like."""

LOOKUP = Relation("work.lookup", {
    "label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR", "state": "VARCHAR",
})  # fmt: skip
"""The one entity that carries a value; `state` is ambiguous, without an id, where there are several."""

UNMATCHED = Relation("work.unmatched", {"key": "VARCHAR", "seq": "BIGINT"})
"""Keys of one rule that no alternative has matched yet, with their first row."""

CANDIDATE = Relation("work.candidate", {"id": "VARCHAR", "value": "VARCHAR"})
"""Entities of other rules with the value by which one rule may match them."""

MATCH = Relation("work.match", {
    "key": "VARCHAR", "value": "VARCHAR", "keys": "BIGINT", "entities": "BIGINT", "ids": "VARCHAR[]",
})  # fmt: skip
"""Keys that share a value with entities: how many keys and how many entities carry it."""

REVIEW = Relation("work.review", {
    "dataset": "VARCHAR", "label": "VARCHAR", "key": "VARCHAR", "shown": "VARCHAR", "reason": "VARCHAR",
    "candidates": "VARCHAR[]",
})  # fmt: skip
"""Rows that wait until a person says which entity they mean."""
