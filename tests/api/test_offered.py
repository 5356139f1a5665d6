"""What to offer beside a product or a basket, and in which words."""

from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from graphql_api.access.rules import rules
from tests.api.client import Client
from tests.api.company import ACME, ANN
from tests.api.conftest import Signed
from tests.api.test_widgets import shop
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

ASKED = """query ($c: ID, $p: ID, $b: [ID!], $n: Int! = 5, $at: DateTime) {
  offers(customer: $c, product: $p, basket: $b, first: $n, asOf: $at) {
  servedId ground fallback customers beside text zh: text(locale: ZH)
  product { productId name family listPrice currency url image } } }"""


async def offered(client: Client, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(ASKED, **given))["offers"]
    return found


@pytest.fixture
def stocked(ann: Client, store: Store) -> Client:
    """Ann, when the shop has been derived; one product has a page and a picture."""
    world = shop()
    world.restate(
        "Product", "clamp", url="https://shop.example/clamp", image="https://shop.example/clamp.png"
    )
    world.load(store)
    derive(store, NOW)
    return ann


async def test_offers_are_for_a_customer_beside_a_product_or_a_basket(stocked: Client) -> None:
    (model,) = await offered(stocked, c=ACME)
    assert (model["servedId"], model["ground"]) == ("r:r1", "MODEL")
    (clamp,) = await offered(stocked, p="hose", c=ACME)
    assert clamp["product"] == {
        "productId": "clamp", "name": "Clamp", "family": None, "listPrice": 2.5, "currency": "EUR",
        "url": "https://shop.example/clamp", "image": "https://shop.example/clamp.png",
    }  # fmt: skip
    assert (clamp["ground"], clamp["customers"], clamp["beside"]) == ("BOUGHT_TOGETHER", 4, "Hose")
    assert clamp["text"] == "4 customers bought it with Hose"
    assert clamp["zh"] == "4 家客户购买它的同时购买了Hose"
    basket = await offered(stocked, b=["hose", "nut", "unheard of"])
    assert [one["product"]["productId"] for one in basket] == ["clamp"]
    cold = await offered(stocked, c="b9", n=50)
    assert [one["ground"] for one in cold] == ["POPULAR", "POPULAR"]


async def test_what_stood_in_for_the_model_is_labelled(stocked: Client, store: Store) -> None:
    """Few purchases: what the industry bought is stored as a recommendation, and is none of the model's."""
    assert [one["fallback"] for one in await offered(stocked, c=ACME)] == [None]
    store.upsert_nodes("Recommendation", [{"id": "r1", "props": {"fallback": "few_purchases"}}])
    assert [one["fallback"] for one in await offered(stocked, c=ACME)] == ["few_purchases"]


async def test_what_came_of_an_offer_is_said_by_its_served_id(stocked: Client) -> None:
    words = {"outcome": "DISMISSED", "dismissal": "HAS_IT"}
    said = await wrote(stocked, "recommendationFeedback", key="p", servedId="p:clamp", customer=ACME, **words)
    assert said["__typename"] == "Written"
    assert await offered(stocked, p="hose", c=ACME) == []
    said = await wrote(stocked, "recommendationFeedback", key="r", servedId="r:r1", **words)
    assert said["__typename"] == "Written"
    assert {one["ground"] for one in await offered(stocked, c=ACME)} == {"POPULAR"}
    for wrong in ({"servedId": "p:clamp"}, {"servedId": "p:nothing", "customer": ACME}, {"servedId": "r:no"}):
        said = await wrote(stocked, "recommendationFeedback", key=str(wrong), **wrong, **words)
        assert said["__typename"] in ("InvalidInput", "RecordNotFound"), wrong


async def test_of_a_past_day_it_is_what_a_model_recommended_then(stocked: Client, store: Store) -> None:
    """Not what stands in today: what goes together, and what most buy, is known of today alone."""
    world = World()
    world.node(
        "Recommendation", "r0", rank=1, score=1.0, probability=0.5, scored_at=ago(40), as_of=ago(40),
        model_id="m", reasons="[]",
    )  # fmt: skip
    world.part("FOR", ("Recommendation", "r0"), ("Customer", ACME))
    world.part("ABOUT", ("Recommendation", "r0"), ("Product", "erp:P1"))
    world.load(store)

    async def then(days: float, **given: Any) -> list[str]:
        return [one["servedId"] for one in await offered(stocked, at=ago(days).isoformat(), **given)]

    assert await then(20, c=ACME) == ["r:r0"]
    assert await then(60, c=ACME) == []
    assert await then(0, c=ACME) == [one["servedId"] for one in await offered(stocked, c=ACME)]
    refused: list[tuple[float, dict[str, Any], str | None]] = [
        (-1, {"c": ACME}, "BAD_INPUT"), (20, {"p": "hose"}, "BAD_INPUT"),
        (20, {"c": ACME, "b": ["hose"]}, "BAD_INPUT"), (0, {"p": "hose"}, None),
    ]  # fmt: skip
    for days, given, code in refused:
        answer = await stocked.answer(ASKED, **given, at=ago(days).isoformat())
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        assert codes == ([] if code is None else [code]), given


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed) -> None:
    for given, code in (
        ({}, "BAD_INPUT"), ({"p": "erp:P1", "b": ["erp:P2"]}, "BAD_INPUT"), ({"p": "nope"}, "NOT_FOUND"),
        ({"c": "nobody"}, "NOT_FOUND"), ({"c": ACME, "n": 51}, "BAD_INPUT"), ({"b": ["x"] * 60}, None),
        ({"b": [f"x{number}" for number in range(51)]}, "BAD_INPUT"),
    ):  # fmt: skip
        answer = await ann.answer(ASKED, **given)
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        assert codes == ([] if code is None else [code]), given
    for role, rule in rules().roles.items():
        answer = await signed(ANN, role).answer(ASKED, c=ACME)
        told = rule.fields == "all" or "offers" in rule.fields
        assert (answer["data"]["offers"] is not None) == told, role
