"""What users say of recommendations is respected in the next answer."""

import asyncio
from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, BOB
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

VERB = "recommendationFeedback"
READ = "query ($c: ID!) { recommendations(customer: $c) { recommendationId } }"


async def offered(client: Client) -> list[str]:
    return [one["recommendationId"] for one in (await client.data(READ, c=ACME))["recommendations"]]


@pytest.mark.query("writing.offer", "writing.recommended")
async def test_a_dismissed_product_is_not_offered_until_it_is_opened_again(ann: Client) -> None:
    for outcome in ("SHOWN", "ACCEPTED"):
        shown = await wrote(ann, VERB, key=outcome, recommendation="r1", outcome=outcome)
        assert [one["kind"] for one in shown["records"]] == ["Customer", "Product"]
        assert await offered(ann) == ["r1"]
    words: dict[str, Any] = {"recommendation": "r1", "outcome": "DISMISSED", "dismissal": "HAS_IT"}
    first = await wrote(ann, VERB, **words)
    assert await wrote(ann, VERB, **words) == first | {"repeated": True}
    await wrote(ann, VERB, key="shown by a widget late", recommendation="r1", outcome="SHOWN")
    assert await offered(ann) == []
    pair = {"customer": "erp:C0017", "product": "erp:P2"}
    assert (await wrote(ann, VERB, key="k2", outcome="REOPENED", **pair))["__typename"] == "Written"
    assert await offered(ann) == ["r1"]
    await wrote(ann, VERB, key="k3", outcome="DISMISSED", dismissal="NOT_NOW", **pair)
    assert await offered(ann) == [], "it rests"


async def test_two_colleagues_at_once_are_both_heard(ann: Client, signed: Signed) -> None:
    words: dict[str, Any] = {"recommendation": "r1", "outcome": "DISMISSED", "dismissal": "HAS_IT"}
    two = await asyncio.gather(*(wrote(who, VERB, **words) for who in (ann, signed(BOB))))
    assert [one["__typename"] for one in two] == ["Written", "Written"]
    assert await offered(ann) == []


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed) -> None:
    dismissed = {"outcome": "DISMISSED", "dismissal": "OTHER"}
    for words, kind in (
        ({"recommendation": "nope"} | dismissed, "RecordNotFound"),
        ({"customer": ACME, "product": "nope"} | dismissed, "RecordNotFound"),
        ({"customer": "nope", "product": "erp:P2"} | dismissed, "RecordNotFound"),
        ({"customer": ACME} | dismissed, "InvalidInput"),
        ({"recommendation": "r1", "customer": ACME} | dismissed, "InvalidInput"),
        (dismissed, "InvalidInput"),
        ({"recommendation": "r1", "outcome": "DISMISSED"}, "InvalidInput"),
        ({"recommendation": "r1", "outcome": "SHOWN", "dismissal": "OTHER"}, "InvalidInput"),
    ):
        assert (await wrote(ann, VERB, **words))["__typename"] == kind, words
        assert (await wrote(signed(BOB, "reader"), VERB, **words))["__typename"] == "Forbidden"
    assert await offered(ann) == ["r1"]


WITHOUT = """query ($c: ID!) {
  recommendations(customer: $c, first: 3) { recommendationId modelId fallback probability product { name } }
  customer(id: $c) { recommendations(first: 3) { recommendationId reasons { text } } }
}"""


@pytest.mark.query("offer.left_out")
async def test_without_a_model_it_is_what_most_customers_bought(ann: Client, store: Store) -> None:
    world = World()
    for product, buyers in (("hose", 4), ("nut", 5), ("rare", 2)):
        world.node("Product", product, name=product.title())
        for number in range(buyers):
            order = f"{product}{number}"
            world.order(order, world.customer(f"b{number}"), ago(30), [(product, 1.0, 2.5)])
    world.load(store)
    derive(store, NOW)
    assert await offered(ann) == ["r1"]
    store.write("score_write.drop_recommendations", ids=["r1"])
    found = await ann.data(WITHOUT, c=ACME)
    first = found["recommendations"][0]
    assert (first["recommendationId"], first["modelId"], first["fallback"]) == ("p:nut", None, "no_model")
    assert 0.5 < first["probability"] < 1.0, "the small company has buyers, too"
    below = found["customer"]["recommendations"]
    assert [one["recommendationId"] for one in below] == ["p:nut", "p:hose"]
    assert below[0]["reasons"] == [{"text": "5 customers bought it"}]
