"""Profile and network of a customer."""

from datetime import datetime

from graph.errors import NotFound
from graph.profile import Profile
from graph.profile.around import network_of
from graph.profile.read import profiles
from graphql_api.context import Context, moment
from graphql_api.types.network import Network


async def profile(context: Context, customer_id: str, as_of: datetime | None) -> Profile:
    """The whole profile; within one request each is read once, and all of them together."""
    now = await context.now()
    found = await context.loaders.load(
        profiles, customer_id, now=now, as_of=moment(as_of), viewer=context.viewer
    )
    if found is None:
        raise NotFound("Customer", customer_id)
    return found


async def network(context: Context, customer_id: str, as_of: datetime | None, first: int) -> Network:
    """The picture around a customer."""
    now = await context.now()
    at = min(moment(as_of) or now, now)
    return Network.of(
        await context.ask(network_of(customer_id=customer_id, now=at, limit=first, viewer=context.viewer))
    )
