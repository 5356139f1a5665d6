"""Every question that can be asked."""

from datetime import datetime
from typing import Annotated

import strawberry

from graphql_api.context import Info
from graphql_api.resolvers import decision_chain, viewer, warm_path
from graphql_api.types.decision_chain import DecisionChain
from graphql_api.types.resolved import resolved
from graphql_api.types.viewer import Viewer
from graphql_api.types.warm_path import WarmPath

_From = strawberry.argument(name="from", description="An employee's id; the viewer unless said otherwise.")


@strawberry.type(description="Ids may be ours, retired ones, or `source:key`; moments are ISO 8601.")
class Query:
    """Root fields."""

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
        from_: Annotated[strawberry.ID | None, _From] = None,
        first: int = 3,
    ) -> list[WarmPath] | None:
        """Who can introduce us to a contact, over today's ties."""
        return await warm_path.to_contact(info.context, to, from_, first)
