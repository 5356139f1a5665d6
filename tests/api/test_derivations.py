"""Where figures come from: each names its rule or model, day, parameters, and the records behind it."""

from typing import Any

import pytest
from graphql import GraphQLObjectType

from graph.derive import derive
from graph.figure.rule import rules
from graph.store import Store
from graphql_api.schema import schema
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, ENGINEER
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago

ASK = """query ($of: ID!, $kinds: [FigureKind!], $at: DateTime, $first: Int! = 50, $after: String) {
  derivations(of: $of, kinds: $kinds, asOf: $at) {
    kind part value { text number moment } values about { id } madeBy method methodRecord { id } version asOf
    run { id } parameters { name number text } text zh: text(locale: ZH)
    inputs(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }"""
HABITS = """query ($id: ID!) { customer(id: $id) { profile {
  paymentDelay paymentDelayChange replyShare replyHours
  paymentCauses { days text zh: text(locale: ZH) evidence { id } } } } }"""
COUNTS = {
    "ordersOfYear": {"Order:erp:O1", "Order:erp:O2"},
    "openDeals": {"Opportunity:crm:OPP-1", "Opportunity:crm:OPP-2"},
    "wonDeals": {"Opportunity:won"}, "lostDeals": {"Opportunity:lost"},
    "openTickets": {"Ticket:desk:T1", "Ticket:old"}, "ticketsOf90Days": {"Ticket:desk:T1", "Ticket:shut"},
    "overdueInvoices": {"Invoice:late", "Invoice:half"},
    "contacts": {f"Contact:{one}" for one in (BOSS, ENGINEER, BUYER)},
}  # fmt: skip
"""Figures that count, and the records that each counts."""


def more() -> World:
    """What figures must count, and beside each something that they must not."""
    world = World()
    world.order("returned", ACME, ago(20), [("erp:P1", 1.0, -10.0)], kind="return", currency="CNY")
    for key, days, outcome in (("won", 100, "won"), ("lost", 200, "lost"), ("long-ago", 900, "won")):
        world.opportunity(key, ACME, opened_at=ago(days + 50), closed_at=ago(days), outcome=outcome)
    for key, opened, closed in (("old", 300, None), ("shut", 50, 40), ("over", 200, 150)):
        ended = {} if closed is None else {"closed_at": ago(closed)}
        world.node("Ticket", key, opened_at=ago(opened), **ended)
        world.part("FOR", ("Ticket", key), ("Customer", ACME))
    for key, due, paid in (("late", 20, None), ("half", 10, None), ("paid", 30, 25), ("ahead", -20, None)):
        ended = {} if paid is None else {"paid_at": ago(paid)}
        world.node("Invoice", key, issued_at=ago(60), due_at=ago(due), amount=100.0, currency="CNY", **ended)
        world.part("FOR", ("Invoice", key), ("Customer", ACME))
    world.node("Invoice", "before", issued_at=ago(430), due_at=ago(400), paid_at=ago(399), amount=100.0)
    world.part("FOR", ("Invoice", "before"), ("Customer", ACME))
    for key, invoice, amount in (("half-paid", "half", 40.0), ("all", "ahead", 100.0)):
        world.node("Payment", key, paid_at=ago(15), amount=amount, currency="CNY")
        world.part("ABOUT", ("Payment", key), ("Invoice", invoice), amount=amount)
    for key, ends in (("soon", -30), ("later", -300), ("gone", 30)):
        world.node("Contract", key, starts_at=ago(400), ends_at=ago(ends))
        world.part("FOR", ("Contract", key), ("Customer", ACME))
    world.met("seen", ago(3), [("Employee", ANN, "from"), ("Contact", ENGINEER, "to")])
    for number in range(5):
        world.met(f"sent{number}", ago(20 + number), [("Employee", ANN, "from"), ("Contact", BUYER, "to")])
    world.met("answer", ago(20 - 0.25), [("Contact", BUYER, "from"), ("Employee", ANN, "to")])
    world.met("secret", ago(1), [("Contact", BOSS, "from")], visibility="owner", owner_id=BOB)
    return world


@pytest.fixture
def derived(store: Store, ann: Client) -> Client:
    """The company with more, derived."""
    more().load(store)
    derive(store, NOW)
    return ann


