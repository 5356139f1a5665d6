"""Why nothing is offered to a customer, or not a product."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.offers import suppression as domain
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.field import resolved
from graphql_api.features.parts import part_of


@strawberry.enum(
    description="What holds offers back: of a customer a complaint that is open or was closed badly within "
    "30 days, or that everybody known there refuses them; of a product that it was dismissed, or is not sold "
    "any more."
)
class SuppressionReason(Enum):
    """Values of `graph.offers.suppression.Because`."""

    OPEN_COMPLAINT = "open_complaint"
    BADLY_CLOSED_COMPLAINT = "badly_closed_complaint"
    NO_CONSENT = "no_consent"
    DISMISSED = "dismissed"
    DISCONTINUED = "discontinued"


@strawberry.type(
    description="Why nothing is offered or, with `product`, not that product. `ticket` is the complaint; "
    "`until` is null where it lasts until something changes."
)
class Suppression:
    """As of the moment of the customer."""

    reason: SuppressionReason
    ticket: strawberry.ID | None
    product: strawberry.ID | None
    product_name: str | None
    since: datetime | None
    until: datetime | None
    found: strawberry.Private[domain.Suppression]

    @classmethod
    def of(cls, found: domain.Suppression) -> "Suppression":
        """From the domain's value."""
        reason, ticket, product = SuppressionReason(found.reason), found.ticket_id, found.product_id
        return shaped(cls, found, reason=reason, ticket=ticket, product=product, found=found)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It as a sentence."""
        return self.found.text(locale.value)


@resolved(weight=6)
async def suppressed_by(
    info: Info, customer: strawberry.ID, as_of: datetime | None = None
) -> list[Suppression] | None:
    """Why nothing is offered to a customer, or a product is not; empty where nothing is held back."""
    found = (await part_of(info.context, customer, "suppressions", as_of))["suppressions"]
    return [Suppression.of(one) for one in found]
