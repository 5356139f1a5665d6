"""How many nodes of each label and relationships of each type the graph holds."""

from dataclasses import dataclass

from graph.store import Store

_BOOKKEEPING = ("Migration", "Database")


@dataclass(frozen=True, slots=True)
class Census:
    """Counts by name, sorted by name; the schema's own bookkeeping nodes are left out."""

    nodes: dict[str, int]
    relationships: dict[str, int]


def take(store: Store) -> Census:
    """Count everything now."""
    nodes = {row["label"]: row["count"] for row in store.read("store.count_nodes")}
    relationships = {row["type"]: row["count"] for row in store.read("store.count_relationships")}
    return Census({label: nodes[label] for label in nodes if label not in _BOOKKEEPING}, relationships)
