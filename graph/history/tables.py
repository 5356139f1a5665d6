"""The tables of the history, as the graph model declares them: one per label and per relationship type."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pyarrow as pa
from pydantic import BaseModel

from graph.backup.columns import OTHER, model_schema
from graph.model import FACTS, NODES, PARTS, Fact
from graph.store.writes import temporal_fields

OWN = frozenset({
    "Alert", "Model", "Recommendation", "RiskScore", "Alias", "Merge", "Verdict", "Change", "InboxEvent",
    "Profile", "Run", "Introduction", "QualityMeasurement", "AssignmentRule", "Forecast",
})  # fmt: skip
"""Nodes that the system makes: what it concludes, other ids, and its own bookkeeping. They stay out."""
LABELS = tuple(label for label in NODES if label not in OWN)
CACHES = frozenset({"KNOWS", "ASSIGNED", "DEPARTED", "BOUGHT", "BOUGHT_WITH", "MAY_BE_SAME_AS"})
"""Relationships that are caches of today; of other types only what derive made stays out."""
EVENT_FIELDS = ("at", "ordered_at", "opened_at", "issued_at", "paid_at")
"""When the event of a record was: its month is the partition of the record and of its edges."""
ENDS = ("start_label", "start_id", "end_label", "end_id")
ATTRIBUTES = "attributes"
POSITION = "position"
CUSTOM = "x_"
"""How the names of custom attributes begin in the graph."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the history; its columns are those of the model, typed, then `attributes` and `position`."""

    name: str
    """The name of its relation, such as `node_order` or `edge_contains`."""
    kind: Literal["node", "edge"]
    of: str
    """Label or relationship type."""
    model: type[BaseModel]
    pairs: tuple[tuple[str, str], ...]
    """Of edges: the (start label, end label) that they can have here."""
    key: tuple[str, ...]
    """What tells its rows apart."""

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema of its rows; moments are naive UTC."""
        return _schema(self)

    @property
    def first_columns(self) -> tuple[str, ...]:
        """What its rows begin with: the node's id, or both ends (and a fact's id)."""
        if self.kind == "node":
            return self.key
        return (*ENDS, "fact_id") if self.is_fact else ENDS

    @property
    def is_fact(self) -> bool:
        """Whether its rows are facts, with an id of their own."""
        return issubclass(self.model, Fact)

    @property
    def anchor(self) -> Literal["start", "end"]:
        """Of edges: the end that has few of them."""
        return "end" if getattr(self.model, "anchor", "start") == "end" else "start"

    @property
    def anchors(self) -> frozenset[str]:
        """Of edges: the labels that the anchor can have."""
        return frozenset(pair[0 if self.anchor == "start" else 1] for pair in self.pairs)

    def others(self, label: str, side: Literal["start", "end"]) -> tuple[str, ...]:
        """Of edges with this label at one side: the labels that the other side can have."""
        place = 0 if side == "start" else 1
        return tuple(pair[1 - place] for pair in self.pairs if pair[place] == label)

    @property
    def event(self) -> str | None:
        """Of nodes: the column that says when their event was, where they are events."""
        return next((name for name in EVENT_FIELDS if name in self.model.model_fields), None)

    @property
    def moments(self) -> tuple[str, ...]:
        """Its columns that hold a moment."""
        return temporal_fields(self.model)


@cache
def _schema(table: Table) -> pa.Schema:
    declared = [
        naive_field(field) for field in model_schema(table.model, table.first_columns) if field.name != OTHER
    ]
    ordered = sorted(declared, key=lambda field: field.name == "ended_at")
    return pa.schema([*ordered, pa.field(ATTRIBUTES, pa.string()), pa.field(POSITION, pa.int64())])


def naive_field(field: pa.Field) -> pa.Field:
    """The field as a history holds it: a moment without its zone, in UTC."""
    return field.with_type(pa.timestamp("us")) if pa.types.is_timestamp(field.type) else field


def _tables() -> Iterator[Table]:
    for label in LABELS:
        model = NODES[label]
        yield Table(f"node_{_snake(label)}", "node", label, model, (), (model.key,))
    for kind, edge in (FACTS | PARTS).items():
        pairs = tuple(pair for pair in edge.ends if set(pair) <= set(LABELS))
        if kind not in CACHES and pairs:
            yield Table(f"edge_{kind.lower()}", "edge", kind, edge, pairs, _edge_key(edge))


def _edge_key(edge: type[BaseModel]) -> tuple[str, ...]:
    if issubclass(edge, Fact):
        return (*ENDS, "fact_id")
    part_key = getattr(edge, "part_key", None)
    return (*ENDS, part_key) if part_key else ENDS


def _snake(label: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in label).lstrip("_")


TABLES: dict[str, Table] = {table.name: table for table in _tables()}
"""Every table by the name of its relation."""
