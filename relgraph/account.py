"""The account that a command names: by any id, number or name."""

from datetime import datetime

from graph.errors import NotFound
from graph.profile.search import match
from graph.service import GraphStore


async def account_named(store: GraphStore, text: str, now: datetime) -> str:
    """Id of the customer that answers best to the text; raises NotFound."""
    found = await match(store, text=text, as_of=now, first=1)
    if not found:
        raise NotFound("Customer", text)
    return found[0].customer_id
