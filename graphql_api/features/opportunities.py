"""Lists of opportunities by a filter, as a Relay connection."""

from datetime import datetime
from functools import partial
from typing import Any

import strawberry

from graph import deal_list
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.enums import Band
from graphql_api.features.field import resolved
from graphql_api.features.page_info import Counted, CountedConnection, connected
from graphql_api.features.people import Employee


@strawberry.input(
    description="Which opportunities; what is left out does not narrow, but closed ones come only with "
    "`open: false`. Amounts need their `currency`; `silentDays`: no interaction with the account for so long."
)
class OpportunityFilter(OfAccounts):
    """`band` is that of the account's churn score."""

    open: bool = True
    stages: list[str] | None = None
    currency: str | None = None
    amount_from: float | None = None
    amount_until: float | None = None
    closes_from: datetime | None = None
    closes_until: datetime | None = None
    band: Band | None = None
    silent_days: int | None = None


@strawberry.type(
    description="An opportunity in a list, as it stood at the moment asked for; `id` leads to it by `node`."
)
class ListedOpportunity:
    """With its account and who owns it."""

    id: strawberry.ID
    opportunity_id: strawberry.ID
    name: str | None
    stage: str | None
    amount: float | None
    currency: str | None
    opened_at: datetime | None
    expected_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    customer_id: strawberry.ID
    customer_name: str
    owner: Employee | None

    @classmethod
    def of(cls, deal: deal_list.ListedDeal) -> "ListedOpportunity":
        """From the domain's value."""
        owner = Employee.of(deal.owner) if deal.owner else None
        return shaped(cls, deal, id=strawberry.ID(f"Opportunity:{deal.opportunity_id}"), owner=owner)

    account = account_field("The customer that it is sold to.")


@strawberry.type(description="An opportunity in its place of the list.")
class OpportunityEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: ListedOpportunity


@strawberry.type(description="A page of opportunities by the day when they are to close, the undated last.")
class OpportunityConnection(CountedConnection):
    """Counted up to 10,000; `totalCountExact` says whether there are more."""

    edges: list[OpportunityEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[ListedOpportunity] = strawberry.field(metadata=costs(many=1))


@resolved(weight=10)
async def opportunities(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: OpportunityFilter | None = None,
    as_of: datetime | None = None,
) -> OpportunityConnection | None:
    """Opportunities of everybody, an account, or the accounts of an owner or a team."""
    context = info.context
    chosen = await _filter(context, where or OpportunityFilter())
    asked: dict[str, Any] = {"now": await context.now(), "viewer": context.viewer, "as_of": moment(as_of)}
    page = await deal_list.deal_page(context.store, chosen, **asked, first=first, after=after)
    nodes = [ListedOpportunity.of(deal) for deal in page.deals]
    counted = Counted(partial(deal_list.count_deals, context.store, chosen, **asked))
    return connected(
        OpportunityConnection, OpportunityEdge, nodes, page.cursors, more=page.more, counted=counted
    )


async def _filter(context: Context, given: OpportunityFilter) -> deal_list.DealFilter:
    return deal_list.DealFilter(
        of=await given.portfolio(context),
        only_open=given.open,
        stages=tuple(given.stages or ()),
        currency=given.currency,
        amount_from=given.amount_from,
        amount_until=given.amount_until,
        closes_from=moment(given.closes_from, "closesFrom"),
        closes_until=moment(given.closes_until, "closesUntil"),
        band=None if given.band is None else given.band.value,
        silent_days=given.silent_days,
    )
