"""Profile and network of a customer."""

from datetime import datetime

from graph.errors import NotFound
from graph.profile import Profile, parts
from graph.profile.around import network_of
from graph.profile.read import profiles
from graphql_api.context import Context, moment
from graphql_api.types.network import Network
from graphql_api.types.people import Position
from graphql_api.types.profile import Tag
from graphql_api.types.shape import all_shaped


async def profile(context: Context, customer_id: str, as_of: datetime | None) -> Profile:
    """The whole profile; within one request each is read once, and all of them together."""
    now = await context.now()
    found = await context.loaders.load(
        profiles, customer_id, now=now, as_of=moment(as_of), viewer=context.viewer
    )
    if found is None:
        raise NotFound("Customer", customer_id)
    return found


async def contacts(context: Context, customer_id: str, as_of: datetime | None, first: int) -> list[Position]:
    """Who worked there."""
    at = await _at(context, as_of)
    found = await context.loaders.load(parts.contacts, customer_id, at=at, viewer=context.viewer, first=first)
    return [Position.of(colleague) for colleague in found or ()]


async def tags(context: Context, customer_id: str, as_of: datetime | None) -> list[Tag]:
    """Tags that were carried."""
    found = await context.loaders.load(parts.tags, customer_id, at=await _at(context, as_of))
    return all_shaped(Tag, found or ())


async def network(context: Context, customer_id: str, as_of: datetime | None, first: int) -> Network:
    """The picture around a customer."""
    at = await _at(context, as_of)
    return Network.of(
        await context.ask(network_of(customer_id=customer_id, now=at, limit=first, viewer=context.viewer))
    )


async def _at(context: Context, as_of: datetime | None) -> datetime:
    """The moment to read at: never after the data's now."""
    now = await context.now()
    return min(moment(as_of) or now, now)
