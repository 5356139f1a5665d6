"""Users say who left, who moved and who reports to whom: it counts at once, and can be taken back."""

import asyncio
from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, DEAL, ENGINEER, OTHER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

CHAIN = """query ($o: ID!, $t: DateTime) { decisionChain(opportunity: $o, asOf: $t) {
  members { contact { contactId } role stance basis }
  links { from to kind basis } gaps { kind contactId } } }"""
STAFF = """query ($c: ID!, $t: DateTime) { customer(id: $c, asOf: $t) {
  contacts { contact { contactId title } since } } }"""


async def chain(client: Client, at: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(CHAIN, o=DEAL, t=at))["decisionChain"]
    return found


async def staff(client: Client, customer: str, at: str | None = None) -> dict[str, str | None]:
    rows = (await client.data(STAFF, c=customer, t=at))["customer"]["contacts"]
    return {row["contact"]["contactId"]: row["contact"]["title"] for row in rows}


def members(found: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {
        one["contact"]["contactId"]: (one["role"], one["stance"], one["basis"]) for one in found["members"]
    }


@pytest.mark.query("writing.end_jobs")
async def test_who_left_is_gone_from_then_on_and_not_before_we_knew(ann: Client, store: Store) -> None:
    before = (await wrote(ann, "assertRelation", kind="INFLUENCES", contact=BOSS, other=BUYER))["records"][0]
    result = await wrote(
        ann, "contactLeft", key="k2", contact=BOSS, customer="erp:C0017", leftAt=ago(10).isoformat(),
        version=before["version"],
    )  # fmt: skip
    assert result["__typename"] == "Written", result
    assert result["records"][0]["version"] != before["version"]
    assert BOSS not in await staff(ann, ACME)
    assert BOSS in await staff(ann, ACME, ago(5).isoformat()), "on that day nobody knew"
    now = await chain(ann)
    assert BOSS not in members(now)
    assert "KEY_PERSON_LEFT" in {gap["kind"] for gap in now["gaps"]}
    again = await wrote(ann, "contactLeft", key="k3", contact=BOSS, customer=ACME)
    assert again["__typename"] == "NotAtThisCustomer"
    await asyncio.to_thread(derive, store, NOW)
    assert BOSS not in await staff(ann, ACME)


async def test_who_moved_works_elsewhere(ann: Client) -> None:
    words = {"contact": BUYER, "customer": ACME, "movedTo": "crm:ACC-3", "title": "Head of Purchasing"}
    first = await wrote(ann, "contactMoved", **words)
    assert await wrote(ann, "contactMoved", **words) == first | {"repeated": True}
    assert BUYER not in await staff(ann, ACME)
    assert (await staff(ann, "crm:ACC-3"))[BUYER] == "Head of Purchasing"
    back = words | {"customer": "crm:ACC-3", "movedTo": ACME, "title": "Buyer"}
    assert (await wrote(ann, "contactMoved", key="k2", **back))["__typename"] == "Written", "ends as it began"
    assert (await staff(ann, ACME))[BUYER] == "Buyer"
    assert BUYER not in await staff(ann, "crm:ACC-3")


async def test_of_two_colleagues_at_once_one_says_it(ann: Client, signed: Signed) -> None:
    two = [wrote(who, "contactLeft", contact=BUYER, customer=ACME) for who in (ann, signed(BOB))]
    kinds = sorted(one["__typename"] for one in await asyncio.gather(*two))
    assert kinds in (["VersionConflict", "Written"], ["NotAtThisCustomer", "Written"])


@pytest.mark.query("writing.state", "writing.superiors")
async def test_a_reporting_line_counts_beside_what_was_inferred_and_is_one(ann: Client) -> None:
    words = {"kind": "REPORTS_TO", "contact": ENGINEER, "other": BUYER}
    assert (await wrote(ann, "assertRelation", **words))["__typename"] == "Written"
    assert (await wrote(ann, "assertRelation", key="k2", **words | {"other": BOSS}))[
        "__typename"
    ] == "Written"
    lines = [
        (one["from"], one["to"], one["basis"])
        for one in (await chain(ann))["links"]
        if one["kind"] == "REPORTS_TO"
    ]
    assert lines == [(ENGINEER, BOSS, "ASSERTED")]
    circle = await wrote(ann, "assertRelation", key="k3", kind="REPORTS_TO", contact=BOSS, other=ENGINEER)
    assert circle["__typename"] == "InvalidInput"


@pytest.mark.query("writing.retract")
async def test_what_was_stated_is_taken_back_once(ann: Client) -> None:
    words = {"kind": "REPORTS_TO", "contact": ENGINEER, "other": BOSS}
    await wrote(ann, "assertRelation", **words)
    back = await wrote(ann, "retractRelation", key="k2", **words)
    assert back["__typename"] == "Written"
    assert await wrote(ann, "retractRelation", key="k2", **words) == back | {"repeated": True}
    assert (await wrote(ann, "retractRelation", key="k3", **words))["__typename"] == "VersionConflict"
    lines = [(one["to"], one["basis"]) for one in (await chain(ann))["links"] if one["kind"] == "REPORTS_TO"]
    assert lines == [(BOSS, "INFERRED")]


async def test_a_stance_is_that_of_the_role_and_is_taken_back_with_it(ann: Client) -> None:
    text = "mutation ($input: AssertStanceInput!) { assertStance(input: $input) { __typename } }"
    words = {"key": "k1", "contact": BOSS, "opportunity": DEAL, "stance": -2}
    for _ in range(2):
        assert (await ann.data(text, input=words))["assertStance"]["__typename"] == "AssertRoleSuccess"
    assert members(await chain(ann))[BOSS] == ("decision_maker".upper(), -2, "ASSERTED")
    nobody = words | {"key": "k2", "contact": BUYER}
    assert (await ann.data(text, input=nobody))["assertStance"]["__typename"] == "InvalidInput"
    other = words | {"stance": 2}
    assert (await ann.data(text, input=other))["assertStance"]["__typename"] == "KeyAlreadyUsed"
    back = await wrote(ann, "retractRole", key="k3", contact=BOSS, opportunity=DEAL)
    assert back["__typename"] == "Written"
    assert members(await chain(ann))[BOSS] == ("DECISION_MAKER", 1, "OBSERVED")
    again = await wrote(ann, "retractRole", key="k4", contact=BOSS, opportunity=DEAL)
    assert again["__typename"] == "VersionConflict"


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("contactLeft", {"contact": "nope", "customer": ACME}, "RecordNotFound"),
    ("contactLeft", {"contact": BOSS, "customer": "nope"}, "RecordNotFound"),
    ("contactLeft", {"contact": OTHER, "customer": ACME}, "NotAtThisCustomer"),
    ("contactLeft", {"contact": BOSS, "customer": ACME, "leftAt": "2999-01-01"}, "InvalidInput"),
    ("contactLeft", {"contact": BOSS, "customer": ACME, "leftAt": ago(9999).isoformat()}, "InvalidInput"),
    ("contactLeft", {"contact": BOSS, "customer": ACME, "version": "old"}, "VersionConflict"),
    ("contactMoved", {"contact": BOSS, "customer": ACME, "movedTo": ACME}, "InvalidInput"),
    ("contactMoved", {"contact": BOSS, "customer": ACME, "movedTo": "nope"}, "RecordNotFound"),
    ("contactMoved", {"contact": BOSS, "customer": ACME, "movedTo": "crm:ACC-3", "title": "x" * 201},
     "InvalidInput"),
    ("assertRelation", {"kind": "REPORTS_TO", "contact": BOSS, "other": BOSS}, "InvalidInput"),
    ("assertRelation", {"kind": "REPORTS_TO", "contact": BOSS, "other": "nope"}, "RecordNotFound"),
    ("assertRelation", {"kind": "REPORTS_TO", "contact": "", "other": BOSS}, "RecordNotFound"),
    ("assertRelation", {"kind": "REPORTS_TO", "contact": BUYER, "other": BOSS, "strength": 0.5},
     "InvalidInput"),
    ("assertRelation", {"kind": "INFLUENCES", "contact": BUYER, "other": BOSS, "strength": 1.5},
     "InvalidInput"),
    ("retractRelation", {"kind": "REFERRED", "contact": BUYER, "other": BOSS}, "VersionConflict"),
    ("retractRole", {"contact": BUYER, "opportunity": DEAL}, "VersionConflict"),
    ("retractRole", {"contact": BUYER}, "InvalidInput"),
    ("retractRole", {"contact": BUYER, "opportunity": "nope"}, "RecordNotFound"),
]  # fmt: skip


