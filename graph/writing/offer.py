"""What came of a suggested product: shown, clicked, accepted, dismissed and why, or open again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

from graph.errors import NotFound
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once

OfferOutcome = Literal["shown", "clicked", "accepted", "dismissed", "reopened"]
Dismissal = Literal["not_needed", "has_it", "unsuitable", "too_expensive", "not_now", "other"]
SEEN: frozenset[str] = frozenset({"shown", "clicked"})
"""What decides nothing: what came of it before still counts."""
STANDING: frozenset[str] = frozenset({"not_needed", "has_it", "unsuitable"})
"""Reasons for which a product is not offered again, until somebody opens it again."""
REST = timedelta(days=90)
"""How long a product is not offered that was dismissed for another reason."""


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What came of a suggestion: named by its id, or by customer and product. A dismissal has a reason."""

    outcome: str
    recommendation: str | None = None
    customer: str | None = None
    product: str | None = None
    dismissal: str | None = None


async def record_offer(store: GraphStore, author: Author, words: OfferWords) -> Outcome:
    """Write what came of it; recommendations respect it from now on. Raises WriteRefused, NotFound."""

    async def prepare() -> Writing:
        _check(words)
        return await _writing(store, author, words)

    return await once(store, author, "record_offer", words, prepare)


def _check(words: OfferWords) -> None:
    if words.outcome not in get_args(OfferOutcome):
        raise WriteRefused(f"no outcome {words.outcome!r}; there are {', '.join(get_args(OfferOutcome))}")
    if (words.outcome == "dismissed") != (words.dismissal is not None):
        raise WriteRefused("a dismissal has a reason, and nothing else has one")
    if words.dismissal is not None and words.dismissal not in get_args(Dismissal):
        raise WriteRefused(f"no reason {words.dismissal!r}; there are {', '.join(get_args(Dismissal))}")
    pair = words.customer is not None and words.product is not None
    either = words.customer is not None or words.product is not None
    if (words.recommendation is not None) == pair or either != pair:
        raise WriteRefused("say either the recommendation, or the customer and the product")


async def _writing(store: GraphStore, author: Author, words: OfferWords) -> Writing:
    customer_id, product_id, served = await _offered(store, author, words)
    key = f"{author.key}|{words.outcome}"
    rests = words.outcome == "dismissed" and words.dismissal not in STANDING
    fact = {
        **author.fact("OFFERED", customer_id, product_id, key), **served, "outcome": words.outcome,
        "dismissal": words.dismissal, "visibility": "company",
    }  # fmt: skip
    return Writing(
        "writing.offer",
        {
            "customer_id": customer_id,
            "product_id": product_id,
            "viewer": author.employee_id,
            "fact": fact,
            "until": (author.now + REST).isoformat() if rests else None,
            "ends": words.outcome not in SEEN,
        },
        (f"Customer:{customer_id}", f"Product:{product_id}"),
    )


async def _offered(store: GraphStore, author: Author, words: OfferWords) -> tuple[str, str, dict[str, Any]]:
    """Customer and product, and which suggestion of which model it was."""
    if words.recommendation is None:
        found = await named(
            store, author, {"Customer": [str(words.customer)], "Product": [str(words.product)]}
        )
        return found.id("Customer", str(words.customer)), found.id("Product", str(words.product)), {}
    await named(store, author, {})
    rows = await store.read("writing.recommended", recommendation_id=words.recommendation)
    if not rows:
        raise NotFound("Recommendation", words.recommendation)
    served = {"recommendation_id": words.recommendation, "model_id": rows[0]["model_id"]}
    return rows[0]["customer_id"], rows[0]["product_id"], served
