"""Any id a user may hold, to the id that stands today: our own, a retired one, or `source:key`."""

from collections.abc import Collection

from graph.errors import NotFound
from graph.service import GraphStore


async def resolve(store: GraphStore, label: str, any_id: str) -> str:
    """The id of the `label` node that answers to `any_id`; our own ids come first. Raises NotFound."""
    rows = await store.read("alias.resolve", label=label, asked=any_id, alias_id=f"{label}|{any_id}")
    if not rows:
        raise NotFound(label, any_id)
    return str(min(rows, key=lambda row: (row["rank"], row["id"]))["id"])


async def resolve_each(store: GraphStore, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The ids that (label, retired id or `source:key`) stand for, in one statement. Raises NotFound."""
    if not asked:
        return {}
    pairs = {f"{label}|{text}": (label, text) for label, text in asked}
    rows = await store.read("alias.resolve_each", alias_ids=sorted(pairs))
    found = {pairs[row["alias_id"]]: str(row["id"]) for row in rows}
    for label, text in sorted(asked - found.keys()):
        raise NotFound(label, text)
    return found
