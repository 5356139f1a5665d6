"""The merge of two records: what goes where, and the statements that bring it there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cypher import Query, template
from graph.merge.record import MergeRecord
from graph.merge.rows import KEYS, Edge, Props, Whole, edge_statements, node_statements
from graph.model import NODES
from graph.service import Statements
from graph.store import writes

OWN = frozenset({"ended_at", "last_statement", "merging"})
"""Values that say something of one record alone."""


@dataclass(frozen=True, slots=True)
class Absorption:
    """A merge that is ready to be written."""

    record: MergeRecord
    moved: tuple[Edge, ...]
    edges: int
    statement: str


def absorption(kept: Whole, absorbed: Whole) -> Absorption:
    """What becomes of the absorbed record's values and edges.

    A value of the kept record stays; what it lacks is filled. Facts move with their ids and say from which
    record they came. An edge between the two, and a part that both have, are set aside.
    """
    has = {e.part_name(kept.label, kept.node_id) for e in kept.edges if e.fact_id is None}
    moved, hidden, names = list[Edge](), list[Edge](), list[str]()
    for edge in absorbed.edges:
        name = edge.part_name(absorbed.label, absorbed.node_id)
        between = edge.other(absorbed.label, absorbed.node_id) == (kept.label, kept.node_id)
        if between or (edge.fact_id is None and name in has):
            hidden.append(edge)
            continue
        if edge.fact_id is None:
            names.append(name)
        moved.append(_moved(edge, kept, absorbed))
    facts = frozenset(edge.fact_id for edge in moved if edge.fact_id is not None)
    filled = _filled(kept, absorbed)
    alias_id = f"{absorbed.label}|{absorbed.node_id}"
    known = {name.split("|", 2)[2] for name in (*names, *has) if name.startswith("ALIAS_OF|")}
    record = MergeRecord(
        absorbed.props, filled, facts, frozenset(names), tuple(hidden), alias_id not in known
    )
    return Absorption(record, tuple(moved), len(absorbed.edges), absorbed.props.get("last_statement", ""))


def _moved(edge: Edge, kept: Whole, absorbed: Whole) -> Edge:
    there = edge.at(absorbed.label, absorbed.node_id, kept.node_id)
    if edge.fact_id is None:
        return there
    side = "from_record" if there.start_id != edge.start_id else "to_record"
    return replace(there, props={side: absorbed.node_id, **there.props})


def _filled(kept: Whole, absorbed: Whole) -> Props:
    model = NODES[kept.label]
    left_out = OWN | {model.key} | set(model.computed)
    return {
        name: value
        for name, value in absorbed.props.items()
        if name not in left_out and name not in kept.props and not name.startswith("embedding")
    }


def absorb_query(label: str) -> Query:
    """The statement that begins a merge."""
    return template("merge.absorb").render(label=label, key=KEYS[label])


def absorb_params(made: Absorption, merge: dict[str, Any]) -> dict[str, Any]:
    """Its parameters. merge: properties of the `Merge` node."""
    props = {**merge, "record": made.record.packed()}
    return {"merge": props, "edges": made.edges, "statement": made.statement}


def absorb_rest(label: str, kept_id: str, absorbed_id: str, made: Absorption) -> Statements:
    """The statements that follow it."""
    filled = [(kept_id, made.record.filled)] if made.record.filled else []
    return [
        *node_statements(label, filled),
        *edge_statements(made.moved),
        *_alias(label, kept_id, absorbed_id, made),
    ]


def _alias(label: str, kept_id: str, absorbed_id: str, made: Absorption) -> Iterator[Any]:
    if made.record.alias:
        alias_id = f"{label}|{absorbed_id}"
        yield from writes.batches(writes.node_upsert("Alias"), [{"id": alias_id, "props": {}}])
        link = writes.part_upsert("ALIAS_OF", "Alias", label)
        yield from writes.batches(link, [{"start": alias_id, "end": kept_id, "props": {}}])