async def test_what_cannot_be_is_refused_and_nothing_is_written(ann: Client, signed: Signed) -> None:
    before = await chain(ann), await staff(ann, ACME), await staff(ann, "crm:ACC-3")
    for verb, words, kind in REFUSED:
        result = await wrote(ann, verb, **words)
        assert result["__typename"] == kind, (verb, words, result)
        assert (await wrote(signed(BOB, "reader"), verb, **words))["__typename"] == "Forbidden"
    assert (await chain(ann), await staff(ann, ACME), await staff(ann, "crm:ACC-3")) == before


async def test_of_whom_nothing_may_be_seen_nothing_can_be_said(
    ann: Client, signed: Signed, store: Store
) -> None:
    world = World()
    world.contact("fay", ACME, title="Advisor", visibility="owner", owner_id=ANN)
    world.load(store)
    bob = signed(BOB)
    for verb, words in (
        ("contactLeft", {"contact": "fay", "customer": ACME}),
        ("assertRelation", {"kind": "INFLUENCES", "contact": "fay", "other": BOSS}),
        ("retractRole", {"contact": "fay", "opportunity": DEAL}),
    ):
        hidden = await wrote(bob, verb, **words)
        unknown = await wrote(bob, verb, **words | {"contact": "foe"})
        assert hidden["message"].replace("fay", "foe") == unknown["message"]
    said = await wrote(ann, "assertRelation", kind="REPORTS_TO", contact="fay", other=BOSS)
    assert said["__typename"] == "Written"
    moved = {"contact": "fay", "customer": ACME, "movedTo": "crm:ACC-3"}
    assert (await wrote(ann, "contactMoved", key="k2", **moved))["__typename"] == "Written"
    assert "fay" in await staff(ann, "crm:ACC-3")
    assert "fay" not in await staff(bob, "crm:ACC-3")
