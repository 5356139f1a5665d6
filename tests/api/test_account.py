"""The account manager's question, as the architecture prints it, on both engines."""

import pytest

from graph.store import AsyncStore
from tests.api.client import Client, calls
from tests.api.company import ACME, BOSS, DEAL, ENGINEER
from tests.api.conftest import Signed

ACCOUNT = """
query Account {
  account(match: "宏达") {
    name tags { name dimension } health { score trend }
    decisionChain {
      members { contact { name title } role stance influence basis confidence
                coveredBy { employee { name } strength lastContactAt } }
      links { from to kind basis confidence } gaps { kind message since }
    }
    warmPaths(to: DECISION_MAKER, first: 3) { strength steps { kind from { name } to { name } strength why } }
    churnRisk { probability band horizonDays reasons { text contribution evidence { kind id } } modelId }
    recommendations(first: 5) { product { name } probability reasons { text path { label } } modelId }
  }
}
"""


async def test_the_architectures_question_is_answered_in_one_request(ann: Client) -> None:
    account = (await ann.data(ACCOUNT))["account"]
    assert account["name"] == "上海宏达机电有限公司"
    assert account["tags"] == [{"name": "high value", "dimension": "value"}]
    assert 0 <= account["health"]["score"] <= 100
    assert account["churnRisk"] == {
        "probability": 0.61,
        "band": "high",
        "horizonDays": 90,
        "reasons": [
            {
                "text": "fewer orders",
                "contribution": 0.4,
                "evidence": [{"kind": "Order", "id": "Order:erp:O2"}],
            }
        ],
        "modelId": "churn-1",
    }
    (offer,) = account["recommendations"]
    assert offer["product"] == {"name": "Valve"}
    assert offer["reasons"][0]["path"] == [{"label": "宏达"}, {"label": "Valve"}]


async def test_the_chain_names_who_decides_who_reports_and_who_of_us_knows_them(ann: Client) -> None:
    chain = (await ann.data(ACCOUNT))["account"]["decisionChain"]
    boss = next(member for member in chain["members"] if member["role"] == "DECISION_MAKER")
    assert boss["contact"] == {"name": BOSS.title(), "title": "Chief Executive Officer"}
    assert (boss["stance"], boss["influence"], boss["basis"], boss["confidence"]) == (1, 0.9, "OBSERVED", 1.0)
    assert [(cover["employee"]["name"], cover["strength"]) for cover in boss["coveredBy"]] == [
        ("Bob", pytest.approx(0.6))
    ]
    assert boss["coveredBy"][0]["lastContactAt"].startswith("2025-06-20T12:00:00")
    assert chain["links"] == [
        {"from": ENGINEER, "to": BOSS, "kind": "REPORTS_TO", "basis": "INFERRED", "confidence": 0.7}
    ]


async def test_the_warm_path_leads_from_the_viewer_to_the_decision_maker(ann: Client) -> None:
    paths = (await ann.data(ACCOUNT))["account"]["warmPaths"]
    assert paths[0]["strength"] == pytest.approx(0.4)
    steps = [(step["kind"], step["from"]["name"], step["to"]["name"]) for step in paths[0]["steps"]]
    assert steps == [("KNOWS", "Ann", ENGINEER.title()), ("KNOWS", ENGINEER.title(), BOSS.title())]


async def test_the_question_takes_a_handful_of_store_calls(ann: Client, astore: AsyncStore) -> None:
    before = calls(astore)
    await ann.data(ACCOUNT)
    # one for the clock, one for Ann's team, two for who can be reached, three for a short name is not certain
    assert calls(astore) - before <= 13


EVERYTHING = """query Whole($ours: Int) { account(match: "上海宏达机电有限公司") {
  name tags { name } health { score } owners { since } related { name } tickets { total } orders { amount }
  few: contacts(first: 1) { contact { name } } ...More
  opportunities(first: 1) { name } origins { source } churnRisk { band } recommendations { rank } } }
fragment More on Customer { contacts(first: $ours) { contact { name } } }"""


async def test_whatever_is_selected_of_a_named_account_takes_one_store_call(
    ann: Client, astore: AsyncStore
) -> None:
    await ann.data(
        '{ account(match: "Zenith Pumps") { owners { since } } }'
    )  # reads the clock and Ann's team
    before = calls(astore)
    account = (await ann.data(EVERYTHING, ours=2))["account"]
    assert calls(astore) - before == 1
    assert [len(account[name]) for name in ("few", "contacts", "opportunities")] == [1, 2, 1]
    assert (account["churnRisk"]["band"], account["recommendations"][0]["rank"]) == ("high", 1)


