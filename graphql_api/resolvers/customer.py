"""Finding customers: by id, by name, by page; what the document asks of them is read with them."""

from collections.abc import Sequence
from datetime import datetime

from graph.errors import NotFound
from graph.profile.model import Match
from graph.profile.pages import listed
from graph.profile.read import Asked, Profile, best, profiles
from graph.profile.search import matching
from graphql_api.context import Context, Info
from graphql_api.resolvers.wanted import wanted
from graphql_api.types.customer import Customer
from graphql_api.types.enums import MatchedBy
from graphql_api.types.page import AccountMatch, CustomerConnection, CustomerFilter, CustomerOrder, PageInfo


async def by_id(info: Info, id_: str, as_of: datetime | None) -> Customer:
    """The customer that an id of any kind names; raises NotFound."""
    context, asked = info.context, await wanted(info, as_of)

    async def read(customer_id: str) -> Profile | None:
        return await context.loaders.load(profiles, customer_id, asked=asked)

    return Customer.of(await context.first_by("Customer", id_, read), asked)


async def best_match(info: Info, text: str, as_of: datetime | None) -> Customer:
    """The customer that fits best; raises NotFound."""
    asked = await wanted(info, as_of)
    found = await info.context.ask(best(text=text, asked=asked))
    if found is None:
        raise NotFound("Customer", text)
    return Customer.of(found, asked)


async def matches(info: Info, text: str, first: int) -> list[AccountMatch]:
    """All customers that fit, best first."""
    found: Sequence[Match] = await info.context.ask(matching(text=text, first=first))
    asked = await wanted(info, None, "customer")
    customers = await _customers(info.context, [match.customer_id for match in found], asked)
    return [
        AccountMatch(customer=customers[match.customer_id], by=MatchedBy(match.by), score=match.score)
        for match in found
    ]


async def page(
    info: Info, first: int, after: str | None, where: CustomerFilter | None, order: CustomerOrder
) -> CustomerConnection:
    """One keyset page."""
    chosen = where or CustomerFilter()
    plan = listed(
        first=first,
        after=after,
        industry=chosen.industry,
        region=chosen.region,
        text=chosen.text,
        band=chosen.band,
        order=order.value,
    )
    found = await info.context.ask(plan)
    asked = await wanted(info, None, "nodes")
    customers = await _customers(info.context, [line.customer_id for line in found.lines], asked)
    return CustomerConnection(
        nodes=[customers[line.customer_id] for line in found.lines],
        page_info=PageInfo(has_next_page=found.cursor is not None, end_cursor=found.cursor),
    )


async def _customers(context: Context, customer_ids: Sequence[str], asked: Asked) -> dict[str, Customer]:
    found = await context.ask(profiles(customer_ids=customer_ids, asked=asked)) if customer_ids else {}
    return {customer_id: Customer.of(profile, asked) for customer_id, profile in found.items()}
