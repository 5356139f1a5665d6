"""Any id a user may hold, to the id that stands today: our own, a retired one, or `source:key`."""

from graph.errors import NotFound
from graph.service import GraphStore


async def resolve(store: GraphStore, label: str, any_id: str) -> str:
    """The id of the `label` node that answers to `any_id`; our own ids come first. Raises NotFound."""
    rows = await store.read("alias.resolve", label=label, asked=any_id, alias_id=f"{label}|{any_id}")
    if not rows:
        raise NotFound(label, any_id)
    return str(min(rows, key=lambda row: (row["rank"], row["id"]))["id"])
