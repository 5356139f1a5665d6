"""The whole graph as plain rows, without the log of what was done to it."""

from typing import Any

from cypher import Query
from graph import model
from graph.store import Store

BOOKKEEPING = ("Change", "Merge", "Verdict", "Migration", "Database", "Run", "Model")
NODES = Query(
    "test.nodes", "MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS props", frozenset(), "read"
)
EDGES = Query(
    "test.edges",
    "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS start, properties(a) AS a, type(r) AS type, "
    "properties(r) AS props, labels(b)[0] AS end, properties(b) AS b",
    frozenset(),
    "read",
)


def export(store: Store) -> list[Any]:
    """Every node and edge with all its properties, sorted."""
    nodes = [(row["label"], _sorted(row["props"])) for row in store.read(NODES)]
    edges = [
        (*_end(row["start"], row["a"]), row["type"], *_end(row["end"], row["b"]), _sorted(row["props"]))
        for row in store.read(EDGES)
    ]
    return sorted(map(repr, [*(node for node in nodes if node[0] not in BOOKKEEPING), *edges]))


def _sorted(props: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(props.items())


def _end(label: str, props: dict[str, Any]) -> tuple[str, str]:
    return label, props[model.NODES[label].key]
