"""Customers like a customer, as the API tells them."""

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME
from tests.graph.world import World

ASKED = """query ($c: ID!, $day: DateTime) { customer(id: $c, asOf: $day) { similar(first: 1) {
  customerId name similarity products why zh: why(locale: ZH) } } }"""


async def test_customers_like_a_customer_of_today(ann: Client, store: Store) -> None:
    world = World()
    for key, near in ((ACME, ["crm:far", "crm:farther"]), ("crm:far", [ACME]), ("crm:farther", [ACME])):
        props = {"embedding_near": near, "embedding_nearness": [0.75, 0.5][: len(near)]}
        world.customer(key, industry="Ships", **props)
    world.load(store)
    (one,) = (await ann.data(ASKED, c=ACME))["customer"]["similar"]
    assert one == {
        "customerId": "crm:far", "name": "CRM:FAR", "similarity": 0.75, "products": 0,
        "why": "both in Ships", "zh": "同属 Ships",
    }  # fmt: skip
    past = await ann.data(ASKED, c=ACME, day="2025-06-01T00:00:00Z")
    assert past["customer"]["similar"] == []
