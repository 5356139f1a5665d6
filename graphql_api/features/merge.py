"""Merging two records, taking a merge back, and deciding about two that may be one."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import strawberry

from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.merge.decide import DecisionWords, decide_review
from graph.service import WholeStore
from graph.writing import Author, Outcome
from graphql_api.context import Info
from graphql_api.features.enums import Judgement, MergeKind
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteRefusal, WriteResult, Written, written

Words = TypeVar("Words")


@strawberry.input(description="Two records that are one; `keep` stays.")
class MergeInput:
    """Ids of any kind."""

    key: strawberry.ID
    kind: MergeKind
    keep: strawberry.ID
    other: strawberry.ID
    why: str | None = None


@strawberry.input(description="The id of a merge, or of the record that it took in.")
class UnmergeInput:
    """Linking never merges the two again."""

    key: strawberry.ID
    merge: strawberry.ID
    why: str | None = None


@strawberry.input(description="What somebody decides about two records; where they are one, `one` stays.")
class DecideReviewInput:
    """Linking never says otherwise."""

    key: strawberry.ID
    kind: MergeKind
    one: strawberry.ID
    other: strawberry.ID
    judgement: Judgement
    why: str | None = None


@resolved(weight=60, name="merge")
async def merge_field(info: Info, input: MergeInput) -> WriteResult:
    """Make two records one: everything of both answers at `keep`, and all ids lead there."""
    return await _written(info, input, merge, MergeWords(input.kind.value, input.keep, input.other))


@resolved(weight=60, name="unmerge")
async def unmerge_field(info: Info, input: UnmergeInput) -> WriteResult:
    """Take a merge back: both records are as they were, with what their sources have said since."""
    return await _written(info, input, unmerge, UnmergeWords(input.merge))


@resolved(weight=60, name="decideReview")
async def decide_review_field(info: Info, input: DecideReviewInput) -> WriteResult:
    """Say whether two records are one."""
    words = DecisionWords(input.kind.value, input.one, input.other, input.judgement.value)
    return await _written(info, input, decide_review, words)


async def _written(
    info: Info,
    input: MergeInput | UnmergeInput | DecideReviewInput,
    service: Callable[[WholeStore, Author, Words], Awaitable[Outcome]],
    words: Words,
) -> Written | WriteRefusal:
    """As `written`, by a service that moves records whole."""
    whole = info.context.whole
    return await written(info.context, input.key, input.why, lambda _, author: service(whole, author, words))
