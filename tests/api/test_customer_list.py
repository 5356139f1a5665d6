"""Customers by the filter grammar through the API, and tags by hand."""

from typing import Any

import pytest

from graph.derive.groups import derive_groups, profile_customers
from graph.history import read_history
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

LIST = """query ($w: CustomerFilter, $o: [CustomerSort!], $n: Int! = 20, $after: String) {
  customers(where: $w, orderBy: $o, first: $n, after: $after) { totalCount totalCountExact
    pageInfo { hasNextPage endCursor } edges { cursor node { customerId tags { tagId basis reason } } }
    nodes { customerId } } }"""
ONE = """query ($c: ID!) { customer(id: $c) {
  tags { id tagId name basis since until reason } segments { segmentId method reason }
  profile { lifecycle openTickets ordersOfYear valueOfYear { currency amount } dueOn weightedValue } } }"""


@pytest.fixture
def derived(ann: Client, store: Store) -> Client:
    """Ann, with profiles, tags and segments of the small company."""
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        derive_groups(store, history.connection, "tag", NOW)
        derive_groups(store, history.connection, "segment", NOW)
    return ann


async def listed(client: Client, **asked: Any) -> list[str]:
    page = (await client.data(LIST, **asked))["customers"]
    ids = [node["customerId"].removeprefix("crm:") for node in page["nodes"]]
    assert [edge["node"]["customerId"] for edge in page["edges"]] == [f"crm:{one}" for one in ids]
    assert (page["totalCount"], page["totalCountExact"]) == (len(ids), True)
    return ids


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"owner": ANN}, ["ACC-1"]),
        ({"team": "West"}, []),
        ({"tag": "value:high"}, ["ACC-1"]),
        ({"tag": "core:in_negotiation"}, ["ACC-1"]),
        ({"segment": "lifecycle:potential"}, ["ACC-3", "ACC-2"]),
        ({"industry": "machinery", "band": "low"}, ["ACC-3"]),
        ({"silentDays": 1}, []),
        ({"tag": ""}, []),
        ({"matching": {"field": "OPEN_TICKETS", "atLeast": 1}}, ["ACC-1"]),
        ({"matching": {"attribute": "tier", "is": ["gold"]}}, ["ACC-1"]),
        ({"matching": {"field": "VALUE_365", "currency": "CNY", "above": 199}}, ["ACC-1"]),
        ({"matching": {"not": {"field": "INDUSTRY", "is": ["machinery"]}}}, ["ACC-2"]),
        (
            {"matching": {"any": [
                {"field": "EMPLOYEES", "is": ["420"]}, {"field": "NAME", "contains": "pumps"}
            ]}},
            ["ACC-3", "ACC-1"],
        ),
    ],
)  # fmt: skip
async def test_the_filter(derived: Client, where: dict[str, Any], wanted: list[str]) -> None:
    assert await listed(derived, w=where) == wanted


async def test_an_order_of_several_keys_in_pages(derived: Client, store: Store) -> None:
    world = World()
    for number in range(7):
        world.customer(f"crm:Z{number}", name=f"Z{number % 2}", employees=number % 3 * 10)
    world.load(store)
    order = [{"by": "EMPLOYEES", "descending": True}, {"by": "NAME"}]
    where = {"matching": {"field": "NAME", "startsWith": "z"}}
    seen: list[str] = []
    after = None
    while True:
        page = (await derived.data(LIST, w=where, o=order, n=2, after=after))["customers"]
        seen += [node["customerId"].removeprefix("crm:") for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == ["Z2", "Z5", "Z4", "Z1", "Z0", "Z6", "Z3", "ACC-3"]


async def test_what_is_asked_wrongly(derived: Client) -> None:
    wrong = {"matching": {"all": [{"field": "EMPLOYEES", "contains": "4"}]}}
    (error,) = (await derived.answer(LIST, w=wrong))["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["message"].startswith("matching.all[0].employees.contains: `contains` does not fit it")
    for where in ({"band": "huge"}, {"silentDays": 1, "matching": {"field": "VALUE_365", "above": 1}}):
        assert await derived.codes(LIST, w=where) == ["BAD_INPUT"]
    assert await derived.codes(LIST, o=[{"by": "VALUE"}]) == ["BAD_INPUT"]
    assert await derived.codes(LIST, o=[{"by": "NAME"}, {"by": "NAME"}]) == ["BAD_INPUT"]
    assert await derived.codes(LIST, o=[{"by": "SILENCE"}], after="WyJuYW1lIiwiYSIsImIiXQ==") == ["BAD_INPUT"]


@pytest.mark.query("customer_part.segments", "customer_part.figures")
async def test_a_customer_with_its_tags_segments_and_profile(derived: Client) -> None:
    found = (await derived.data(ONE, c=ACME))["customer"]
    tags = {tag["tagId"]: tag for tag in found["tags"]}
    assert tags["core:in_negotiation"]["reason"] == {"open_deals": 2}
    assert (tags["core:in_negotiation"]["basis"], tags["value:high"]["reason"]) == ("INFERRED", None)
    assert "lifecycle:potential" not in {one["segmentId"] for one in found["segments"]}
    profile = found["profile"]
    assert (profile["lifecycle"], profile["openTickets"], profile["ordersOfYear"]) == ("active", 1, 2)
    assert profile["valueOfYear"] == [{"currency": "CNY", "amount": 200.0}]
    node = (await derived.data('{ node(id: "Tag:core:in_negotiation") { name } }'))["node"]
    assert node["name"] == "In negotiation"


@pytest.mark.query("writing.tag", "writing.untag", "writing.known_tags")
async def test_a_tag_by_hand(derived: Client, signed: Signed) -> None:
    words: dict[str, Any] = {"customer": "erp:C0017", "tag": "Trade fair", "why": "met at the fair"}
    first = await wrote(derived, "tag", **words)
    assert first["__typename"] == "Written"
    assert await wrote(derived, "tag", **words) == first | {"repeated": True}
    assert await listed(derived, w={"tag": "hand:trade fair"}) == ["ACC-1"]
    tags = {tag["name"]: tag for tag in (await derived.data(ONE, c=ACME))["customer"]["tags"]}
    assert (tags["Trade fair"]["basis"], tags["Trade fair"]["until"]) == ("ASSERTED", None)
    assert (await wrote(signed(BOB), "tag", **words))["__typename"] == "InvalidInput"
    off = {"customer": ACME, "tag": "hand:trade fair", "key": "off"}
    assert (await wrote(derived, "untag", **off))["__typename"] == "Written"
    assert await listed(derived, w={"tag": "hand:trade fair"}) == []
    for verb, more, kind in (
        ("untag", {"key": "k3"}, "InvalidInput"),
        ("untag", {"key": "k4", "tag": "nothing"}, "RecordNotFound"),
        ("untag", {"key": "k5", "tag": "core:in_negotiation"}, "InvalidInput"),
        ("tag", {"key": "k6", "tag": " "}, "InvalidInput"),
        ("tag", {"key": "k7", "validDays": 0}, "InvalidInput"),
        ("tag", {"key": "k8", "customer": "nope"}, "RecordNotFound"),
    ):
        assert (await wrote(derived, verb, **off | more))["__typename"] == kind, more


async def test_a_tag_that_ends_by_itself(derived: Client) -> None:
    await wrote(derived, "tag", customer=ACME, tag="Trial", validDays=30)
    tags = {tag["name"]: tag for tag in (await derived.data(ONE, c=ACME))["customer"]["tags"]}
    assert tags["Trial"]["until"] == ago(-30).isoformat()
