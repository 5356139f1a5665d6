"""What stands in for recommendations while no model has made any: what most customers bought."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from graph.offers.model import BY_PRODUCT, OfferedProduct
from graph.offers.products import left_out, on_sale, popular
from graph.offers.suppression import is_barred
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import ProductReason, Suggestion
from graph.score_view.words import clause, in_words
from graph.service import GraphStore

NO_MODEL = "no_model"
"""The mark of such a suggestion."""


async def stand_ins(
    store: GraphStore, customer_ids: Sequence[str], *, request: ProfileRequest
) -> Mapping[str, tuple[Suggestion, ...]]:
    """Per customer the products that most customers bought and this one did not, marked `no_model`.

    The probability is the share of the customers with purchases who bought the product. None for a past day,
    where a model recommends, or for a customer who is to be left alone (`graph.offers.suppression`).
    """
    most = None if request.past else await popular(store)
    if most is None or most.learned:
        return {}
    ranked = {one["product_id"]: one for one in most.ranked if "customers" in one}
    free = await _free(store, customer_ids, request) if ranked else []
    if not free:
        return {}
    products = await on_sale(store, list(ranked), request.moment)
    out = await left_out(store, free, list(products), request.moment, request.viewer)
    return {
        customer: tuple(_suggested(ranked, found.fresh(products), most.derived_at))[: request.suggestions]
        for customer, found in out.items()
    }


async def _free(store: GraphStore, customer_ids: Sequence[str], request: ProfileRequest) -> list[str]:
    """The customers to whom something may be offered."""
    held = replace(request, parts=frozenset({"suppressions"}))
    found = await profiles(store, customer_ids=customer_ids, request=held)
    return [one for one, profile in found.items() if not is_barred(profile.parts["suppressions"])]


def _suggested(
    ranked: Mapping[str, Mapping[str, Any]],
    fresh: Mapping[str, OfferedProduct],
    derived_at: datetime,
) -> Iterator[Suggestion]:
    """The products that the customer has not, from rank 1 on."""
    for rank, (product_id, product) in enumerate(fresh.items(), start=1):
        buyers = ranked[product_id]["buyers"]
        share = buyers / ranked[product_id]["customers"]
        why = (clause("bought_by", buyers=buyers),)
        shown = asdict(product)
        yield Suggestion(
            recommendation_id=f"{BY_PRODUCT}{product_id}",
            product_name=shown.pop("name"),
            **shown,
            rank=rank,
            score=share,
            probability=share,
            scored_at=derived_at,
            as_of=derived_at,
            model_id=None,
            fallback=NO_MODEL,
            reasons=(ProductReason(in_words(why, "en"), share, (), why),),
        )
