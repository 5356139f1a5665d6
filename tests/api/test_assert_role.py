"""Asserting a role: it counts at once, replaces what was asserted before, and every refusal has its type."""

from typing import Any

from tests.api.client import Client
from tests.api.company import ACME, BOSS, BUYER, DEAL, ENGINEER, OTHER
from tests.api.conftest import Signed

ASSERT = """
mutation ($input: AssertRoleInput!) {
  assertRole(input: $input) {
    __typename
    ... on AssertRoleSuccess {
      chain { members { contact { contactId } role stance influence basis source } gaps { kind } }
    }
    ... on Problem { message }
  }
}
"""


def given(contact: str, role: str = "CHAMPION", **more: Any) -> dict[str, Any]:
    return {"contact": contact, "role": role, "opportunity": DEAL} | more


async def asserted(client: Client, said: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = (await client.data(ASSERT, input=said))["assertRole"]
    return result


def member(chain: dict[str, Any], contact: str) -> dict[str, Any]:
    (found,) = [one for one in chain["members"] if one["contact"]["contactId"] == contact]
    assert isinstance(found, dict)
    return found


async def test_an_assertion_counts_at_once_and_for_the_next_question(ann: Client) -> None:
    result = await asserted(ann, given(BUYER, stance=2, influence=0.5))
    assert result["__typename"] == "AssertRoleSuccess"
    said = member(result["chain"], BUYER)
    assert (said["role"], said["stance"], said["influence"], said["basis"]) == (
        "CHAMPION",
        2,
        0.5,
        "ASSERTED",
    )
    query = (
        "query ($o: ID!) { decisionChain(opportunity: $o) { members { contact { contactId } role basis } } }"
    )
    chain = (await ann.data(query, o=DEAL))["decisionChain"]
    assert member(chain, BUYER)["role"] == "CHAMPION"


async def test_an_assertion_beats_records_and_the_next_one_replaces_it(ann: Client) -> None:
    first = await asserted(ann, given(ENGINEER, "BLOCKER", stance=-2))
    assert member(first["chain"], ENGINEER)["role"] == "BLOCKER"
    second = await asserted(ann, given(ENGINEER, "TECHNICAL_BUYER", stance=0))
    assert member(second["chain"], ENGINEER)["role"] == "TECHNICAL_BUYER"
    assert member(second["chain"], BOSS)["role"] == "DECISION_MAKER"


async def test_a_gap_closes_when_a_champion_is_named(ann: Client) -> None:
    before = await asserted(ann, given(ENGINEER, "USER_BUYER"))
    after = await asserted(ann, given(BUYER, "CHAMPION", stance=2))
    kinds = [{gap["kind"] for gap in result["chain"]["gaps"]} for result in (before, after)]
    assert "NO_CHAMPION" in kinds[0]
    assert "NO_CHAMPION" not in kinds[1]


async def test_a_role_for_the_account_as_a_whole(ann: Client) -> None:
    result = await asserted(ann, {"contact": BUYER, "role": "GATEKEEPER", "customer": "erp:C0017"})
    assert member(result["chain"], BUYER)["role"] == "GATEKEEPER"


REFUSED = [
    (given("nope"), "ContactNotFound"),
    (given(BUYER, opportunity="nope"), "TargetNotFound"),
    (given(BUYER, opportunity=None, customer="nope"), "TargetNotFound"),
    (given(OTHER), "NotAtThisCustomer"),
    (given(BUYER, stance=3), "InvalidInput"),
    (given(BUYER, influence=1.5), "InvalidInput"),
    (given(BUYER, customer=ACME), "InvalidInput"),
    (given(BUYER, opportunity=None), "InvalidInput"),
]


async def test_refusals_have_a_type_and_a_message(ann: Client) -> None:
    for said, kind in REFUSED:
        result = await asserted(ann, said)
        assert result["__typename"] == kind, said
        assert result["message"]


async def test_readers_services_and_unknown_employees_may_not_assert(signed: Signed) -> None:
    for client in (signed("hr:E-2", "reader"), signed(None), signed("hr:gone")):
        assert (await asserted(client, given(BUYER)))["__typename"] == "Forbidden"
    chain = await signed().data(
        f'{{ decisionChain(opportunity: "{DEAL}") {{ members {{ contact {{ contactId }} }} }} }}'
    )
    assert BUYER not in [one["contact"]["contactId"] for one in chain["decisionChain"]["members"]]


async def test_an_unknown_role_does_not_pass_the_schema(ann: Client) -> None:
    assert await ann.codes(ASSERT, input=given(BUYER, "KING")) == ["BAD_INPUT"]
