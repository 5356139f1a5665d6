"""Finding customers: by id, by name, by page."""

from collections.abc import Sequence
from datetime import datetime

from graph.errors import NotFound
from graph.profile.model import Company, Match
from graph.profile.pages import listed
from graph.profile.parts import companies
from graph.profile.search import matching
from graphql_api.context import Context, moment
from graphql_api.types.customer import Customer
from graphql_api.types.enums import MatchedBy
from graphql_api.types.page import AccountMatch, CustomerConnection, CustomerFilter, CustomerOrder, PageInfo


async def by_id(context: Context, asked: str, as_of: datetime | None) -> Customer:
    """The customer that an id of any kind names; raises NotFound."""

    async def read(customer_id: str) -> Company | None:
        return await context.loaders.load(companies, customer_id)

    return Customer.of(await context.first_by("Customer", asked, read), moment(as_of))


async def best_match(context: Context, text: str, as_of: datetime | None) -> Customer:
    """The customer that fits best; raises NotFound."""
    found = await context.ask(matching(text=text, first=1))
    if not found:
        raise NotFound("Customer", text)
    return await by_id(context, found[0].customer_id, as_of)


async def matches(context: Context, text: str, first: int) -> list[AccountMatch]:
    """All customers that fit, best first."""
    found: Sequence[Match] = await context.ask(matching(text=text, first=first))
    customers = await _customers(context, [match.customer_id for match in found])
    return [
        AccountMatch(customer=customers[match.customer_id], by=MatchedBy(match.by), score=match.score)
        for match in found
    ]


async def page(
    context: Context, first: int, after: str | None, where: CustomerFilter | None, order: CustomerOrder
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
    found = await context.ask(plan)
    customers = await _customers(context, [line.customer_id for line in found.lines])
    return CustomerConnection(
        nodes=[customers[line.customer_id] for line in found.lines],
        page_info=PageInfo(has_next_page=found.cursor is not None, end_cursor=found.cursor),
    )


async def _customers(context: Context, customer_ids: Sequence[str]) -> dict[str, Customer]:
    found = await context.ask(companies(customer_ids=customer_ids)) if customer_ids else {}
    return {customer_id: Customer.of(company, None) for customer_id, company in found.items()}
