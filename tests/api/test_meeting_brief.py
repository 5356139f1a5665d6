"""A brief tells who comes and what is open, as the viewer may see it, in few statements."""

from typing import Any

import pytest

from graph.store import AsyncStore, Store
from tests.api.client import Client, calls
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, ENGINEER, OTHER
from tests.api.conftest import Signed
from tests.api.test_writes import meeting, wrote
from tests.graph.world import World, ago

BRIEF = """query ($a: ID!, $p: [ID!]!, $s: DateTime) { meetingBrief(account: $a, attendees: $p, since: $s) {
  customerId
  attendees { asked unknown contactId title worksHere role stance lastMetAt
    tie { employee { employeeId } strength } }
  notes { id note nextStep } tasks { subject } tickets { id } orders { id due }
  overdueInvoices { id amount overdueDays } gaps { kind } offers { recommendationId } } }"""


async def brief(client: Client, *people: str, since: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(BRIEF, a="erp:C0017", p=people, s=since))["meetingBrief"]
    return found


def owing() -> World:
    """An invoice that is overdue, an order that is promised, and a job that is Ann's alone."""
    world = World()
    world.node("Invoice", "i1", issued_at=ago(60), due_at=ago(30), amount=80.0, currency="CNY")
    world.part("FOR", ("Invoice", "i1"), ("Customer", ACME))
    world.node("Order", "o9", ordered_at=ago(9), promised_at=ago(-9), kind="sale")
    world.part("PLACED", ("Customer", ACME), ("Order", "o9"))
    world.contact("fay", ACME, title="Advisor", visibility="owner", owner_id=ANN)
    return world


@pytest.mark.query("account.attendees", "account.brief")
async def test_it_tells_who_comes_and_what_is_open(ann: Client, store: Store) -> None:
    owing().load(store)
    logged = await wrote(ann, "logInteraction", **meeting())
    found = await brief(ann, BOSS, BUYER, "nobody@example.com", BOSS)
    boss, buyer, nobody = found["attendees"]
    assert (boss["role"], boss["stance"], boss["tie"]["employee"]["employeeId"]) == ("DECISION_MAKER", 1, BOB)
    assert (buyer["unknown"], buyer["worksHere"], buyer["title"]) == (False, True, "Purchasing Manager")
    assert (buyer["role"], buyer["tie"], buyer["lastMetAt"] is None) == (None, None, False)
    assert (nobody["unknown"], nobody["contactId"], nobody["worksHere"]) == (True, None, False)
    assert found["notes"] == [
        {"id": logged["records"][0]["id"], "note": "They want a second line.", "nextStep": "Send the quote"}
    ]
    assert [one["subject"] for one in found["tasks"]] == ["Send the quote"]
    assert [one["id"] for one in found["tickets"]] == ["Ticket:desk:T1"]
    assert [one["id"] for one in found["orders"]] == ["Order:o9"]
    assert found["overdueInvoices"] == [{"id": "Invoice:i1", "amount": 80.0, "overdueDays": 30}]
    assert found["offers"] == [{"recommendationId": "r1"}]
    later = await brief(ann, since=ago(0.5).isoformat())
    assert (later["attendees"], later["notes"]) == ([], [])


@pytest.mark.query("account.addresses")
async def test_people_of_the_account_come_by_their_addresses(
    ann: Client, signed: Signed, store: Store
) -> None:
    world = World()
    world.node("Contact", BUYER, other_emails=["second@example.com"])
    world.load(store)
    asked = (f" {BOSS.upper()}@example.com", "second@example.com", f"{OTHER}@example.com", "no@example.com")
    found = (await brief(ann, *asked))["attendees"]
    assert [one["asked"] for one in found] == list(asked)
    assert [one["contactId"] for one in found] == [BOSS, BUYER, None, None]
    masked = (await brief(signed(BOB, "executive"), *asked, BOSS))["attendees"]
    assert [one["contactId"] for one in masked] == [None, None, None, None, BOSS], "addresses are not told"


async def test_what_is_hidden_is_unknown(ann: Client, signed: Signed, store: Store) -> None:
    owing().load(store)
    await wrote(ann, "logInteraction", **meeting(private=True, nextStep=None))
    of_ann, of_bob = await brief(ann, "fay", ENGINEER), await brief(signed(BOB), "fay", "foe")
    assert (of_ann["attendees"][0]["unknown"], len(of_ann["notes"])) == (False, 1)
    hidden, nobody = of_bob["attendees"]
    assert hidden == nobody | {"asked": "fay"}
    assert of_bob["notes"] == []


async def test_it_asks_as_little_for_many_as_for_one(ann: Client, astore: AsyncStore) -> None:
    await brief(ann, BOSS)
    people = [ENGINEER, BOSS, BUYER, *(f"x{number}" for number in range(47))]
    asked = []
    for group in ([BOSS], people):
        before = calls(astore)
        assert len((await brief(ann, *group))["attendees"]) == len(group)
        asked.append(calls(astore) - before)
    assert asked[0] == asked[1] <= 10
    assert await ann.codes(BRIEF, a=ACME, p=[*people, "one more"]) == ["BAD_INPUT"]
    assert await ann.codes(BRIEF, a="nope", p=[]) == ["NOT_FOUND"]
    assert await ann.codes(BRIEF, a=ACME, p=[], s="9999-01-01") == ["BAD_INPUT"]
