"""Parts of a customer's profile: read with it where the document selects them, else by themselves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import strawberry
from strawberry.types.field import StrawberryField

from graph.offers.stand_in import stand_ins
from graph.profile.parts import PartName, Parts
from graph.profile.read import Profile, ProfileRequest, profiles
from graph.score_view.model import Suggestion
from graphql_api.context import Context, Info
from graphql_api.execution.measure import costs
from graphql_api.execution.shape import READY, Unsure
from graphql_api.execution.taken import Taken
from graphql_api.features.selected import request_for, wanted


class WithParts(Protocol):
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


async def with_part(context: Context, customer: WithParts, part: PartName, first: int = 0) -> Parts:
    """Parts that surely hold this one: those read with the customer, else it alone is read now."""
    if part in customer.parts:
        return customer.parts
    return await part_of(context, customer.customer_id, part, customer.as_of, first)


def read_part(customer: WithParts, part: PartName) -> Any:
    """The value of a part that was read with the customer; raises Unsure where it was not."""
    if part not in customer.parts:
        raise Unsure(part)
    return customer.parts[part]


def part_field(
    part: PartName, kind: Any, make: Callable[[Any], Any], description: str, weight: int = 4
) -> StrawberryField:
    """A field of the type Customer that is one part of its profile; `make` gives the `kind` of the schema."""

    async def read(self: Any, info: Info) -> Any:
        return make((await with_part(info.context, self, part))[part])

    return _part_field(read, kind, description, weight, lambda customer: make(read_part(customer, part)))


def listed_part_field(
    part: PartName,
    kind: Any,
    make: Callable[[Any], Any],
    description: str,
    weight: int = 4,
    *,
    size: int = 20,
) -> StrawberryField:
    """The same of a part that is a list, of which `first` are shown; `make` gives the `kind` of an item."""

    async def read(self: Any, info: Info, first: int = size) -> Any:
        return shown((await with_part(info.context, self, part, first))[part], first)

    def shown(found: Any, first: int) -> list[Any]:
        return [make(one) for one in found[:first]]

    def ready(customer: WithParts, first: int) -> list[Any]:
        found = read_part(customer, part)[:first]
        return list(found) if issubclass(kind, Taken) else [make(one) for one in found]

    return _part_field(read, list[kind], description, weight, ready)


def _part_field(
    read: Callable[..., Any], kind: Any, description: str, weight: int, ready: Callable[..., Any]
) -> StrawberryField:
    read.__annotations__["return"] = kind | None
    return strawberry.field(read, description=description, metadata={**costs(weight), READY: ready})


async def part_of(
    context: Context, customer: str, part: PartName, as_of: datetime | None, first: int = 0
) -> Parts:
    """One part of the customer that an id of any kind names, asked together with those of the others.

    Raises NotFound.
    """
    request = await request_for(context, as_of, {part: first})

    async def read(id_: str) -> Parts | None:
        found = await context.loaders.load(profiles, id_, request=request)
        return found.parts if found else None

    return await context.first_by("Customer", customer, read)


async def stand_ins_of(
    context: Context, customer_id: str, as_of: datetime | None, first: int
) -> tuple[Suggestion, ...]:
    """What stands in for recommendations where no model made any, asked together for all customers."""
    request = await request_for(context, as_of, {"suggestions": first})
    return await context.loaders.load(stand_ins, customer_id, request=request) or ()


async def selected_profile(info: Info, id: str, as_of: datetime | None) -> tuple[Profile, ProfileRequest]:
    """The customer of an id of any kind with the parts that this field selects; raises NotFound."""
    context, request = info.context, await wanted(info, as_of)

    async def read(customer_id: str) -> Profile | None:
        return await context.loaders.load(profiles, customer_id, request=request)

    return await context.first_by("Customer", id, read), request
