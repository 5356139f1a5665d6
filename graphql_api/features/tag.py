"""Giving a customer a tag by hand, and taking it off."""

from functools import partial

import strawberry

from graph.writing.tag import TagWords
from graph.writing.tag import tag as give
from graph.writing.tag import untag as take
from graphql_api.context import Info
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.input(
    description="A tag for a customer, by its id or name; one that does not exist is made. `validDays`: it "
    "ends by itself then."
)
class TagInput:
    """`customer`: an id of any kind."""

    key: strawberry.ID
    customer: strawberry.ID
    tag: str
    valid_days: int | None = None
    why: str | None = None


@strawberry.input(description="A tag to take off a customer, by its id or name.")
class UntagInput:
    """Only what people or sources gave; what a rule sets stands as long as the rule holds."""

    key: strawberry.ID
    customer: strawberry.ID
    tag: str
    why: str | None = None


@resolved(weight=60, name="tag")
async def tag_field(info: Info, input: TagInput) -> WriteResult:
    """Give a customer a tag; filters and profiles see it at once, rules with the next derive."""
    words = TagWords(input.customer, input.tag, input.valid_days)

    return await written(info.context, input.key, input.why, partial(give, words=words))


@resolved(weight=60, name="untag")
async def untag_field(info: Info, input: UntagInput) -> WriteResult:
    """Take a tag off a customer that somebody or a source gave it."""
    words = TagWords(input.customer, input.tag)

    return await written(info.context, input.key, input.why, partial(take, words=words))
