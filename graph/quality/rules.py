"""What is expected of which fields, and from where on a share is told of (docs/quality.md)."""

from graph.history import TABLES
from graph.history.tables import Table
from graph.model import NODES, Fact

EXPECTED_FROM = 0.5
"""A field that at least this share of a source's records state is one that the source keeps."""
MISSING_PERCENT = 5
"""Percent of the records without an expected field beyond which there is an alert (issue 9)."""
NOT_EXPECTED = frozenset(
    {"ended_at", "attributes", "position", "embedding_model_id", "visibility", "owner_id", "email_bounced",
     "email_bounced_at", "bounced_email", "closed_at", "paid_at", "outcome", "lost_reason", "completed_at",
     "done_at", "delivered_at", "satisfaction", "withdrawn_at", "expires_at"}
)  # fmt: skip
"""Fields that are ours, or whose absence says something of its own: an open ticket has no end."""
_OURS = frozenset(
    {"RECORD_OF", "ALIAS_OF", "TAGGED", "IN_SEGMENT", "RELATIONSHIP", "OFFERED", "SCORED", "FORECAST"}
)
"""Types of edges that the system or somebody of us makes."""
APART = ("created_at", "email_bounced", "email_bounced_at", "bounced_email")
"""Fields that each source has of its own record, so that they need not agree."""
LINKED = ("Customer", "Contact")
"""Labels of which two records may be one."""
LEAST_GAPS = 20
"""Days between two versions, or days with records, from which a rhythm can be told."""
USUAL = 0.95
"""The quantile of the days between two versions within which a record is fresh."""


def events() -> list[Table]:
    """Tables of append-only records: those that happened at a moment and never change."""
    return [table for table in TABLES.values() if table.event and table.of not in _mutable()]


def edges() -> list[Table]:
    """Tables of what sources state of two records: facts, and parts such as order lines."""
    return [table for table in TABLES.values() if table.kind == "edge" and table.of not in _OURS]


def own_fields(table: Table) -> list[str]:
    """The fields of a table that can be expected."""
    if table.kind == "edge" and not table.is_fact and not getattr(table.model, "part_key", None):
        return []  # such edges join different things, of which some have no quantity
    skipped = {*table.key, *NOT_EXPECTED, *(Fact.model_fields if table.is_fact else ())}
    return [field for field in table.schema.names if field not in skipped]


def _mutable() -> set[str]:
    return {label for label, model in NODES.items() if model.mutable}
