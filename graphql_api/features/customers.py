"""Several customers: those that answer to a text, and keyset pages.

A page continues after the last key that was seen, whatever rows came or went meanwhile.
"""

from collections.abc import Sequence
from enum import Enum

import strawberry

from graph.profile import pages, search
from graph.profile.read import ProfileRequest, profiles
from graphql_api.context import Context, Info
from graphql_api.execution.measure import costs
from graphql_api.features.customer import Customer
from graphql_api.features.enums import MatchedBy
from graphql_api.features.field import resolved
from graphql_api.features.parts import wanted


@strawberry.enum(description="By name, or by churn risk with the highest first.")
class CustomerOrder(Enum):
    """Values of `graph.profile.model.Order`."""

    NAME = "name"
    RISK = "risk"


@strawberry.input(description="Which customers; what is left out does not narrow.")
class CustomerFilter:
    """`text` is a part of the name; `band` that of the newest churn score."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    band: str | None = None


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """`endCursor` goes into `after` of the next request; it is null on the last page."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="A page of customers; there is no count of all, it would have to read them all.")
class CustomerConnection:
    """Customers in a fixed order."""

    nodes: list[Customer] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@strawberry.type(description="A customer that answers to a text, and by what; `score` runs from 0 to 1.")
class AccountMatch:
    """The first match is the one that `account` takes."""

    customer: Customer
    by: MatchedBy
    score: float


@resolved(weight=3)
async def accounts(info: Info, match: str, first: int = 10) -> list[AccountMatch] | None:
    """All customers that fit, best first."""
    request = await wanted(info, None, "customer")
    found = await search.match(info.context.store, text=match, as_of=request.moment, first=first)
    customers = await _customers(info.context, [one.customer_id for one in found], request)
    return [
        AccountMatch(customer=customers[one.customer_id], by=MatchedBy(one.by), score=one.score)
        for one in found
    ]


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
        after=after,
        industry=chosen.industry,
        region=chosen.region,
        text=chosen.text,
        band=chosen.band,
        order=order.value,
    )
    request = await wanted(info, None, "nodes")
    customers = await _customers(info.context, [line.customer_id for line in page.lines], request)
    return CustomerConnection(
        nodes=[customers[line.customer_id] for line in page.lines],
        page_info=PageInfo(has_next_page=page.cursor is not None, end_cursor=page.cursor),
    )


async def _customers(
    context: Context, customer_ids: Sequence[str], request: ProfileRequest
) -> dict[str, Customer]:
    if not customer_ids:
        return {}
    found = await profiles(context.store, customer_ids=customer_ids, request=request)
    return {customer_id: Customer.of(profile, request) for customer_id, profile in found.items()}
