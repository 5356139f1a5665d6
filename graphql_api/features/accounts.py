"""Which accounts a list is of: what the filters of all lists share."""

from dataclasses import replace

import strawberry

from graph.customer_filter import All, Comparison, Condition
from graph.portfolio import Portfolio
from graphql_api.context import Context
from graphql_api.features.customer_condition import CustomerCondition, condition_of


@strawberry.input
class OfAccounts:
    """`account`, `owner`: ids of any kind; `tag`, `segment`, `matching`: what the account answers to."""

    account: strawberry.ID | None = None
    owner: strawberry.ID | None = None
    team: str | None = None
    tag: str | None = None
    segment: str | None = None
    matching: CustomerCondition | None = None

    async def portfolio(self, context: Context) -> Portfolio:
        """The accounts; raises NotFound, FilterRefused, FieldRefused."""
        owned = await context.portfolio(self.account, self.owner, self.team)
        return replace(owned, matching=await self._condition(context))

    async def as_written(self, context: Context) -> Portfolio:
        """The same where `account` is our own id, as it mostly is."""
        owned = await context.portfolio(None, self.owner, self.team)
        return replace(owned, customer_id=self.account, matching=await self._condition(context))

    async def _condition(self, context: Context) -> Condition | None:
        named = (("tag", self.tag), ("segment", self.segment))
        parts: list[Condition] = [
            Comparison(field, "is", (word,)) for field, word in named if word is not None
        ]
        if self.matching is not None:
            parts.append(await condition_of(context, self.matching))
        return All(tuple(parts)) if parts else None
