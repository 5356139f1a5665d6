"""Churn risk and recommendations."""

from datetime import datetime

from graph.score_view import Risk, Suggestion
from graph.score_view.many import risks, suggestions
from graphql_api.context import Context, moment
from graphql_api.types.score import ChurnRisk, Recommendation


async def churn_risk(context: Context, customer: str, as_of: datetime | None) -> ChurnRisk | None:
    """The newest score that existed then, by any id; None where the customer was never scored."""

    async def read(customer_id: str) -> tuple[Risk, ...] | None:
        return await context.loaders.load(risks, customer_id, as_of=moment(as_of))

    found = await context.first_by("Customer", customer, read)
    return ChurnRisk.of(found[0]) if found else None


async def recommendations(context: Context, customer: str, first: int) -> list[Recommendation]:
    """What to offer next, by any id, best first."""

    async def read(customer_id: str) -> tuple[Suggestion, ...] | None:
        return await context.loaders.load(suggestions, customer_id, first=first)

    found = await context.first_by("Customer", customer, read)
    return [Recommendation.of(suggestion) for suggestion in found]
