"""Tables of a single run: the facts and parts that its rows state, and what the graph does not hold yet."""

from graph.sql import Relation
from ingest.tables.kept import CURRENT_PART, FACT_STATE

STATED_FACT = Relation("work.stated_fact", {
    "dataset": "VARCHAR", "seq": "BIGINT",
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
    "trusted": "BOOLEAN",
})  # fmt: skip
"""The facts of the good rows. `trusted`: the stamp is the source's own, or the export's declared date."""

STATED_KEY = Relation("work.stated_key", {
    "fact_key": "VARCHAR", "stamp": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "trusted": "BOOLEAN",
    "first_from": "VARCHAR",
})  # fmt: skip
"""The fact keys that rows speak for, at which stamp; `seq` is null where several rows do together. A row may
state no fact under its key."""

NEW_STATE = Relation("work.new_state", {
    "fact_key": "VARCHAR", "stamp": "VARCHAR", "seq": "BIGINT", "replaces": "VARCHAR", "changes": "BOOLEAN",
})  # fmt: skip
"""States that are not kept yet. `replaces`: the stamp of the state of the same second; `changes`: the key's
facts may be others now."""

CHANGED_KEY = Relation("work.changed_key", {"fact_key": "VARCHAR"})
"""Fact keys whose facts may be others now."""

STATED_STATE = Relation("work.stated_state", {
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
})  # fmt: skip
"""The new states as they are kept."""

STATE = Relation("work.state", {
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
})  # fmt: skip
"""All states of the fact keys that change."""

FACT = Relation("work.fact", {
    "fact_key": "VARCHAR", "value": "VARCHAR", "fact_id": "VARCHAR", "type": "VARCHAR",
    "start_label": "VARCHAR", "end_label": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "source": "VARCHAR", "source_key": "VARCHAR", "valid_from": "VARCHAR", "valid_to": "VARCHAR",
    "known_from": "VARCHAR", "known_to": "VARCHAR", "basis": "VARCHAR", "fields": "JSON",
})  # fmt: skip
"""The facts of the keys that change; `known_to` is filled where another one corrects it."""

CAPPED_FACT = Relation("work.capped_fact", FACT.columns)
"""The same facts, none of which outlives its ends."""

STATED_PART = Relation("work.stated_part", {
    "dataset": "VARCHAR", "seq": "BIGINT", "owner": "VARCHAR", "type": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "part_key": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""The parts of the good rows."""

STATED_OWNER = Relation("work.stated_owner", {"owner": "VARCHAR", "stamp": "VARCHAR", "trusted": "BOOLEAN"})
"""The records that good rows speak for, which may have no parts."""

PART_OWNER = Relation("work.part_owner", {"owner": "VARCHAR", "stamp": "VARCHAR"})
"""The records whose parts are what the run's rows say: those of which the graph knows nothing newer."""

RESTATED_OWNER = Relation("work.restated_owner", PART_OWNER.columns)
"""Those of them that were last stated at another time."""

REMOVED_PART = Relation("work.removed_part", CURRENT_PART.columns)
"""Parts that stood and are no longer stated."""

TARGET = Relation("work.target", {
    "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR", "end_label": "VARCHAR",
    "item": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What the graph should hold. `kind` says how an item is written: node, fact, part, or drop for a part that
goes; `name` is its label or type; `body` is the row for the store as JSON."""

MEMBER = Relation("work.member", {"label": "VARCHAR", "id": "VARCHAR"})
"""Records of the graph that were merged with others."""

ROW_ITEM = Relation("work.row_item", {"dataset": "VARCHAR", "seq": "BIGINT", "item": "VARCHAR"})
"""Which rows speak of which items."""

PENDING = Relation("work.pending", {
    "seq": "BIGINT", "write_group": "VARCHAR", **TARGET.columns, "cell": "UTINYINT", "hash": "VARCHAR",
    "fresh": "BOOLEAN",
})  # fmt: skip
"""The targets that the graph does not hold as they are, numbered in the order of writing within a group.
`cell` of a relationship: in which half of all starts (2) and of all ends (1) its own stand; of the others 0;
`fresh`: it never held the item, so that empty values need not be removed from it."""
