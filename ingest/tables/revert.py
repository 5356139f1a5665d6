"""Tables of a revert: the loads that remain are compared anew in a staging file of its own."""

from graph.sql import Relation
from ingest.tables.identity import KEY
from ingest.tables.rows import BAD

STANDING = Relation("standing", {
    "item": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What a graph holds after the loads that remain: every item with all that was written of it."""

WRITTEN = Relation("work.written", {
    "run_id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "body": "VARCHAR", "hash": "VARCHAR",
})  # fmt: skip
"""What loads have written to the graph, killed ones included."""

REWRITTEN = Relation("rewritten", WRITTEN.columns)
"""What the loads that remain would have written without the one that is taken back."""

UNREFERRED = Relation("unreferred", {
    "run_id": "VARCHAR", "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR",
    "hash": "VARCHAR",
})  # fmt: skip
"""Rows of later loads that refer to what only the load that is taken back had brought."""

TYPED_BAD = Relation("work.typed_bad", BAD.columns)
"""The bad rows of a load before any row was identified."""

ACTUAL_KEY = Relation("work.actual_key", KEY.columns)
"""The entities of source keys as a kept load had found them."""

ACTUAL_REFUSED = Relation("work.actual_refused", {"dataset": "VARCHAR", "seq": "BIGINT"})
"""The rows that a kept load had refused."""

UNDONE = Relation("work.undone", {
    "verb": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "body": "VARCHAR", "mentioned": "VARCHAR[]",
})  # fmt: skip
"""What a revert writes. `verb`: put or drop; `mentioned`: every property ever written of the item."""


def replayed(relation: Relation) -> Relation:
    """The relation of the same name in the staging file of a revert."""
    return Relation(f"replayed.{relation.name}", relation.columns)
