"""What stood on a past day, through the API: lists, tasks, a meeting's brief, what if."""

from typing import Any

import pytest

from tests.api.client import Client
from tests.api.company import ACME, BOSS, DEAL
from tests.graph.world import ago

DAYS = """query ($on: DateTime, $account: ID!, $boss: ID!, $deal: ID!) {
  tickets(asOf: $on) { totalCount nodes { id closedAt } }
  orders(asOf: $on, where: {account: $account}) { totalCount nodes { orderId } }
  contacts(asOf: $on) { totalCount nodes { id since } }
  opportunities(asOf: $on) { totalCount nodes { id stage amount } }
  customers(asOf: $on) { totalCount nodes { customerId tickets { total } } }
  tasks(customer: $account, asOf: $on) { id }
  meetingBrief(account: $account, attendees: [$boss], asOf: $on) { attendees { name } tickets { id } }
  whatIf(account: $account, contactLeaves: $boss, opportunity: $deal, asOf: $on) { before { members } }
}"""
WHERE = {"account": ACME, "boss": BOSS, "deal": DEAL}


async def test_what_came_later_is_not_told(ann: Client) -> None:
    today = await ann.data(DAYS, **WHERE)
    then = await ann.data(DAYS, **WHERE, on=ago(25).isoformat())
    assert today["tickets"]["totalCount"] == 1
    assert then["tickets"] == {"totalCount": 0, "nodes": []}
    assert [one["id"] for one in today["meetingBrief"]["tickets"]] == ["Ticket:desk:T1"]
    assert then["meetingBrief"]["tickets"] == []
    assert today["orders"]["totalCount"] == then["orders"]["totalCount"] == 3
    assert (await ann.data(DAYS, **WHERE, on=ago(100).isoformat()))["orders"]["totalCount"] == 2
    totals = [one["tickets"]["total"] for one in then["customers"]["nodes"]]
    assert totals == [0] * then["customers"]["totalCount"]


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ('tickets(asOf: $on, where: {statuses: ["open"]}) { totalCount }', "statuses"),
        ('opportunities(asOf: $on, where: {stages: ["proposal"]}) { totalCount }', "stages"),
        ("orders(asOf: $on, orderBy: [{by: AMOUNT}]) { totalCount }", "amount"),
        ('customers(asOf: $on, where: {industry: "x"}) { totalCount }', "industry"),
        ("customers(asOf: $on, order: RISK) { totalCount }", "risk"),
    ],
)
async def test_what_only_today_has_is_refused_with_what_can_be_asked(
    ann: Client, question: str, by: str
) -> None:
    answer: dict[str, Any] = await ann.answer(
        f"query ($on: DateTime) {{ {question} }}", on=ago(25).isoformat()
    )
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert f"sorted by {by}, for the graph has those values as of today" in error["message"]
