"""Offers for an account, beside a product, or beside a basket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.clock import reading_moment
from graph.errors import NotFound, UsageError
from graph.offers.model import Offer, OfferedProduct
from graph.offers.products import LeftOut, left_out, on_sale, popular
from graph.offers.suppression import is_barred
from graph.profile.parts import Parts
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import Suggestion
from graph.service import GraphStore

MOST = 50
"""Offers at once, and products of a basket."""
_OF_TODAY = (
    "what goes with products, and what most customers buy, is known of today alone; ask for a customer of a "
    "past day, without products"
)
_SPARE = 2
"""So many times the offers asked for are looked at, since some are left out."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where offers are shown: to which customer, if it is known, and who sees it. Raises UsageError."""

    now: datetime
    customer_id: str | None = None
    viewer: str | None = None
    first: int = 5
    as_of: datetime | None = None
    """A past day, whose offers are what a model recommended then."""

    def __post_init__(self) -> None:
        if not 1 <= self.first <= MOST:
            raise UsageError(f"`first` is a number from 1 to {MOST}")


async def offers(store: GraphStore, shelf: Shelf, beside: Sequence[str] = ()) -> tuple[Offer, ...]:
    """What to show, best first: beside these products, else what the model suggests to the customer.

    Where neither says anything: what most customers buy and this one does not. Never what the customer
    dismissed, and nothing to one who is to be left alone (`graph.offers.suppression`). Of a past day what a
    model recommended to the customer. Raises UsageError for too many products and for products of a past day,
    AsOfAfterNow, and NotFound where offers are for a customer whom the viewer does not see.
    """
    if len(beside) > MOST:
        raise UsageError(f"{len(beside)} products at once; give at most {MOST}")
    past = reading_moment(shelf.as_of, shelf.now) < shelf.now
    if past and (beside or shelf.customer_id is None):
        raise UsageError(_OF_TODAY)
    parts = await _of_customer(store, shelf, shelf.customer_id) if shelf.customer_id else Parts()
    if is_barred(parts.get("suppressions", ())):
        return ()
    suggested = tuple(_of_model(one) for one in parts.get("suggestions", ()))
    if past:
        return suggested
    found = await _together(store, shelf, beside) if beside else suggested
    return found or await _popular(store, shelf, beside)


async def _of_customer(store: GraphStore, shelf: Shelf, customer_id: str) -> Parts:
    """What is suggested to the customer, and what speaks against offering anything."""
    request = ProfileRequest(
        shelf.now, parts=frozenset({"suggestions", "suppressions"}), viewer=shelf.viewer,
        suggestions=shelf.first, as_of=shelf.as_of,
    )  # fmt: skip
    found = await profiles(store, customer_ids=[customer_id], request=request)
    if customer_id not in found:
        raise NotFound("Customer", customer_id)
    return found[customer_id].parts


def _of_model(one: Suggestion) -> Offer:
    product = OfferedProduct(
        one.product_id, one.product_name, one.family, one.list_price, one.currency, one.url, one.image
    )
    why = next(iter(one.reasons), None)
    return Offer(product, "model", recommendation_id=one.recommendation_id, why=why, fallback=one.fallback)


async def _together(store: GraphStore, shelf: Shelf, beside: Sequence[str]) -> tuple[Offer, ...]:
    rows = await store.read("offer.together", product_ids=list(beside), limit=_SPARE * shelf.first)
    pairs = {row["product_id"]: row["pair"] for row in rows}
    products, out = await _shown(store, shelf, list(pairs))
    wanted = [product for one, product in products.items() if one not in out.dismissed]
    return tuple(Offer(one, "bought_together", **pairs[one.product_id]) for one in wanted[: shelf.first])


async def _popular(store: GraphStore, shelf: Shelf, beside: Sequence[str]) -> tuple[Offer, ...]:
    most = await popular(store)
    ranked = most.ranked if most else ()
    buyers = {one["product_id"]: one["buyers"] for one in ranked if one["product_id"] not in beside}
    products, out = await _shown(store, shelf, list(buyers))
    fresh = list(out.fresh(products).values())
    return tuple(Offer(one, "popular", customers=buyers[one.product_id]) for one in fresh[: shelf.first])


async def _shown(
    store: GraphStore, shelf: Shelf, ids: Sequence[str]
) -> tuple[dict[str, OfferedProduct], LeftOut]:
    """Those of the products that are on sale, and which of them are not for the customer."""
    products = await on_sale(store, ids, shelf.now)
    if not products or shelf.customer_id is None:
        return products, LeftOut()
    out = await left_out(store, [shelf.customer_id], list(products), shelf.now, shelf.viewer)
    return products, out.get(shelf.customer_id, LeftOut())
