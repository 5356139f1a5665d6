"""A customer, the root of most questions."""

from datetime import datetime
from typing import Annotated

import strawberry

from graph.profile.model import Company
from graphql_api.context import Info
from graphql_api.resolvers import decision_chain, score, warm_path
from graphql_api.resolvers import profile as profiles
from graphql_api.types.decision_chain import DecisionChain
from graphql_api.types.enums import DecisionRole
from graphql_api.types.network import Network
from graphql_api.types.people import AccountOwner, Position
from graphql_api.types.profile import Attribute, Health, Opportunity, Orders, Origin, Related, Tag, Tickets
from graphql_api.types.resolved import resolved
from graphql_api.types.score import ChurnRisk, Recommendation
from graphql_api.types.shape import all_shaped, shaped
from graphql_api.types.warm_path import WarmPath

From = strawberry.argument(name="from", description="An employee's id; the viewer unless said otherwise.")
_PROFILE = 10


@strawberry.type(description="A company that buys from us or might. Its own values are today's.")
class Customer:
    """Answers below it are as of the moment that the customer was asked for."""

    moment: strawberry.Private[datetime | None]
    customer_id: strawberry.ID
    name: str
    short_name: str | None
    tax_id: str | None
    industry: str | None
    region: str | None
    city: str | None
    country: str | None
    employees: int | None
    revenue: float | None
    currency: str | None
    domains: list[str]
    website: str | None
    phone: str | None
    lifecycle_stage: str | None
    created_at: datetime | None
    attributes: list[Attribute]

    @classmethod
    def of(cls, company: Company, moment: datetime | None) -> "Customer":
        """From the domain's value."""
        attributes = [Attribute.of(name, value) for name, value in company.attributes]
        return shaped(cls, company, attributes=attributes, moment=moment)

    @resolved(weight=2)
    async def tags(self, info: Info) -> list[Tag] | None:
        """Tags it carries."""
        return await profiles.tags(info.context, self.customer_id, self.moment)

    @resolved(weight=_PROFILE)
    async def health(self, info: Info) -> Health | None:
        """How the relation is going, with what it was computed from."""
        return Health.of((await profiles.profile(info.context, self.customer_id, self.moment)).health)

    @resolved(weight=2)
    async def contacts(self, info: Info, first: int = 20) -> list[Position] | None:
        """People who work there."""
        return await profiles.contacts(info.context, self.customer_id, self.moment, first)

    @resolved(weight=_PROFILE)
    async def owners(self, info: Info) -> list[AccountOwner] | None:
        """Our people responsible for the account."""
        found = (await profiles.profile(info.context, self.customer_id, self.moment)).owners
        return [AccountOwner.of(owner) for owner in found]

    @resolved(weight=_PROFILE)
    async def related(self, info: Info, first: int = 20) -> list[Related] | None:
        """Parent company, subsidiaries and partners."""
        found = (await profiles.profile(info.context, self.customer_id, self.moment)).related
        return [Related.of(company) for company in found[:first]]

    @resolved(weight=_PROFILE)
    async def tickets(self, info: Info) -> Tickets | None:
        """Service in numbers."""
        return shaped(Tickets, (await profiles.profile(info.context, self.customer_id, self.moment)).tickets)

    @resolved(weight=_PROFILE)
    async def orders(self, info: Info) -> Orders | None:
        """Orders in numbers."""
        return Orders.of((await profiles.profile(info.context, self.customer_id, self.moment)).orders)

    @resolved(weight=_PROFILE)
    async def opportunities(self, info: Info, first: int = 20) -> list[Opportunity] | None:
        """Deals, newest first."""
        found = (await profiles.profile(info.context, self.customer_id, self.moment)).deals
        return all_shaped(Opportunity, found[:first])

    @resolved(weight=_PROFILE)
    async def origins(self, info: Info, first: int = 20) -> list[Origin] | None:
        """Source rows that its values came from."""
        found = (await profiles.profile(info.context, self.customer_id, self.moment)).origins
        return all_shaped(Origin, found[:first])

    @resolved(weight=10)
    async def decision_chain(
        self, info: Info, opportunity: strawberry.ID | None = None, as_of: datetime | None = None
    ) -> DecisionChain | None:
        """Who decides: on the opportunity named, else on the largest open one, else for the account."""
        moment = as_of or self.moment
        return await decision_chain.asked(info.context, opportunity, self.customer_id, moment)

    @resolved(weight=20)
    async def warm_paths(
        self,
        info: Info,
        to: DecisionRole = DecisionRole.DECISION_MAKER,
        from_: Annotated[strawberry.ID | None, From] = None,
        first: int = 3,
    ) -> list[WarmPath] | None:
        """Who can introduce us to whoever holds a role, over today's ties."""
        return await warm_path.to_role(info.context, self.customer_id, to, from_, first)

    @resolved(weight=5)
    async def churn_risk(self, info: Info, as_of: datetime | None = None) -> ChurnRisk | None:
        """How likely we are to lose it, and why."""
        return await score.churn_risk(info.context, self.customer_id, as_of or self.moment)

    @resolved(weight=5)
    async def recommendations(self, info: Info, first: int = 5) -> list[Recommendation] | None:
        """What to offer next, and why; best first."""
        return await score.recommendations(info.context, self.customer_id, first)

    @resolved(weight=20)
    async def network(self, info: Info, first: int = 100) -> Network | None:
        """People, deals and companies around it, at most `first` of them."""
        return await profiles.network(info.context, self.customer_id, self.moment, first)
