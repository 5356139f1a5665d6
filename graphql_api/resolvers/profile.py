"""Customers: look-up, pages, profile, network."""

from datetime import datetime

from graph.profile import Profile
from graph.profile.around import network_of
from graph.profile.read import profile as profile_of
from graphql_api.context import Context, moment
from graphql_api.types.network import Network


async def profile(context: Context, customer_id: str, as_of: datetime | None) -> Profile:
    """The whole profile; within one request each is read once."""

    async def read() -> Profile:
        plan = profile_of(
            customer_id=customer_id, now=await context.now(), as_of=moment(as_of), viewer=context.viewer
        )
        return await context.ask(plan)

    return await context.once(("profile", customer_id, as_of), read)


async def network(context: Context, customer_id: str, as_of: datetime | None, first: int) -> Network:
    """The picture around a customer."""
    now = await context.now()
    at = min(moment(as_of) or now, now)
    return Network.of(
        await context.ask(network_of(customer_id=customer_id, now=at, limit=first, viewer=context.viewer))
    )
