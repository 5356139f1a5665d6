"""My day through the API: the items of the token's employee, with their records."""

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME
from tests.api.conftest import Signed
from tests.graph.world import World, ago

DAY = """query ($l: Locale! = EN, $d: Date) { myDay(locale: $l, date: $d, timeZone: "Asia/Shanghai") {
  day timeZone notes items { rank kind reason due whatToDo severity value urgency chance weight
    evidence { id } account { customerId } alert { alertId message } deal { id } contact { id } task { id }
    product { id } meeting { id attendees { id unknown } } } } }"""


def warned() -> World:
    world = World()
    said = {"figures": '{"count":1,"days":90,"usual":8.9}', "valid_from": ago(5)}
    world.node("Alert", "a1", kind="orders_falling", message="english", severity="warning", **said)
    world.part("FOR", ("Alert", "a1"), ("Customer", ACME))
    for number in range(20):
        world.order(f"usual{number}", ACME, ago(120 + 12 * number), [], amount=1.0)
    return world


async def test_the_items_lead_to_their_records(ann: Client, store: Store) -> None:
    warned().load(store)
    day = (await ann.data(DAY))["myDay"]
    assert (day["day"], day["notes"]) == ("2025-06-30", [])
    items = {item["kind"]: item for item in day["items"]}
    assert [item["rank"] for item in day["items"]] == list(range(1, len(day["items"]) + 1))
    assert items["ALERT"]["alert"] == {"alertId": "a1", "message": "english"}
    assert items["ALERT"]["account"] == {"customerId": ACME}
    assert "fewer orders" in items["RISK"]["reason"]
    for item in day["items"]:
        named = [item[name] for name in ("deal", "contact", "task", "product") if item[name]]
        for one in (*named, *item["evidence"]):
            assert (await ann.data("query ($i: ID!) { node(id: $i) { id } }", i=one["id"]))["node"] == one
        most = 2.0 if item["kind"] in ("ALERT", "RISK", "DEAL") else 1.0  # signs that agree
        score = item["severity"] * item["value"] * item["urgency"] * item["chance"]
        assert item["weight"] <= most * score + 1e-9


async def test_the_day_is_told_in_the_language_asked_for(ann: Client, store: Store) -> None:
    warned().load(store)
    items = (await ann.data(DAY, l="ZH"))["myDay"]["items"]
    (alert,) = [item for item in items if item["kind"] == "ALERT"]
    assert alert["reason"] == "订单下滑: 90 天内 1 张订单;通常为 8.9 张。"
    assert alert["alert"]["message"] == "90 天内 1 张订单;通常为 8.9 张。"


async def test_an_answer_takes_the_question_off_the_day(ann: Client) -> None:
    query = """mutation ($d: ID!) { assertRole(input: {contact: "crm:CON-3", role: ECONOMIC_BUYER,
      opportunity: $d}) { __typename } }"""
    asked = [item["reason"] for item in (await ann.data(DAY))["myDay"]["items"] if item["kind"] == "CONFIRM"]
    assert "Nobody knows who decides on Spare parts." in asked
    assert not any("decides on New line" in reason for reason in asked)
    await ann.data(query, d="crm:OPP-2")
    left = [item["reason"] for item in (await ann.data(DAY))["myDay"]["items"] if item["kind"] == "CONFIRM"]
    assert "Nobody knows who decides on Spare parts." not in left


async def test_who_has_no_day(signed: Signed, ann: Client) -> None:
    assert await signed(None).codes(DAY) == ["FORBIDDEN"]
    for day in ("2026-01-01", "0001-01-01", "9999-12-31"):
        assert await ann.codes(DAY, d=day) == ["BAD_INPUT"]
