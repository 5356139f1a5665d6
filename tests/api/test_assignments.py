"""Who looks after a record by a rule, through the API: as of any day, with the reason, in two languages."""

from typing import Any

import orjson
import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB
from tests.graph.world import World, ago

ASK = """query ($ids: [ID!]!, $at: DateTime, $in: Locale! = EN) {
  assignments(records: $ids, asOf: $at, locale: $in) {
    record employee { employeeId } ruleId ruleVersion queue since reason } }"""
WHY = {"name": "VIP complaints", "name_zh": "重点客户投诉", "by": "queue", "group": "VIP",
       "choice": "round_robin", "load": 0, "customer": {"tag": ["vip"]}}  # fmt: skip


@pytest.fixture
def given(store: Store, ann: Client) -> None:  # noqa: ARG001 - she signs in to a graph that is loaded before
    """A ticket that was Ann's for ten days and then became Bob's; another one is nobody's."""
    world = World()
    for key in ("t1", "t2"):
        world.node("Ticket", key, opened_at=ago(30))
        world.part("FOR", ("Ticket", key), ("Customer", ACME))
    for employee, since, until in ((ANN, ago(20), ago(10)), (BOB, ago(10), None)):
        world.fact(
            "ASSIGNED", ("Employee", employee), ("Ticket", "t1"), basis="inferred", valid_from=since,
            valid_to=until, known_from=since, rule_id="vip", rule_version=2, queue="VIP", turn=1,
            figures=orjson.dumps(WHY).decode(),
        )  # fmt: skip
    world.load(store)


async def told(client: Client, *ids: str, **rest: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(ASK, ids=list(ids), **rest))["assignments"]
    return found


@pytest.mark.query("assignment.of")
@pytest.mark.usefixtures("given")
async def test_who_has_a_record_and_had_it(ann: Client) -> None:
    (now,) = await told(ann, "Ticket:t2", "Ticket:t1", "Lead:none")
    assert (now["record"], now["employee"]["employeeId"], now["queue"]) == ("Ticket:t1", BOB, "VIP")
    assert (now["ruleId"], now["ruleVersion"], now["since"]) == ("vip", 2, ago(10).isoformat())
    assert now["reason"].startswith("Rule “VIP complaints”: of queue VIP, ")
    (then,) = await told(ann, "Ticket:t1", at=ago(15).isoformat())
    assert then["employee"]["employeeId"] == ANN
    assert await told(ann, "Ticket:t1", at=ago(25).isoformat()) == []
    (zh,) = await told(ann, "Ticket:t1", **{"in": "ZH"})
    assert zh["reason"].startswith("规则“重点客户投诉”")


@pytest.mark.query("alias.resolve_each")
@pytest.mark.usefixtures("given")
async def test_a_record_answers_to_what_its_source_calls_it(ann: Client, store: Store) -> None:
    world = World()
    world.node("Alias", "Ticket|desk:417")
    world.part("ALIAS_OF", ("Alias", "Ticket|desk:417"), ("Ticket", "t1"))
    world.load(store)
    (found,) = await told(ann, "Ticket:desk:417", "Ticket:desk:9")
    assert (found["record"], found["employee"]["employeeId"]) == ("Ticket:desk:417", BOB)


@pytest.mark.usefixtures("given")
async def test_what_is_no_such_record_is_said(ann: Client) -> None:
    refused = await ann.answer(ASK, ids=["Order:o1"])
    assert "'Order:o1' is no ticket, lead or alert" in refused["errors"][0]["message"]
    many = await ann.answer(ASK, ids=[f"Ticket:{number}" for number in range(101)])
    assert "at most 100" in many["errors"][0]["message"]
