"""Churn risk and recommendations of a customer by any id."""

from datetime import datetime

from graphql_api.context import Context
from graphql_api.resolvers.profile import part_of
from graphql_api.types.score import ChurnRisk, Recommendation


async def churn_risk(context: Context, customer: str, as_of: datetime | None) -> ChurnRisk | None:
    """The newest score that existed then; None where the customer was never scored."""
    return ChurnRisk.of_any((await part_of(context, customer, "risk", as_of))["risk"])


async def recommendations(context: Context, customer: str, first: int) -> list[Recommendation]:
    """What to offer next, best first."""
    found = (await part_of(context, customer, "suggestions", None, first))["suggestions"]
    return [Recommendation.of(suggestion) for suggestion in found]
