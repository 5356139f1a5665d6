"""What stands in for recommendations while no model has made any: what most customers bought."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from graph.offers.model import BY_PRODUCT
from graph.offers.suppression import is_barred
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import ProductReason, Suggestion
from graph.score_view.words import clause, in_words
from graph.service import GraphStore, Row

NO_MODEL = "no_model"
"""The mark of such a suggestion."""


async def stand_ins(
    store: GraphStore, *, customer_ids: Sequence[str], request: ProfileRequest
) -> Mapping[str, tuple[Suggestion, ...]]:
    """Per customer the products that most customers bought and this one did not, marked `no_model`.

    The probability is the share of the customers with purchases who bought the product. None for a past day,
    where a model recommends, or for a customer who is to be left alone (`graph.offers.suppression`).
    """
    rows = [] if request.past else await store.read("offer.popular")
    if not rows or rows[0]["learned"]:
        return {}
    ranked = [one for one in orjson.loads(rows[0]["report"])["products"] if "customers" in one]
    free = await _free(store, customer_ids, request)
    if not ranked or not free:
        return {}
    moment = {"as_of": request.moment.isoformat(), "viewer": request.viewer or ""}
    ids = [one["product_id"] for one in ranked]
    shown = await store.read("offer.products", product_ids=ids, customer_id="", **moment)
    products = {row["product"]["product_id"]: row["product"] for row in shown}
    left_out = await store.read("offer.left_out", customer_ids=free, product_ids=ids, **moment)
    return {
        row["customer_id"]: tuple(_suggested(ranked, products, row, rows[0]["derived_at"]))[
            : request.suggestions
        ]
        for row in left_out
    }


async def _free(store: GraphStore, customer_ids: Sequence[str], request: ProfileRequest) -> list[str]:
    """The customers to whom something may be offered."""
    held = replace(request, parts=frozenset({"suppressions"}))
    found = await profiles(store, customer_ids=customer_ids, request=held)
    return [one for one, profile in found.items() if not is_barred(profile.parts["suppressions"])]


def _suggested(
    ranked: Sequence[Mapping[str, Any]], products: Mapping[str, Row], customer: Row, derived_at: datetime
) -> Iterator[Suggestion]:
    """The products on sale that the customer has not, from rank 1 on."""
    out = {*customer["bought"], *customer["dismissed"]}
    fresh = (one for one in ranked if one["product_id"] in products and one["product_id"] not in out)
    for rank, one in enumerate(fresh, start=1):
        product = products[one["product_id"]]
        share = one["buyers"] / one["customers"]
        why = (clause("bought_by", buyers=one["buyers"]),)
        yield Suggestion(
            recommendation_id=f"{BY_PRODUCT}{one['product_id']}",
            product_name=product["name"],
            **{
                name: product[name]
                for name in ("product_id", "family", "list_price", "currency", "url", "image")
            },
            rank=rank,
            score=share,
            probability=share,
            scored_at=derived_at,
            as_of=derived_at,
            model_id=None,
            fallback=NO_MODEL,
            reasons=(ProductReason(in_words(why, "en"), share, (), why),),
        )
