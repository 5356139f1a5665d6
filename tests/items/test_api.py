"""Items in the API: values with names and units, links, pages, conditions; by the rows of whoever asks."""

from typing import Any

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, DEAL
from tests.api.conftest import Signed
from tests.graph.world import World, ago

NODE = """query ($id: ID!) { node(id: $id) { kind name values { name number text flag moment unit nameZh }
  links { relation id detail since } } }"""
ITEMS = """query ($c: ID!, $k: String, $n: Int! = 20, $after: String) { customer(id: $c) {
  items(kind: $k, first: $n, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id kindNameZh name relations values { name number moment unit } } edges { cursor } } } }"""
LIST = "query ($w: CustomerFilter) { customers(where: $w) { nodes { customerId } } }"
FIELDS = (
    '[{"name":"hours","name_zh":"运行小时","type":"number","unit":"h"},{"name":"installed_at","type":"date"},'
    '{"name":"leased","type":"boolean"},{"name":"operator","type":"text","pii":true}]'
)


@pytest.fixture
def items(ann: Client, store: Store) -> Client:
    """Ann, with two machines at her account, one at another customer, a competitor, and a prototype."""
    world = World()
    world.node("ItemKind", "machine", name="Machine", name_zh="设备", fields=FIELDS)
    world.node("ItemKind", "competitor", name="Competitor", name_zh="竞品", fields="[]")
    machines = (
        ("M1", "Compressor", ACME, 1200.5),
        ("M2", "Pump", ACME, 20.0),
        ("M3", "Fan", "crm:ACC-2", 5.0),
    )
    for number, name, customer, hours in machines:
        key = f"crm:{number}"
        world.node(
            "Item", key, kind="machine", name=name, created_at=ago(3000), x_hours=hours, x_leased=False,
            x_operator="Lena", x_installed_at=ago(3000).isoformat(),
        )  # fmt: skip
        world.fact("LINKED_TO", ("Item", key), ("Customer", customer), relation="installed_at")
    world.fact("LINKED_TO", ("Item", "crm:M2"), ("Item", "crm:M1"), relation="part_of")
    world.node("Item", "crm:R1", kind="competitor", name="Windy")
    world.fact("LINKED_TO", ("Item", "crm:R1"), ("Opportunity", DEAL), relation="competes_for")
    world.node("Item", "crm:M9", kind="machine", name="Prototype")
    world.load(store)
    return ann


@pytest.mark.query("record.item", "record.item_links")
async def test_an_item_with_its_values_units_and_links(items: Client) -> None:
    found = (await items.data(NODE, id="Item:crm:M2"))["node"]
    values = {one["name"]: one for one in found["values"]}
    assert (found["kind"], found["name"], values["kind"]["text"]) == ("Item", "Pump", "machine")
    hours = values["hours"]
    assert (hours["number"], hours["unit"], hours["nameZh"]) == (20.0, "h", "运行小时")
    assert values["installed_at"]["moment"].startswith(ago(3000).date().isoformat())
    assert values["leased"]["flag"] is False
    assert [(one["relation"], one["id"], one["detail"]) for one in found["links"]] == [
        ("LINKED_TO", f"Customer:{ACME}", "installed_at"), ("LINKED_TO", "Item:crm:M1", "part_of"),
    ]  # fmt: skip
    deal = (await items.data(NODE, id=f"Opportunity:{DEAL}"))["node"]
    assert ("LINKED_TO", "Item:crm:R1") in [(one["relation"], one["id"]) for one in deal["links"]]


@pytest.mark.query("item.of_each", "item.relations", "item.kinds")
async def test_items_of_a_customer_in_pages(items: Client) -> None:
    page = (await items.data(ITEMS, c=ACME, n=1))["customer"]["items"]
    (one,) = page["nodes"]
    assert (one["id"], one["kindNameZh"], one["relations"]) == ("Item:crm:M1", "设备", ["installed_at"])
    assert one["values"][0] == {"name": "hours", "number": 1200.5, "moment": None, "unit": "h"}
    rest = (await items.data(ITEMS, c=ACME, n=1, after=page["pageInfo"]["endCursor"]))["customer"]["items"]
    assert [node["name"] for node in rest["nodes"]] == ["Pump"]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert not (await items.data(ITEMS, c=ACME, k="competitor"))["customer"]["items"]["nodes"]


