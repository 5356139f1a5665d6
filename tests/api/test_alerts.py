"""Alerts through the API: pages of the right ones, texts in two languages, and decisions about them."""

from typing import Any

import pytest

from graph.store import AsyncStore, Store
from tests.api.client import Client, calls
from tests.api.company import ACME, ANN, BOB, DEAL
from tests.api.conftest import Signed
from tests.graph.world import World, ago

FIELDS = """totalCount totalCountExact pageInfo { hasNextPage endCursor startCursor hasPreviousPage }
  edges { cursor node { alertId } } nodes { id alertId kind title message severity since customerId
    customerName subject { id } evidence { id kind } owner { employeeId name } state stateBy stateReason
    account { name }
    play { withinDays steps } }"""
LIST = f"""query ($w: AlertFilter, $n: Int! = 20, $after: String, $l: Locale! = EN, $t: DateTime) {{
  alerts(where: $w, first: $n, after: $after, locale: $l, asOf: $t) {{ {FIELDS} }} }}"""
DECIDED = """__typename ... on AlertDecided { repeated alert { alertId state stateBy stateReason message } }
  ... on Problem { message }"""


def world_of_alerts() -> World:
    """Three alerts of Ann's account, one of a stranger's, and one that is over."""
    world = World()
    uncovered = '{"people":[{"role":"decision_maker","title":"CEO"}]}'
    falling = '{"count":1,"days":90,"usual":8.9}'
    for key, customer, since, severity, props in (
        ("a1", ACME, 5, "warning", {"kind": "orders_falling", "figures": falling}),
        ("a2", ACME, 9, "critical", {"kind": "decision_maker_uncovered", "figures": uncovered}),
        ("a3", ACME, 9, "critical", {"kind": "no_champion"}),
        ("b1", "crm:ACC-3", 2, "critical", {"kind": "ticket_breaching", "evidence": ["Ticket:desk:T1"]}),
        ("c1", ACME, 40, "critical", {"kind": "single_threaded", "valid_to": ago(3)}),
    ):  # fmt: skip
        world.node("Alert", key, message=f"{key}!", severity=severity, valid_from=ago(since), **props)
        world.part("FOR", ("Alert", key), ("Customer", customer))
    world.part("ABOUT", ("Alert", "a3"), ("Opportunity", DEAL))
    return world


@pytest.fixture
def alerts(ann: Client, store: Store) -> Client:
    """Ann, with alerts in the graph."""
    world_of_alerts().load(store)
    return ann


async def listed(client: Client, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(LIST, **asked))["alerts"]
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [node["alertId"] for node in page["nodes"]]


@pytest.mark.query("alert.page", "alert.told", "alert.count")
async def test_the_gravest_come_first_then_the_newest(alerts: Client) -> None:
    page = await listed(alerts)
    assert ids(page) == ["b1", "a2", "a3", "a1"]
    assert (page["totalCount"], page["totalCountExact"]) == (4, True)
    first, _, third, last = page["nodes"]
    assert (first["kind"], first["severity"], first["owner"]) == ("TICKET_BREACHING", "CRITICAL", None)
    assert third["subject"] == {"id": f"Opportunity:{DEAL}"}
    assert last["owner"] == {"employeeId": ANN, "name": "Ann"}
    assert (last["account"]["name"], last["message"], last["title"]) == (
        "上海宏达机电有限公司", "a1!", "Orders falling",
    )  # fmt: skip
    assert last["play"]["withinDays"] == 7


async def test_pages_follow_one_another_without_gaps(alerts: Client) -> None:
    seen, after = [], None
    for _ in range(4):
        page = await listed(alerts, n=1, after=after)
        seen += ids(page)
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"] == page["pageInfo"]["startCursor"]
    assert (seen, page["pageInfo"]["hasNextPage"]) == (["b1", "a2", "a3", "a1"], False)
    assert ids(await listed(alerts, after=after)) == []
    assert await alerts.codes(LIST, after="WyJuYW1lIiwiYSIsImIiXQ==") == ["BAD_INPUT"]
    assert await alerts.codes(LIST, after="WyJhbGVydCIsMSwieCIsImIiXQ==") == ["BAD_INPUT"]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"account": "erp:C0017"}, ["a2", "a3", "a1"]),
        ({"owner": ANN}, ["a2", "a3", "a1"]),
        ({"owner": BOB}, []),
        ({"team": "East"}, ["a2", "a3", "a1"]),
        ({"team": "West"}, []),
        ({"team": "East", "owner": ANN, "account": "crm:ACC-3"}, []),
        ({"severities": ["WARNING"]}, ["a1"]),
        ({"kinds": ["NO_CHAMPION", "TICKET_BREACHING"], "owner": ANN}, ["a3"]),
        ({"states": ["DONE"]}, []),
    ],
)
async def test_alerts_by_account_owner_team_kind_severity_and_state(
    alerts: Client, where: dict[str, Any], wanted: list[str]
) -> None:
    page = await listed(alerts, w=where)
    assert (ids(page), page["totalCount"]) == (wanted, len(wanted))


async def test_alerts_as_of_a_past_day(alerts: Client) -> None:
    assert ids(await listed(alerts, t=ago(7).isoformat())) == ["a2", "a3", "c1"]
    assert ids(await listed(alerts, t=ago(50).isoformat())) == []


async def test_texts_in_chinese_by_their_figures(alerts: Client) -> None:
    told = {node["alertId"]: node for node in (await listed(alerts, l="ZH"))["nodes"]}
    assert told["a1"]["message"] == "90 天内 1 张订单;通常为 8.9 张。"
    assert (told["a2"]["message"], told["a2"]["title"]) == (
        "我方无人与决策者保持联系:决策人(CEO)。",
        "决策人无人联系",
    )
    assert told["a3"]["message"] == "a3!"  # without figures it stands as it was written
    assert told["a3"]["play"]["steps"] == ["找出最受益的人。", "为其准备内部说服材料。"]


