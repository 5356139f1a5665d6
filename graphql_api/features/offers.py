"""What to offer: to an account, beside a product, or beside a basket; as widgets show it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

import strawberry

from graph.errors import NotFound
from graph.offers import model as domain
from graph.offers.read import MOST, Shelf, offers
from graphql_api.context import Context, Info, moment
from graphql_api.errors import BadInput
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.field import resolved
from graphql_api.features.score import Product


@strawberry.enum(
    description="What an offer rests on: the trained model, what the same customers buy, or, where neither "
    "says anything, what most customers buy."
)
class OfferGround(Enum):
    """Values of `graph.offers.model.Ground`."""

    MODEL = "model"
    BOUGHT_TOGETHER = "bought_together"
    POPULAR = "popular"


@strawberry.type(
    description="A product to offer. `customers`: how many bought it, with `beside` where that is what it "
    "goes with; few are not told. `fallback`: why a simpler method stood in for the model. "
    "`servedId` names it in `recommendationFeedback`."
)
class Offer:
    """As `graph.offers` makes it."""

    served_id: strawberry.ID
    product: Product
    ground: OfferGround
    fallback: str | None
    customers: int | None
    beside: str | None
    found: strawberry.Private[domain.Offer]

    @classmethod
    def of(cls, found: domain.Offer) -> "Offer":
        """From the domain's value."""
        product = shaped(Product, found.product)
        return shaped(cls, found, product=product, ground=OfferGround(found.ground), found=found)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str | None:
        """Why, as a sentence; of a model's offer that was kept as text only, that text."""
        return self.found.sentence(locale.value)


@resolved(weight=20, name="offers")
async def offers_field(
    info: Info,
    customer: strawberry.ID | None = None,
    product: strawberry.ID | None = None,
    basket: list[strawberry.ID] | None = None,
    first: int = 5,
    as_of: datetime | None = None,
) -> list[Offer] | None:
    """What to offer a customer, beside a product or beside a basket, best first; 50 at most.

    `asOf`: what a model recommended to the customer on that day.
    """
    if product is not None and basket:
        raise BadInput("give `product` or `basket`, not both")
    if customer is None and product is None and not basket:
        raise BadInput("say `customer`, `product` or `basket`")
    context = info.context
    account = None if customer is None else await context.resolve("Customer", customer)
    shelf = Shelf(await context.now(), account, context.viewer, first, moment(as_of))
    beside = [product] if product is not None else list(dict.fromkeys(basket or ()))
    found = await offers(context.store, shelf, await products(context, beside, known=product is not None))
    return [Offer.of(one) for one in found]


async def products(context: Context, given: Sequence[str], *, known: bool) -> list[str]:
    """Our ids; of a basket those that we know. Raises NotFound for one that must be known, and BadInput."""
    if len(given) > MOST:
        raise BadInput(f"{len(given)} products at once; give at most {MOST}")
    results = await asyncio.gather(
        *(context.resolve("Product", one) for one in given), return_exceptions=True
    )
    found: list[str] = []
    for one in results:
        if isinstance(one, BaseException):
            if known or not isinstance(one, NotFound):
                raise one
        else:
            found.append(one)
    return found
