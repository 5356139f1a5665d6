"""Merging two records, taking a merge back, and deciding about two that may be one."""

import strawberry

from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.merge.decide import DecisionWords, decide_review
from graph.service import GraphStore
from graph.writing import Author, Outcome
from graphql_api.context import Info
from graphql_api.features.enums import Judgement, MergeKind
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


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
    words, whole = MergeWords(input.kind.value, input.keep, input.other), info.context.whole

    async def perform(_: GraphStore, author: Author) -> Outcome:
        return await merge(whole, author, words)

    return await written(info.context, input.key, input.why, perform)


@resolved(weight=60, name="unmerge")
async def unmerge_field(info: Info, input: UnmergeInput) -> WriteResult:
    """Take a merge back: both records are as they were, with what their sources have said since."""
    whole = info.context.whole

    async def perform(_: GraphStore, author: Author) -> Outcome:
        return await unmerge(whole, author, UnmergeWords(input.merge))

    return await written(info.context, input.key, input.why, perform)


@resolved(weight=60, name="decideReview")
async def decide_review_field(info: Info, input: DecideReviewInput) -> WriteResult:
    """Say whether two records are one."""
    words = DecisionWords(input.kind.value, input.one, input.other, input.judgement.value)
    whole = info.context.whole

    async def perform(_: GraphStore, author: Author) -> Outcome:
        return await decide_review(whole, author, words)

    return await written(info.context, input.key, input.why, perform)
