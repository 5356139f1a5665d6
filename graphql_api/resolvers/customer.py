"""Finding customers: by id, by name, by page; what the document asks of them is read with them."""

from collections.abc import Sequence
from datetime import datetime

from graph.errors import NotFound
from graph.profile import pages, search
from graph.profile.read import Profile, ProfileRequest, profiles
from graph.profile.read import best_match as best_profile
from graphql_api.context import Context, Info
from graphql_api.resolvers.wanted import wanted
from graphql_api.types.customer import Customer
from graphql_api.types.enums import MatchedBy
from graphql_api.types.page import AccountMatch, CustomerConnection, CustomerFilter, CustomerOrder, PageInfo


async def by_id(info: Info, id_: str, as_of: datetime | None) -> Customer:
    """The customer that an id of any kind names; raises NotFound."""
    context, request = info.context, await wanted(info, as_of)

    async def read(customer_id: str) -> Profile | None:
        return await context.loaders.load(profiles, customer_id, request=request)

    return Customer.of(await context.first_by("Customer", id_, read), request)


async def best_match(info: Info, text: str, as_of: datetime | None) -> Customer:
    """The customer that fits best; raises NotFound."""
    request = await wanted(info, as_of)
    found = await best_profile(info.context.store, text=text, request=request)
    if found is None:
        raise NotFound("Customer", text)
    return Customer.of(found, request)


async def matches(info: Info, text: str, first: int) -> list[AccountMatch]:
    """All customers that fit, best first."""
    found = await search.match(info.context.store, text=text, first=first)
    request = await wanted(info, None, "customer")
    customers = await _customers(info.context, [match.customer_id for match in found], request)
    return [
        AccountMatch(customer=customers[match.customer_id], by=MatchedBy(match.by), score=match.score)
        for match in found
    ]


async def page(
    info: Info, first: int, after: str | None, where: CustomerFilter | None, order: CustomerOrder
) -> CustomerConnection:
    """One keyset page."""
    chosen = where or CustomerFilter()
    found = await pages.page(
        info.context.store,
        first=first,
        after=after,
        industry=chosen.industry,
        region=chosen.region,
        text=chosen.text,
        band=chosen.band,
        order=order.value,
    )
    request = await wanted(info, None, "nodes")
    customers = await _customers(info.context, [line.customer_id for line in found.lines], request)
    return CustomerConnection(
        nodes=[customers[line.customer_id] for line in found.lines],
        page_info=PageInfo(has_next_page=found.cursor is not None, end_cursor=found.cursor),
    )


async def _customers(
    context: Context, customer_ids: Sequence[str], request: ProfileRequest
) -> dict[str, Customer]:
    if not customer_ids:
        return {}
    found = await profiles(context.store, customer_ids=customer_ids, request=request)
    return {customer_id: Customer.of(profile, request) for customer_id, profile in found.items()}
