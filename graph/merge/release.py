"""A merge undone: what it brought goes back to the record that was absorbed."""

from dataclasses import replace
from typing import Any

from cypher import Query, template
from graph.merge.model import Merge
from graph.merge.rows import KEYS, Edge, Props, Whole, edge_statements, node_statements
from graph.service import Statements


def release_query(label: str) -> Query:
    """The statement that begins it."""
    return template("merge.release").render(label=label, key=KEYS[label])


def release_params(merge: Merge, state: str) -> dict[str, Any]:
    """Its parameters. state: of the merge afterwards."""
    record = merge.record
    return {
        "merge_id": merge.merge_id, "id": merge.kept_id, "state": state, "keys": KEYS,
        "facts": dict.fromkeys(record.facts, True), "parts": dict.fromkeys(record.parts, True),
        "aliases": [f"{merge.kind}|{merge.absorbed_id}"] if record.alias else [],
    }  # fmt: skip


def release_rest(merge: Merge, kept: Whole) -> Statements:
    """The statements that follow it. kept: the record as it now is.

    What was filled is taken back where it still stands; edges go back as they are now.
    """
    record = merge.record
    cleared = {name: None for name, value in record.filled.items() if kept.props.get(name) == value}
    nodes = list(node_statements(merge.kind, [(merge.absorbed_id, record.values)]))
    if cleared:
        nodes += node_statements(merge.kind, [(merge.kept_id, cleared)])
    back = [_back(edge, merge) for edge in kept.edges if _is_of(edge, merge)]
    return [*nodes, *edge_statements((*back, *record.hidden))]


def _is_of(edge: Edge, merge: Merge) -> bool:
    if edge.fact_id is not None:
        return edge.fact_id in merge.record.facts
    return edge.part_name(merge.kind, merge.kept_id) in merge.record.parts


def _back(edge: Edge, merge: Merge) -> Edge:
    there = edge.at(merge.kind, merge.kept_id, merge.absorbed_id)
    return replace(there, props=_without_origin(there.props, merge.absorbed_id))


def _without_origin(props: Props, absorbed_id: str) -> Props:
    return {
        name: value
        for name, value in props.items()
        if not (name in ("from_record", "to_record") and value == absorbed_id)
    }
