"""What users say of recommendations."""

from enum import Enum
from functools import partial

import strawberry

from graph.offers.model import served
from graph.writing.offer import OfferWords, record_offer
from graphql_api.context import Info
from graphql_api.errors import BadInput
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.enum(description="What came of a suggested product; REOPENED takes a dismissal back.")
class OfferOutcome(Enum):
    """Values of `graph.writing.offer.OfferOutcome`."""

    SHOWN = "shown"
    CLICKED = "clicked"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


@strawberry.enum(
    description="Why a suggestion was dismissed. NOT_NEEDED, HAS_IT and UNSUITABLE stand: the product is not "
    "offered again; for the others it rests for 90 days."
)
class Dismissal(Enum):
    """Values of `graph.writing.offer.Dismissal`."""

    NOT_NEEDED = "not_needed"
    HAS_IT = "has_it"
    UNSUITABLE = "unsuitable"
    TOO_EXPENSIVE = "too_expensive"
    NOT_NOW = "not_now"
    OTHER = "other"


@strawberry.input(
    description="What came of an offer, named by its `servedId` (with `customer` where that begins with p:), "
    "by the id of a recommendation or, where a later scoring replaced it, by `customer` and `product`."
)
class RecommendationFeedbackInput:
    """`dismissal` is given with DISMISSED, and only then."""

    key: strawberry.ID
    outcome: OfferOutcome
    served_id: strawberry.ID | None = None
    recommendation: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    product: strawberry.ID | None = None
    dismissal: Dismissal | None = None
    why: str | None = None


@resolved(weight=60)
async def recommendation_feedback(info: Info, input: RecommendationFeedbackInput) -> WriteResult:
    """Say that a recommendation was shown, clicked, accepted or dismissed; it is respected at once."""
    recommendation, product = served(input.served_id or "")
    if (recommendation or product) is None and input.served_id is not None:
        raise BadInput("`servedId` is that of an offer, such as r:… or p:…")
    words = OfferWords(
        outcome=input.outcome.value,
        recommendation=recommendation or input.recommendation,
        customer=input.customer if recommendation is None else None,
        product=product or input.product,
        dismissal=input.dismissal.value if input.dismissal else None,
    )
    return await written(info.context, input.key, input.why, partial(record_offer, words=words))