LEASED = {"field": "leased", "flag": False}
OLD = {"field": "days_since.installed_at", "above": 2922}
ASKED: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"kind": "machine", "where": [{"field": "hours", "above": 1000}]}, ["ACC-1"]),
    ({"kind": "machine", "where": [OLD]}, ["ACC-1", "ACC-2"]),
    ({"kind": "machine", "atLeast": 2, "relation": "installed_at"}, ["ACC-1"]),
    ({"kind": "machine", "where": [LEASED, {"field": "name", "is": ["Fan"]}]}, ["ACC-2"]),
    ({"kind": "machine", "atMost": 0}, ["ACC-3"]),
)


async def test_customers_by_their_items(items: Client) -> None:
    for asked, wanted in ASKED:
        found = (await items.data(LIST, w={"matching": {"items": asked}}))["customers"]["nodes"]
        assert sorted(one["customerId"].removeprefix("crm:") for one in found) == wanted, asked


@pytest.mark.usefixtures("items")
async def test_rows(signed: Signed) -> None:
    """Whoever sees the customer, or that of the deal, sees the item; without one, whoever sees all."""
    mine, everybody, shop = (signed(ANN, role) for role in ("account_manager", "support", "widget"))
    seen = []
    for one in ("M1", "M3", "R1", "M9"):
        if (await mine.answer(NODE, id=f"Item:crm:{one}"))["data"]["node"]:
            seen.append(one)
        assert (await everybody.data(NODE, id=f"Item:crm:{one}"))["node"]
    assert seen == ["M1", "R1"]
    assert await shop.codes(NODE, id="Item:crm:M1") == ["FORBIDDEN"]
    for client, tells in ((everybody, True), (signed(ANN, "marketing"), False)):
        values = (await client.data(NODE, id="Item:crm:M1"))["node"]["values"]
        assert any(one["text"] == "Lena" for one in values) is tells
    asked = {"matching": {"items": {"kind": "machine"}}}
    assert [one["customerId"] for one in (await mine.data(LIST, w=asked))["customers"]["nodes"]] == [ACME]


HELD_BACK = ({"startsWith": "Le"}, {"is": ["Lena"]}, {"isNot": ["Lena"]}, {"known": True})


@pytest.mark.usefixtures("items")
async def test_what_a_role_is_not_told_of_items_answers_no_condition(signed: Signed, store: Store) -> None:
    """Neither a field of a person, nor one that the newest mapping no longer declares."""
    support, marketing = signed(ANN, "support"), signed(ANN, "marketing")

    def asked(field: str, **test: Any) -> dict[str, Any]:
        return {"matching": {"items": {"kind": "machine", "where": [{"field": field, **test}]}}}

    for test in HELD_BACK:
        where = asked("operator", **test)
        assert await marketing.codes(LIST, w=where) == ["FORBIDDEN"]
        assert await marketing.codes(LIST, w={"matching": {"not": where["matching"]}}) == ["FORBIDDEN"]
        assert (await support.data(LIST, w=where))["customers"]
    assert (await marketing.data(LIST, w=asked("hours", above=1000)))["customers"]["nodes"]
    newest = '[{"name":"hours","type":"number"},{"name":"parts","type":"list"}]'
    store.upsert_nodes("ItemKind", [{"id": "machine", "props": {"fields": newest}}])
    assert await marketing.codes(LIST, w=asked("operator", known=True)) == ["FORBIDDEN"]
    for client, tells in ((support, True), (marketing, False)):
        values = (await client.data(NODE, id="Item:crm:M1"))["node"]["values"]
        assert any(one["text"] == "Lena" for one in values) is tells
    assert await support.codes(LIST, w=asked("parts", contains="gold")) == ["BAD_INPUT"]


async def test_the_timeline_tells_when_an_item_began(items: Client) -> None:
    asked = 'query ($c: ID!) { timeline(of: $c, kinds: ["Item"]) { events { id at name } } }'
    events = (await items.data(asked, c=f"Customer:{ACME}"))["timeline"]["events"]
    assert [one["id"] for one in events] == ["Item:crm:M2", "Item:crm:M1"]
