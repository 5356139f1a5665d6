"""A customer, the root of most questions."""

from datetime import datetime
from typing import Annotated

import strawberry

from graph.profile.model import Company
from graphql_api.context import Info
from graphql_api.resolvers import decision_chain, warm_path
from graphql_api.types.decision_chain import DecisionChain
from graphql_api.types.enums import DecisionRole
from graphql_api.types.profile import Attribute
from graphql_api.types.resolved import resolved
from graphql_api.types.shape import shaped
from graphql_api.types.warm_path import WarmPath

_From = strawberry.argument(name="from", description="An employee's id; the viewer unless said otherwise.")


@strawberry.type(description="A company that buys from us or might.")
class Customer:
    """Own values are today's; answers below it are as of the moment that the customer was asked for."""

    moment: strawberry.Private[datetime | None]
    id: strawberry.ID
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
        return shaped(
            cls, company, id=strawberry.ID(company.customer_id), attributes=attributes, moment=moment
        )

    @resolved(weight=10)
    async def decision_chain(
        self, info: Info, opportunity: strawberry.ID | None = None, as_of: datetime | None = None
    ) -> DecisionChain | None:
        """Who decides: on the opportunity named, else on the largest open one, else for the account."""
        return await decision_chain.of_customer(info.context, self.id, opportunity, as_of or self.moment)

    @resolved(weight=20)
    async def warm_paths(
        self,
        info: Info,
        to: DecisionRole = DecisionRole.DECISION_MAKER,
        from_: Annotated[strawberry.ID | None, _From] = None,
        first: int = 3,
    ) -> list[WarmPath] | None:
        """Who can introduce us to whoever holds a role, over today's ties."""
        return await warm_path.to_role(info.context, self.id, to, from_, first)
