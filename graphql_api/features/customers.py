"""Several customers: those that answer to a text, and keyset pages.

A page continues after the last key that was seen, whatever rows came or went meanwhile.
"""

from enum import Enum

import strawberry

from graph.profile import pages, search
from graphql_api.context import Info
from graphql_api.execution.measure import costs
from graphql_api.features.customer import AccountMatch, Customer, customers_by_id
from graphql_api.features.field import resolved
from graphql_api.features.page_info import PageInfo
from graphql_api.features.parts import wanted


@strawberry.enum(description="By name, or by churn risk with the highest first and the unscored last.")
class CustomerOrder(Enum):
    """Values of `graph.profile.model.Order`."""

    NAME = "name"
    RISK = "risk"


@strawberry.input(description="Which customers; what is left out does not narrow.")
class CustomerFilter:
    """`text` is a part of the name; `band` (high, medium, low) that of the newest churn score."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    band: str | None = None


@strawberry.type(description="A page of customers; there is no count of all, it would have to read them all.")
class CustomerConnection:
    """Customers in a fixed order."""

    nodes: list[Customer] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@resolved(weight=3)
async def accounts(info: Info, match: str, first: int = 10) -> list[AccountMatch] | None:
    """All customers that fit, best first."""
    request = await wanted(info, None, "customer")
    found = await search.match(
        info.context.store, text=match, as_of=request.moment, first=first, finder=info.context.finder
    )
    return await AccountMatch.all_of(info.context, found, request)


@resolved(weight=2, name="customers")
async def customers_page(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: CustomerFilter | None = None,
    order: CustomerOrder = CustomerOrder.NAME,
) -> CustomerConnection | None:
    """A page of customers."""
    chosen = where or CustomerFilter()
    page = await pages.page(
        info.context.store,
        first=first,
        now=await info.context.now(),
        after=after,
        where=pages.PageFilter(chosen.industry, chosen.region, chosen.text, chosen.band),
        order=order.value,
    )
    request = await wanted(info, None, "nodes")
    customers = await customers_by_id(info.context, [line.customer_id for line in page.lines], request)
    return CustomerConnection(
        nodes=[customers[line.customer_id] for line in page.lines],
        page_info=PageInfo(has_next_page=page.cursor is not None, end_cursor=page.cursor),
    )
