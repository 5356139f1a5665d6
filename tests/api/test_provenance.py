"""Where a value comes from, through the API: who states it, since when, who says otherwise, what rules do."""

from typing import Any

import orjson
import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, BOSS
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago

ASK = """query ($of: ID!, $at: DateTime, $fields: [String!]) {
  provenance(of: $of, asOf: $at, fields: $fields) {
    value { name text number } basis confidence conflicting rules
    statements { source sourceKey since agrees value { text number } } } }"""
DOMAIN = {
    "customer_id": "crm:ACC-2", "field": "country", "value": "CN", "confidence": 0.97, "sources": ["phone"],
}  # fmt: skip


@pytest.fixture
def stated(store: Store, ann: Client) -> Client:
    """Two sources tell of Ann's account; of another one a country is inferred."""
    world = World()
    world.version("Customer", ACME, ago(300), ago(40), employees=300, industry="machinery")
    world.version("Customer", ACME, ago(40), None, employees=420, industry="machinery", x_tier="gold")
    world.version("Customer", ACME, ago(90), None, source="erp", employees=400, domains=["hongda.example"])
    world.version("Contact", BOSS, ago(60), None, email=f"{BOSS}@example.com")
    inferred = orjson.dumps([DOMAIN]).decode()
    world.node("Profile", "crm:ACC-2", derived_at=NOW, inferred=inferred)
    world.load(store)
    return ann


async def told(client: Client, of: str, **rest: Any) -> dict[str, Any]:
    found = (await client.data(ASK, of=of, **rest))["provenance"]
    return {one["value"]["name"]: one for one in found}


@pytest.mark.query("record.origins")
async def test_each_value_tells_who_states_it_and_who_says_otherwise(stated: Client) -> None:
    values = await told(stated, f"Customer:{ACME}")
    employees = values["employees"]
    assert (employees["value"]["number"], employees["basis"]) == (420, "OBSERVED")
    assert employees["conflicting"]
    assert [(one["source"], one["value"]["number"], one["agrees"]) for one in employees["statements"]] == [
        ("crm", 420, True), ("erp", 400, False),
    ]  # fmt: skip
    assert employees["statements"][0]["since"] == ago(40).isoformat()
    assert [one["source"] for one in values["domains"]["statements"]] == ["erp"]
    assert not values["domains"]["conflicting"]
    assert values["tier"]["statements"][0]["value"] == {"text": "gold", "number": None}
    assert values["region"]["statements"] == [], "no source row states it"


async def test_a_past_day_tells_what_was_said_then(stated: Client) -> None:
    (one,) = (await told(stated, f"Customer:{ACME}", at=ago(50).isoformat(), fields=["employees"])).values()
    assert one["value"]["number"] == 300
    assert {(said["source"], said["value"]["number"], said["agrees"]) for said in one["statements"]} == {
        ("crm", 300, True), ("erp", 400, False),
    }  # fmt: skip


async def test_what_nobody_states_is_told_with_its_rules(stated: Client) -> None:
    country = (await told(stated, "Customer:crm:ACC-2"))["country"]
    assert (country["value"]["text"], country["basis"], country["confidence"]) == ("CN", "INFERRED", 0.97)
    assert (country["rules"], country["statements"]) == (["phone"], [])


@pytest.mark.usefixtures("stated")
async def test_a_mask_covers_what_sources_say_too(signed: Signed) -> None:
    executive = signed("hr:E-2", "executive")
    mail = (await told(executive, f"Contact:{BOSS}"))["email"]
    assert mail["value"]["text"] == mail["statements"][0]["value"]["text"] == "c***@example.com"


async def test_what_is_not_there_is_said_so(stated: Client) -> None:
    assert await stated.codes(ASK, of="Customer:nobody") == ["NOT_FOUND"]
    assert await stated.codes(ASK, of=ACME) == ["BAD_INPUT"]
    assert await told(stated, f"Customer:{ACME}", fields=["nothing"]) == {}