async def told(client: Client, of: str = f"Customer:{ACME}", **rest: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(ASK, of=of, **rest))["derivations"]
    return found


def ids(figure: dict[str, Any]) -> list[str]:
    return [one["id"] for one in figure["inputs"]["nodes"]]


@pytest.mark.query("figure.orders")
@pytest.mark.query("figure.deals")
@pytest.mark.query("figure.tickets")
@pytest.mark.query("figure.invoices")
@pytest.mark.query("figure.people")
async def test_a_figure_that_counts_names_each_record_that_it_counts(derived: Client) -> None:
    by_part = {one["part"]: one for one in await told(derived, kinds=["PROFILE"])}
    for name, counted in COUNTS.items():
        assert (by_part[name]["value"]["number"], set(ids(by_part[name]))) == (len(counted), counted), name
    one = by_part["ordersOfYear"]
    assert (one["madeBy"], one["method"], one["asOf"], one["run"]) == (
        "RULE", "profile.orders", NOW.isoformat(), {"id": "Run:derive"},
    )  # fmt: skip
    assert one["parameters"] == [{"name": "year_days", "number": 365, "text": None}]
    assert one["text"] == "Orders within 365 days; returns do not count."
    assert one["zh"] == "近 365 天的订单数;退货不计。"
    assert "Order:returned" in ids(by_part["valueOfYear"])
    assert by_part["valueOfYear"]["values"] == ["190.00 CNY"]


@pytest.mark.query("figure.talks")
@pytest.mark.query("figure.contracts")
async def test_a_figure_that_is_a_day_names_the_record_of_that_day(derived: Client) -> None:
    by_part = {one["part"]: one for one in await told(derived, kinds=["PROFILE"])}
    assert ids(by_part["lastContactAt"])[0] == "Interaction:m1"
    assert "Interaction:secret" not in ids(by_part["lastContactAt"])
    assert ids(by_part["renewalAt"]) == ["Contract:later", "Contract:soon"]
    assert by_part["renewalAt"]["value"]["moment"] == ago(-30).isoformat()


@pytest.mark.query("receivable.paid")
@pytest.mark.query("figure.paid")
async def test_why_it_pays_later_and_how_it_answers(derived: Client, signed: Signed) -> None:
    profile = (await derived.data(HABITS, id=ACME))["customer"]["profile"]
    assert (profile["paymentDelay"], profile["paymentDelayChange"]) == (5.0, 4.0)
    assert (profile["replyShare"], profile["replyHours"]) == (100.0, 54.0)
    (cause,) = profile["paymentCauses"]
    assert cause == {
        "days": 4.0, "text": "invoice paid, paid after 35 days", "zh": "发票paid,35天后付款",
        "evidence": {"id": "Invoice:paid"},
    }  # fmt: skip
    by_part = {one["part"]: one for one in await told(derived, kinds=["PROFILE"])}
    assert ids(by_part["paymentDelay"]) == ["Invoice:paid"]
    assert ids(by_part["paymentDelayChange"]) == ["Invoice:paid", "Invoice:before"]
    hidden = await signed(BOB, "support").answer(HABITS, id=ACME)
    assert hidden["data"]["customer"]["profile"]["replyHours"] == 54.0
    assert hidden["data"]["customer"]["profile"]["paymentCauses"] is None
    assert {one["extensions"]["code"] for one in hidden["errors"]} == {"FORBIDDEN"}


@pytest.mark.slow
async def test_every_id_leads_to_a_record(derived: Client) -> None:
    found = await told(derived) + await told(derived, f"Contact:{ENGINEER}")
    named = {typed for one in found for typed in ids(one)}
    named |= {one["run"]["id"] for one in found if one["run"]}
    named |= {one["methodRecord"]["id"] for one in found if one["methodRecord"] and one["madeBy"] != "MODEL"}
    for typed in sorted(named):
        assert (await derived.data("query ($id: ID!) { node(id: $id) { id } }", id=typed))["node"], typed


async def test_pages_neither_skip_nor_repeat(derived: Client) -> None:
    (whole,) = (one for one in await told(derived, kinds=["HEALTH"]) if one["part"] is None)
    found, after = [], None
    while True:
        (page,) = (
            one for one in await told(derived, kinds=["HEALTH"], first=2, after=after) if one["part"] is None
        )
        found += ids(page)
        after = page["inputs"]["pageInfo"]["endCursor"]
        if after is None:
            break
    assert found == ids(whole)
    assert len(found) == len(set(found)) > 4


