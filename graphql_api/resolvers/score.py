"""Churn risk and recommendations."""

from datetime import datetime

from graph.score_view.many import risks, suggestions
from graphql_api.context import Context, moment
from graphql_api.types.score import ChurnRisk, Recommendation


async def churn_risk(context: Context, customer_id: str, as_of: datetime | None) -> ChurnRisk | None:
    """The newest score that existed then; None where the customer was never scored."""
    found = await context.loaders.load(risks, customer_id, as_of=moment(as_of))
    return ChurnRisk.of(found) if found else None


async def recommendations(context: Context, customer_id: str, first: int) -> list[Recommendation]:
    """What to offer next, best first."""
    found = await context.loaders.load(suggestions, customer_id, first=first)
    return [Recommendation.of(suggestion) for suggestion in found or ()]
