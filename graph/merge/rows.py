"""A record and its edges as they are read, as rows for the store, and as text to be kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from cypher import template
from graph.model import FACTS, NODES, PARTS
from graph.service import Statements, WholeStore
from graph.store import writes

MERGEABLE = ("Customer", "Contact")
KEYS = {label: node.key for label, node in NODES.items()}
Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """One fact or part with all its properties."""

    type: str
    start_label: str
    start_id: str
    end_label: str
    end_id: str
    props: Props

    @property
    def fact_id(self) -> str | None:
        """Of facts."""
        return str(self.props["fact_id"]) if self.type in FACTS else None

    def other(self, label: str, node_id: str) -> tuple[str, str]:
        """Label and id of the end that is not this record."""
        if (self.start_label, self.start_id) == (label, node_id):
            return self.end_label, self.end_id
        return self.start_label, self.start_id

    def part_name(self, label: str, node_id: str) -> str:
        """What tells the parts of a record apart: type and other end."""
        return "|".join((self.type, *self.other(label, node_id)))

    def at(self, label: str, before: str, after: str) -> "Edge":
        """The same edge at another record of the label."""
        start = after if (self.start_label, self.start_id) == (label, before) else self.start_id
        end = after if (self.end_label, self.end_id) == (label, before) else self.end_id
        return replace(self, start_id=start, end_id=end)


@dataclass(frozen=True, slots=True)
class Whole:
    """A record with all its values and edges."""

    label: str
    node_id: str
    props: Props
    edges: tuple[Edge, ...]

    @property
    def ended(self) -> bool:
        """Whether its sources no longer have it."""
        return self.props.get("ended_at") is not None


async def read_whole(store: WholeStore, label: str, node_id: str) -> Whole | None:
    """The record as the graph holds it; None where there is none."""
    slots = {"label": label, "key": KEYS[label]}
    nodes = await store.read(template("transfer.nodes").render(**slots), ids=[node_id])
    if not nodes:
        return None
    rows = await store.read(template("merge.edges").render(**slots), id=node_id, keys=KEYS)
    return Whole(label, node_id, nodes[0]["props"], tuple(_edge(label, node_id, row) for row in rows))


def _edge(label: str, node_id: str, row: Mapping[str, Any]) -> Edge:
    other_label, other_id = row["other_label"], str(row["other_id"])
    if row["outgoing"]:
        return Edge(row["type"], label, node_id, other_label, other_id, row["props"])
    return Edge(row["type"], other_label, other_id, label, node_id, row["props"])


def node_statements(label: str, rows: Iterable[tuple[str, Props]]) -> Iterator[tuple[Any, Any]]:
    """Statements that write these nodes; a property that is None is removed."""
    yield from writes.batches(
        writes.node_upsert(label), [{"id": key, **_plain(NODES[label], props)} for key, props in rows]
    )


def edge_statements(edges: Iterable[Edge]) -> Statements:
    """Statements that write these edges with all their properties."""
    grouped: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        grouped[edge.type, edge.start_label, edge.end_label].append(edge)
    made: list[tuple[Any, Any]] = []
    for (kind, start, end), of_kind in sorted(grouped.items()):
        upsert = writes.fact_upsert if kind in FACTS else writes.part_upsert
        made += writes.batches(upsert(kind, start, end), [_edge_row(edge) for edge in of_kind])
    return made


def _edge_row(edge: Edge) -> dict[str, Any]:
    row = {"start": edge.start_id, "end": edge.end_id, **_plain((FACTS | PARTS)[edge.type], edge.props)}
    if edge.type in FACTS:
        return row | {"fact_id": edge.fact_id}
    part_key = PARTS[edge.type].part_key
    return row | ({"key": edge.props[part_key]} if part_key else {})


def _plain(model: type[BaseModel], props: Props) -> dict[str, Any]:
    """Properties for a row: moments as text, those that the model does not know as moments named."""
    known = writes.temporal_fields(model)
    moments = [name for name, item in props.items() if isinstance(item, datetime) and name not in known]
    return {"props": {name: _text(item) for name, item in props.items()}, "moments": moments}


def _text(item: Any) -> Any:
    return item.isoformat() if isinstance(item, datetime) else item