async def test_a_score_of_another_day_is_asked_for_by_itself(ann: Client) -> None:
    account = (
        await ann.data("""{ account(match: "上海宏达机电有限公司") {
        churnRisk { band } before: churnRisk(asOf: "2020-01-01T00:00:00Z") { band } } }""")
    )["account"]
    assert account == {"churnRisk": {"band": "high"}, "before": None}


async def test_an_account_is_found_by_any_name_or_id(ann: Client) -> None:
    for asked in (ACME, "erp:C0017", "91310000MA1K4BCE7X", "宏达", "上海宏达机电有限公司", "上海宏达"):
        data = await ann.data("query ($m: String!) { account(match: $m) { customerId } }", m=asked)
        assert data["account"]["customerId"] == ACME, asked


async def test_an_ambiguous_match_gives_ranked_candidates(ann: Client) -> None:
    data = await ann.data('{ accounts(match: "宏达") { customer { customerId name } by score } }')
    assert [match["customer"]["customerId"] for match in data["accounts"]] == [ACME, "crm:ACC-2"]
    assert data["accounts"][0]["by"] == "SHORT_NAME"
    assert data["accounts"][0]["score"] > data["accounts"][1]["score"]


async def test_no_match_is_said_so_and_nothing_else_fails(ann: Client) -> None:
    query = "query ($m: String!) { account(match: $m) { name } viewer { name } }"
    for asked in ("nobody at all", "", "  ", "\"'{}\\", "*", "~", "AND OR"):
        body = await ann.answer(query, m=asked)
        assert body["data"] == {"account": None, "viewer": {"name": "Ann"}}
        assert [error["extensions"]["code"] for error in body["errors"]] == ["NOT_FOUND"], asked


async def test_custom_attributes_are_typed_pairs(ann: Client) -> None:
    data = await ann.data(
        "query ($id: ID!) { customer(id: $id) { attributes { name text number flag } } }", id=ACME
    )
    assert data["customer"]["attributes"] == [
        {"name": "parking_lots", "text": None, "number": 3.0, "flag": None},
        {"name": "tier", "text": "gold", "number": None, "flag": None},
    ]


PROFILE = """
query ($id: ID!, $at: DateTime) {
  customer(id: $id, asOf: $at) {
    shortName industry region employees domains
    contacts { contact { contactId title } since basis }
    owners { employee { employeeId name } }
    related { customerId kind }
    tickets { total open breached }
    orders { orders amount currency byYear { year orders } }
    opportunities { opportunityId name }
    network { nodes { nodeId kind } edges { from to kind } truncated }
  }
}
"""


async def test_the_profile_holds_the_whole_account(ann: Client) -> None:
    customer = (await ann.data(PROFILE, id="erp:C0017"))["customer"]
    assert (customer["shortName"], customer["employees"], customer["domains"]) == (
        "宏达",
        420,
        ["hongda.example"],
    )
    assert {row["contact"]["contactId"] for row in customer["contacts"]} == {BOSS, ENGINEER, "crm:CON-3"}
    assert customer["owners"] == [{"employee": {"employeeId": "hr:E-1", "name": "Ann"}}]
    assert customer["related"] == [{"customerId": "crm:ACC-2", "kind": "subsidiary"}]
    assert customer["tickets"] == {"total": 1, "open": 1, "breached": 1}
    assert (customer["orders"]["orders"], customer["orders"]["amount"]) == (3, 300.0)
    assert {row["opportunityId"] for row in customer["opportunities"]} == {DEAL, "crm:OPP-2"}
    ids = {node["nodeId"] for node in customer["network"]["nodes"]}
    assert all({edge["from"], edge["to"]} <= ids for edge in customer["network"]["edges"])
    assert len(customer["network"]["edges"]) >= 5


async def test_a_past_day_shows_what_was_then(ann: Client) -> None:
    customer = (await ann.data(PROFILE, id=ACME, at="2025-01-01"))["customer"]
    assert customer["tickets"]["total"] == 0
    assert customer["orders"]["orders"] == 2
    assert customer["opportunities"] == []


