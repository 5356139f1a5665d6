"""Every question that can be asked."""

from datetime import datetime
from typing import Annotated

import strawberry

from graphql_api.context import Info
from graphql_api.resolvers import customer, decision_chain, profile, score, viewer, warm_path
from graphql_api.types.customer import Customer, From
from graphql_api.types.decision_chain import DecisionChain
from graphql_api.types.network import Network
from graphql_api.types.page import AccountMatch, CustomerConnection, CustomerFilter, CustomerOrder
from graphql_api.types.resolved import resolved
from graphql_api.types.score import ChurnRisk, Recommendation
from graphql_api.types.viewer import Viewer
from graphql_api.types.warm_path import WarmPath


@strawberry.type(description="Ids may be ours, retired ones, or `source:key`; moments are ISO 8601.")
class Query:
    """Root fields."""

    @resolved(weight=3)
    async def account(self, info: Info, match: str, as_of: datetime | None = None) -> Customer | None:
        """The customer that fits best: by name, short name, tax number, or any source's id."""
        return await customer.best_match(info, match, as_of)

    @resolved(weight=3)
    async def accounts(self, info: Info, match: str, first: int = 10) -> list[AccountMatch] | None:
        """All customers that fit, best first."""
        return await customer.matches(info, match, first)

    @resolved(weight=2)
    async def customer(self, info: Info, id: strawberry.ID, as_of: datetime | None = None) -> Customer | None:
        """One customer, by any of its ids."""
        return await customer.by_id(info, id, as_of)

    @resolved(weight=2)
    async def customers(
        self,
        info: Info,
        first: int = 20,
        after: str | None = None,
        where: CustomerFilter | None = None,
        order: CustomerOrder = CustomerOrder.NAME,
    ) -> CustomerConnection | None:
        """A page of customers."""
        return await customer.page(info, first, after, where, order)

    @resolved(weight=6)
    async def churn_risk(
        self, info: Info, customer: strawberry.ID, as_of: datetime | None = None
    ) -> ChurnRisk | None:
        """How likely we are to lose a customer, and why."""
        return await score.churn_risk(info.context, customer, as_of)

    @resolved(weight=6)
    async def recommendations(
        self, info: Info, customer: strawberry.ID, first: int = 5
    ) -> list[Recommendation] | None:
        """What to offer a customer next, and why; best first."""
        return await score.recommendations(info.context, customer, first)

    @resolved(weight=20)
    async def network(
        self, info: Info, customer: strawberry.ID, as_of: datetime | None = None, first: int = 100
    ) -> Network | None:
        """People, deals and companies around a customer, at most `first` of them."""
        context = info.context
        return await profile.network(context, await context.resolve("Customer", customer), as_of, first)

    @resolved(weight=1)
    async def viewer(self, info: Info) -> Viewer | None:
        """Whoever holds the token."""
        return await viewer.viewer(info.context)

    @resolved(weight=10)
    async def decision_chain(
        self,
        info: Info,
        opportunity: strawberry.ID | None = None,
        customer: strawberry.ID | None = None,
        as_of: datetime | None = None,
    ) -> DecisionChain | None:
        """Who decides on an opportunity, or at a customer (then on its largest open opportunity)."""
        return await decision_chain.asked(info.context, opportunity, customer, as_of)

    @resolved(weight=20)
    async def warm_paths(
        self,
        info: Info,
        to: strawberry.ID,
        from_: Annotated[strawberry.ID | None, From] = None,
        first: int = 3,
    ) -> list[WarmPath] | None:
        """Who can introduce us to a contact, over today's ties."""
        return await warm_path.to_contact(info.context, to, from_, first)