async def test_every_id_of_an_alert_leads_to_a_record(alerts: Client) -> None:
    for node in (await listed(alerts))["nodes"]:
        named = [node["id"], *(one["id"] for one in node["evidence"])]
        named += [node["subject"]["id"]] if node["subject"] else []
        for one in named:
            assert (await alerts.data("query ($i: ID!) { node(id: $i) { id } }", i=one))["node"] == {
                "id": one
            }


@pytest.mark.query("alert.of_each", "account.chosen")
async def test_the_alerts_of_an_account(alerts: Client) -> None:
    query = "query ($a: ID!) { customer(id: $a) { alerts(first: 2) { nodes { alertId } totalCount } } }"
    found = (await alerts.data(query, a=ACME))["customer"]["alerts"]
    assert found == {"nodes": [{"alertId": "a2"}, {"alertId": "a3"}], "totalCount": 3}


@pytest.mark.query("alert.of_each")
async def test_the_alerts_of_a_page_of_accounts_are_read_at_once(alerts: Client, astore: AsyncStore) -> None:
    query = """query ($n: Int!, $after: String) { customers(first: $n) { nodes { customerId
      alerts(first: 1, after: $after) { nodes { alertId } pageInfo { hasNextPage endCursor } } } } }"""
    asked = []
    for size in (1, 1, 3):
        before = calls(astore)
        nodes = (await alerts.data(query, n=size))["customers"]["nodes"]
        asked.append(calls(astore) - before)
    assert asked[1] == asked[2]
    told = {node["customerId"]: node["alerts"] for node in nodes}
    assert [node["alertId"] for node in told[ACME]["nodes"]] == ["a2"]
    assert told[ACME]["pageInfo"]["hasNextPage"] is True
    assert told["crm:ACC-3"]["pageInfo"]["hasNextPage"] is False
    behind = (await alerts.data(query, n=3, after=told[ACME]["pageInfo"]["endCursor"]))["customers"]["nodes"]
    (next_,) = [node["alerts"]["nodes"] for node in behind if node["customerId"] == ACME]
    assert [node["alertId"] for node in next_] == ["a3"]


async def test_a_list_is_counted_once(alerts: Client, astore: AsyncStore) -> None:
    for field in ("alerts", "opportunities"):
        asked = []
        for fields in ("totalCount", "totalCount", "totalCount totalCountExact"):
            before = calls(astore)
            await alerts.data(f"{{ {field} {{ {fields} }} }}")
            asked.append(calls(astore) - before)
        assert asked[1] == asked[2]


async def decided(client: Client, field: str, **given: Any) -> dict[str, Any]:
    kind = "MuteAlertInput" if field == "muteAlert" else "AlertDecisionInput"
    query = f"mutation ($i: {kind}!) {{ {field}(input: $i) {{ {DECIDED} }} }}"
    result: dict[str, Any] = (await client.data(query, i=given))[field]
    return result


@pytest.mark.query("alert.decide")
async def test_a_decision_counts_at_once_and_once(alerts: Client) -> None:
    muted = await decided(alerts, "muteAlert", alert="Alert:a1", reason="their holidays", key="k")
    assert muted["alert"] == {
        "alertId": "a1", "state": "MUTED", "stateBy": f"user:{ANN}", "stateReason": "their holidays",
        "message": "a1!",
    }  # fmt: skip
    assert ids(await listed(alerts)) == ["b1", "a2", "a3"]
    assert ids(await listed(alerts, w={"states": ["MUTED"]})) == ["a1"]
    assert (await decided(alerts, "reopenAlert", alert="a1"))["alert"]["state"] == "OPEN"
    again = await decided(alerts, "muteAlert", alert="a1", reason="their holidays", key="k")
    assert (again["repeated"], again["alert"]["state"]) == (True, "OPEN")


@pytest.mark.parametrize(
    ("field", "state"), [("acknowledgeAlert", "ACKNOWLEDGED"), ("completeAlert", "DONE")]
)
async def test_the_states(alerts: Client, field: str, state: str) -> None:
    result = await decided(alerts, field, alert="a2", reason="called them")
    assert (result["alert"]["state"], result["alert"]["stateReason"]) == (state, "called them")
    assert ("a2" in ids(await listed(alerts))) == (state == "ACKNOWLEDGED")


async def test_refusals_have_types(alerts: Client, signed: Signed) -> None:
    assert (await decided(alerts, "completeAlert", alert="zz"))["__typename"] == "AlertNotFound"
    assert (await decided(alerts, "completeAlert", alert="c1"))["__typename"] == "AlertIsOver"
    assert (await decided(alerts, "muteAlert", alert="a1", reason=" "))["__typename"] == "InvalidInput"
    await decided(alerts, "completeAlert", alert="a1", key="k")
    used = await decided(alerts, "completeAlert", alert="a2", key="k")
    assert used["__typename"] == "KeyAlreadyUsed"
    for given in ({"key": ""}, {"key": "k" * 201}, {"reason": "r" * 1001}):
        refused = await decided(alerts, "acknowledgeAlert", alert="a3", **given)
        assert refused["__typename"] == "InvalidInput"
    for caller in (signed(role="reader"), signed(None), signed("nobody")):
        refused = await decided(caller, "acknowledgeAlert", alert="a3")
        assert refused["__typename"] == "Forbidden"
    assert ids(await listed(alerts)) == ["b1", "a2", "a3"]
