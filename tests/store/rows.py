"""Small rows for store tests, and reading a node back."""

from datetime import datetime
from typing import Any

import cypher
from graph.model import NODES
from graph.store import Store

MORNING = "2024-01-01T08:00:00+00:00"


def moment(text: str) -> datetime:
    """The moment an ISO text names."""
    return datetime.fromisoformat(text)


def nodes(count: int, **props: Any) -> list[dict[str, Any]]:
    """Rows of nodes with the ids "0", "1", …"""
    return [{"id": str(number), "props": props} for number in range(count)]


def fact(start: str, end: str, fact_id: str, **props: Any) -> dict[str, Any]:
    """A row of a fact that is true and known from MORNING on."""
    clocks = {"valid_from": MORNING, "known_from": MORNING}
    stated = {"source": "crm", "basis": "observed", "confidence": 1.0}
    return {"start": start, "end": end, "fact_id": fact_id, "props": {**clocks, **stated, **props}}


def props_of(store: Store, label: str, node_id: str) -> dict[str, Any]:
    """The stored properties of one node."""
    asked = cypher.template("transfer.nodes").render(label=label, key=NODES[label].key)
    found: dict[str, Any] = store.read(asked, ids=[node_id])[0]["props"]
    return found
