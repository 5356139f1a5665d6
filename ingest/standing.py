"""What the graph now says of records that files speak of."""

from collections.abc import Iterable
from typing import Any

from cypher import template
from graph.batches import batches
from graph.model import NODES
from graph.store import Store

CHUNK = 1000


def standing(store: Store, label: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The properties of those of these records that the graph has, by id."""
    asked = template("ingest.standing").render(label=label, key=NODES[label].key)
    return {row["id"]: row["props"] for batch in batches(ids, CHUNK) for row in store.read(asked, ids=batch)}
