"""Records that may be one: where they are marked, and what the evidence says."""

from datetime import datetime
from typing import Self

import strawberry

from graph.merge import review as domain
from graph.merge.review import reviews, reviews_of_each
from graphql_api.context import Context, Info
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import MergeKind
from graphql_api.features.field import all_shaped, resolved


@strawberry.type(description="What the comparison of one field says, in bits (log2 of the odds).")
class EvidenceWeight:
    """`field` `rarity` is what rare values, and how few pairs are one at all, add to the sum."""

    field: str
    one: str | None
    other: str | None
    bits: float


@strawberry.type(description="Two records that may be one, until somebody decides; see `decideReview`.")
class Review:
    """The weights add up to the log2 odds of `probability`."""

    kind: MergeKind
    one_id: strawberry.ID
    one_name: str | None
    other_id: strawberry.ID
    other_name: str | None
    probability: float
    since: datetime
    weights: list[EvidenceWeight]
    parent_id: strawberry.ID | None

    @classmethod
    def of(cls, found: domain.Review) -> Self:
        """From the domain's value."""
        weights = all_shaped(EvidenceWeight, found.weights)
        return shaped(cls, found, kind=MergeKind(found.kind), weights=weights)


@resolved(weight=20, name="review")
async def review_page(info: Info, kind: MergeKind, first: int = 20) -> list[Review] | None:
    """Customers or contacts that may be one, the surest first."""
    context = info.context
    found = await reviews(
        context.store, kind=kind.value, first=first, now=await context.now(), viewer=context.viewer
    )
    return [Review.of(one) for one in found]


async def reviews_of(context: Context, kind: str, record_id: str) -> list[Review]:
    """What one record may be the same as, read together with the others of the request."""
    fixed = {"kind": kind, "now": await context.now(), "viewer": context.viewer}
    found = await context.loaders.load(reviews_of_each, record_id, **fixed)
    return [Review.of(one) for one in found or ()]
