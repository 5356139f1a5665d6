"""Churn risk and recommendations of a customer by any id."""

from datetime import datetime

from graph.profile.parts import PartName, Parts
from graph.profile.read import profiles
from graphql_api.context import Context
from graphql_api.resolvers.wanted import asked
from graphql_api.types.score import ChurnRisk, Recommendation


async def churn_risk(context: Context, customer: str, as_of: datetime | None) -> ChurnRisk | None:
    """The newest score that existed then; None where the customer was never scored."""
    return ChurnRisk.of_any((await _part(context, customer, "risk", as_of))["risk"])


async def recommendations(context: Context, customer: str, first: int) -> list[Recommendation]:
    """What to offer next, best first."""
    found = (await _part(context, customer, "suggestions", None, first))["suggestions"]
    return [Recommendation.of(suggestion) for suggestion in found]


async def _part(
    context: Context, customer: str, part: PartName, as_of: datetime | None, first: int = 0
) -> Parts:
    """One part of the customer that an id of any kind names; raises NotFound."""
    question = await asked(context, as_of, {part: first})

    async def read(customer_id: str) -> Parts | None:
        found = await context.loaders.load(profiles, customer_id, asked=question)
        return found.parts if found else None

    return await context.first_by("Customer", customer, read)
