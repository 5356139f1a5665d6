"""Parts of a customer's profile, and the network around it."""

from datetime import datetime
from typing import Protocol

from graph.profile import around
from graph.profile.parts import PartName, Parts
from graph.profile.read import profiles
from graphql_api.context import Context, moment
from graphql_api.resolvers.wanted import asked
from graphql_api.types.network import Network


class Held(Protocol):
    """A customer with the parts that were read with it."""

    @property
    def customer_id(self) -> str:
        """Its id."""

    @property
    def as_of(self) -> datetime | None:
        """The moment that it was asked for."""

    @property
    def parts(self) -> Parts:
        """What was read of it."""


async def with_part(context: Context, customer: Held, part: PartName, first: int = 0) -> Parts:
    """Parts that surely hold this one: those read with the customer, else it alone is read now."""
    if part in customer.parts:
        return customer.parts
    return await part_of(context, customer.customer_id, part, customer.as_of, first)


async def part_of(
    context: Context, customer: str, part: PartName, as_of: datetime | None, first: int = 0
) -> Parts:
    """One part of the customer that an id of any kind names, asked together with those of the others.

    Raises NotFound.
    """
    request = await asked(context, as_of, {part: first})

    async def read(id_: str) -> Parts | None:
        found = await context.loaders.load(profiles, id_, request=request)
        return found.parts if found else None

    return await context.first_by("Customer", customer, read)


async def network(context: Context, customer_id: str, as_of: datetime | None, first: int) -> Network:
    """The picture around a customer."""
    found = await around.network(
        context.store,
        customer_id=customer_id,
        now=await context.now(),
        as_of=moment(as_of),
        limit=first,
        viewer=context.viewer,
    )
    return Network.of(found)