async def test_the_questions_stand_as_roots_too(ann: Client) -> None:
    data = await ann.data(
        """query ($c: ID!, $o: ID!, $p: ID!) {
          chain: decisionChain(opportunity: $o) { customerId opportunity { name } members { role } }
          account: decisionChain(customer: $c) { opportunity { opportunityId } }
          churnRisk(customer: $c) { probability }
          recommendations(customer: $c) { product { productId } }
          warmPaths(to: $p) { strength }
          network(customer: $c, first: 3) { nodes { nodeId } truncated }
        }""",
        c="erp:C0017", o=DEAL, p=BOSS,
    )  # fmt: skip
    assert data["chain"]["customerId"] == ACME
    assert data["chain"]["opportunity"] == {"name": "New line"}
    assert data["account"]["opportunity"] == {"opportunityId": DEAL}
    assert data["churnRisk"]["probability"] == 0.61
    assert data["recommendations"] == [{"product": {"productId": "erp:P2"}}]
    assert data["warmPaths"][0]["strength"] == pytest.approx(0.4)
    assert len(data["network"]["nodes"]) == 3
    assert data["network"]["truncated"] is True


UNKNOWN = [
    '{ customer(id: "nope") { name } }',
    '{ churnRisk(customer: "nope") { band } }',
    '{ network(customer: "nope") { truncated } }',
    '{ decisionChain(opportunity: "nope") { asOf } }',
    '{ warmPaths(to: "nope") { strength } }',
    '{ warmPaths(to: "crm:CON-1", from: "nope") { strength } }',
    f'{{ decisionChain(customer: "{ACME}", opportunity: "nope") {{ asOf }} }}',
]


async def test_unknown_ids_are_not_found(ann: Client) -> None:
    for query in UNKNOWN:
        assert await ann.codes(query) == ["NOT_FOUND"], query


async def test_a_service_must_say_from_whom_the_introduction_comes(signed: Signed) -> None:
    service = signed(None, "reader")
    assert await service.codes(f'{{ warmPaths(to: "{BOSS}") {{ strength }} }}') == ["BAD_INPUT"]
    data = await service.data(
        f'{{ viewer {{ name role }} warmPaths(to: "{BOSS}", from: "hr:E-2") {{ strength }} }}'
    )
    assert data["viewer"] == {"name": None, "role": "reader"}
    assert data["warmPaths"][0]["strength"] == pytest.approx(0.6)


async def test_a_chain_needs_a_target(ann: Client) -> None:
    assert await ann.codes("{ decisionChain { asOf } }") == ["BAD_INPUT"]


LATER = [
    '{ account(match: "宏达", asOf: "2999-01-01T00:00:00Z") { health { score } } }',
    f'{{ customer(id: "{ACME}", asOf: "2999-01-01T00:00:00Z") {{ health {{ score }} }} }}',
    f'{{ customer(id: "{ACME}") {{ churnRisk(asOf: "2999-01-01T00:00:00Z") {{ band }} }} }}',
    f'{{ decisionChain(customer: "{ACME}", asOf: "2999-01-01T00:00:00Z") {{ asOf }} }}',
    f'{{ churnRisk(customer: "{ACME}", asOf: "2999-01-01T00:00:00Z") {{ band }} }}',
    f'{{ network(customer: "{ACME}", asOf: "2999-01-01T00:00:00Z") {{ truncated }} }}',
    f'{{ record(id: "Customer:{ACME}", asOf: "2999-01-01T00:00:00Z") {{ name }} }}',
    f'{{ warmPaths(to: "{BOSS}", asOf: "2999-01-01T00:00:00Z") {{ strength }} }}',
    f'{{ introductions(to: "{BOSS}", asOf: "2999-01-01T00:00:00Z") {{ strength }} }}',
    f'{{ timeline(of: "Customer:{ACME}", asOf: "2999-01-01T00:00:00Z") {{ events {{ id }} }} }}',
]


@pytest.mark.parametrize("query", LATER)
async def test_a_moment_after_the_companys_now_is_refused_and_never_cut(ann: Client, query: str) -> None:
    assert await ann.codes(query) == ["BAD_INPUT"]


async def test_ways_of_a_past_day_are_those_of_that_day(ann: Client) -> None:
    """Today's tie leads there; before anybody met, none did."""
    when = 'asOf: "1990-01-01T00:00:00Z"'
    asked = f'''{{ today: warmPaths(to: "{BOSS}") {{ strength }}
      then: warmPaths(to: "{BOSS}", {when}) {{ strength }}
      ways: introductions(to: "{BOSS}", {when}) {{ strength }}
      customer(id: "{ACME}", {when}) {{ warmPaths {{ strength }} }} }}'''
    found = await ann.data(asked)
    assert found["today"]
    assert (found["then"], found["ways"], found["customer"]) == ([], [], {"warmPaths": []})


async def test_a_record_that_was_not_there_yet_is_not_found(ann: Client) -> None:
    asked = f'{{ record(id: "Opportunity:{DEAL}", asOf: "1990-01-01T00:00:00Z") {{ name }} }}'
    assert await ann.codes(asked) == ["NOT_FOUND"]
