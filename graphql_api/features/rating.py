"""Saying whether an answer was of use."""

from functools import partial

import strawberry

from graph.writing.rating import RatingWords, rate_answer
from graphql_api.context import Info
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.input(
    description="Whether an answer of the field `operation`, such as `decisionChain`, was of use; `ids`: the "
    "records of it that are meant, by their `id`, at most 50."
)
class RateAnswerInput:
    """`why` says what was missing or wrong."""

    key: strawberry.ID
    operation: str
    useful: bool
    ids: list[strawberry.ID] = strawberry.field(default_factory=list)
    why: str | None = None


@resolved(weight=60, name="rateAnswer")
async def rate_answer_field(info: Info, input: RateAnswerInput) -> WriteResult:
    """Say whether an answer was of use; it is kept in the change log, for learning."""
    words = RatingWords(input.operation, input.useful, tuple(input.ids))

    return await written(info.context, input.key, input.why, partial(rate_answer, words=words))
