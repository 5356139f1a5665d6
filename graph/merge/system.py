"""A merge that linking makes by itself."""

from uuid import uuid4

from graph.merge.model import Merge
from graph.merge.suspend import Clerk, do
from graph.service import WholeStore


async def merge_by_itself(
    store: WholeStore, clerk: Clerk, kind: str, kept_id: str, absorbed_id: str, probability: float, place: int
) -> bool:
    """Merge the two; whether it was done. place: in the list of merges. Raises VersionConflict."""
    merge = Merge(
        f"merge:{uuid4().hex[:24]}", kind, kept_id, absorbed_id, place, "merged", clerk.now, clerk.actor,
        None, probability, "",
    )  # fmt: skip
    return await do(store, clerk.given("link", merge), merge)