async def test_a_score_names_its_model_its_day_and_what_its_reasons_rest_on(derived: Client) -> None:
    found = await told(derived, kinds=["CHURN_RISK", "TAG", "RECOMMENDATION"])
    risk, tag, offer = (
        next(one for one in found if one["about"]["id"] == about)
        for about in ("RiskScore:s1", "Tag:value:high", "Product:erp:P2")
    )
    assert (risk["madeBy"], risk["methodRecord"], risk["about"]) == (
        "MODEL", {"id": "Model:churn-1"}, {"id": "RiskScore:s1"},
    )  # fmt: skip
    assert (risk["value"]["number"], ids(risk)) == (0.61, ["Order:erp:O2"])
    assert {one["name"]: one["number"] for one in risk["parameters"]}["horizon_days"] == 90
    assert (tag["madeBy"], tag["about"], tag["version"]) == ("PERSON", {"id": "Tag:value:high"}, None)
    assert (offer["about"], offer["version"]) == ({"id": "Product:erp:P2"}, "cross-1")
    assert ids(offer) == [f"Customer:{ACME}", "Product:erp:P2"]


async def test_health_of_a_past_day_rests_on_what_was_there_then(derived: Client) -> None:
    found = {
        one["part"]: one for one in await told(derived, kinds=["HEALTH", "PROFILE"], at=ago(100).isoformat())
    }
    assert set(found) == {None, "recency", "trend", "tickets", "coverage"} & set(found), "no figures of today"
    assert ids(found["recency"]) == ["Order:erp:O1", "Order:erp:O0"]
    assert ids(found["tickets"]) == ["Ticket:over", "Ticket:old"]


@pytest.mark.query("figure.inferred")
async def test_a_tie_names_its_measure_and_talks(derived: Client) -> None:
    ties = await told(derived, f"Contact:{ENGINEER}", kinds=["TIE"])
    (one,) = (one for one in ties if ids(one) == ["Interaction:m1", "Interaction:seen"])
    assert one["about"]["id"] == f"Employee:{ANN}"
    assert (one["method"], one["methodRecord"]) == ("tie-decay-3", {"id": "Run:calibration:000001"})
    numbers = {one["name"]: one["number"] for one in one["parameters"]}
    assert (numbers["interactions"], numbers["evidence_count"]) == (2, 2)
    assert numbers["half_life_days"] > 0


@pytest.mark.usefixtures("derived")
async def test_roles_are_told_no_more_than_elsewhere(signed: Signed) -> None:
    support = signed(BOB, "support")
    found = await told(support)
    parts = {one["part"] for one in found}
    assert "openTickets" in parts
    assert parts.isdisjoint({"ordersOfYear", "overdueInvoices"})
    assert {one["kind"] for one in found} == {"PROFILE", "TAG", "SEGMENT"}
    product = await told(signed(BOB, "product"), kinds=["CHURN_RISK"])
    assert [(ids(one), one["parameters"]) for one in product] == [([], [])], "reasons are not for them"
    assert await signed(BOB, "product").codes(ASK, of=f"Contact:{BOSS}") == ["FORBIDDEN"]
    assert await signed(BOB, "account_manager").codes(ASK, of=f"Customer:{ACME}") == ["NOT_FOUND"]


async def test_what_has_no_figures_is_said_so(derived: Client) -> None:
    assert await derived.codes(ASK, of="Product:erp:P1") == ["BAD_INPUT"]
    assert await derived.codes(ASK, of="Customer:nobody") == ["NOT_FOUND"]
    assert await derived.codes(ASK, of="Contact:nobody") == ["NOT_FOUND"]
    assert set(await derived.codes(ASK, of=f"Customer:{ACME}", after="x")) == {"BAD_INPUT"}


def test_every_figure_of_a_profile_has_its_rule() -> None:
    """The causes of a change are told by `paymentDelayChange`."""
    kind = schema._schema.type_map["CustomerProfile"]
    assert isinstance(kind, GraphQLObjectType)
    assert set(rules("profile")) == set(kind.fields) - {"paymentCauses"}
