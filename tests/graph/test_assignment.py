"""Who gets an open record: the rules in their order, who is there, and that people's own choice stands."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from cypher import Query
from graph.assignment.decide import Assigned, Colleague, Office, OpenRecord, decide
from graph.assignment.read import assignments
from graph.assignment.rule import AssignmentRule, rules_of
from graph.assignment.run import assign
from graph.assignment.standing import define_rules, remove_rule, standing_rules, with_our_ids
from graph.customer_filter import FilterRefused
from graph.customer_filter.yaml import document
from graph.errors import NotFound, UsageError
from graph.history import read_history
from graph.history.catch_up import ids_to_read
from graph.service import run_sync
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

RULES = """
rules:
  - id: vip
    name: VIP complaints
    name_zh: 重点客户投诉
    for: ticket
    record: {kind: [complaint, fault]}
    when: {tag: vip}
    to: {queue: VIP, members: [eva, tom], by: round_robin}
  - id: east
    name: Tickets to the east
    name_zh: 东区工单
    for: ticket
    to: {team: East}
  - id: leads
    name: Leads to the owner
    name_zh: 线索给负责人
    for: lead
    when: {employees: {at_least: 100}}
    to: {owner: true}
  - id: others
    name: Other leads
    name_zh: 其他线索
    for: lead
    to: {employee: tom}
  - id: alerts
    name: Overdue invoices
    name_zh: 逾期发票
    for: alert
    record: {kind: invoice_overdue}
    to: {employee: tom}
"""
STOOD = Query(
    "test.assigned",
    "MATCH (e:Employee)-[a:ASSIGNED]->(n) RETURN coalesce(n.ticket_id, n.lead_id, n.alert_id) AS record, "
    "e.employee_id AS who, a.rule_id AS rule, a.valid_to AS until ORDER BY record, until",
    frozenset(), "read",
)  # fmt: skip


def rules(text: str = RULES) -> tuple[AssignmentRule, ...]:
    """The rules of a YAML text."""
    return rules_of(document(text, "rules.yml"))


def office(*away: str, **answering: set[str]) -> Office:
    """Eva, Kim and Lee of the east, Tom of the west; acme is Lee's account."""
    teams = {"eva": "East", "kim": "East", "lee": "East", "tom": "West"}
    staff = {key: Colleague(key, key.title(), team, key in away) for key, team in teams.items()}
    told = {rule.rule_id: answering.get(rule.rule_id, {"acme"}) for rule in rules()}
    return Office(staff, {"acme": ["lee"]}, told)


def ticket(key: str, kind: str = "question", **rest: Any) -> OpenRecord:
    """An open ticket of acme."""
    return OpenRecord("ticket", key, "acme", {"kind": kind}, **rest)


def given(records: list[OpenRecord], there: Office) -> list[tuple[str, str | None, str | None]]:
    """Record, who has it, by which rule."""
    return [
        (one.record.record_id, one.answer.employee_id, one.answer.rule.rule_id)
        for one in decide(records, rules(), there)
        if one.answer is not None
    ]


def test_the_first_rule_that_fits_wins_and_a_queue_goes_in_turn() -> None:
    records = [ticket(f"t{n}", "complaint") for n in range(3)] + [ticket("t3")]
    assert given(records, office()) == [
        ("t0", "eva", "vip"), ("t1", "tom", "vip"), ("t2", "eva", "vip"), ("t3", "kim", "east"),
    ]  # fmt: skip
    later = office()
    later.last["vip"] = (7, "eva")
    assert given([ticket("t9", "fault")], later) == [("t9", "tom", "vip")]


def test_who_has_least_gets_the_next() -> None:
    there = office()
    there.load = Counter(eva=3, kim=1, lee=1)
    found = given([ticket(f"t{n}") for n in range(4)], there)
    assert [who for _, who, _ in found] == [
        "kim",
        "lee",
        "kim",
        "lee",
    ]


def test_whoever_is_away_gets_nothing_and_the_next_rule_is_asked() -> None:
    assert given([ticket("t1", "fault")], office("eva")) == [("t1", "tom", "vip")]
    assert given([ticket("t1", "fault")], office("eva", "tom")) == [("t1", "kim", "east")]
    assert given([ticket("t1", "fault")], office("eva", "tom", "kim", "lee")) == []
    assert given([OpenRecord("lead", "l1", "acme", {})], office("lee")) == [("l1", "tom", "others")]
    assert given([OpenRecord("lead", "l1", "acme", {})], office("lee", "tom")) == []


def test_what_stands_goes_on_while_its_rule_and_its_person_do() -> None:
    held = Assigned("f1", "kim", "east", 1)
    assert given([ticket("t1", assigned=held)], office()) == []
    assert given([ticket("t1", assigned=held)], office("kim")) == [("t1", "eva", "east")]
    changed, there = Assigned("f1", "kim", "east", 2), office()
    there.load = Counter(kim=1)
    assert given([ticket("t1", assigned=changed)], there) == [("t1", "eva", "east")]
    over = next(decide([ticket("t1", assigned=held, owners=("tom",))], rules(), office()))
    assert (over.end, over.answer) == (held, None)


def test_what_stands_stays_though_an_earlier_rule_begins_to_fit_or_its_own_fits_no_more() -> None:
    """Whoever has begun with a record keeps it: it is handed on as rules change, not as figures do."""
    held = ticket("t1", "complaint", assigned=Assigned("f1", "kim", "east", 1))
    assert given([ticket("t0", "complaint")], office()) != given([ticket("t0")], office()), "vip fits first"
    assert given([held], office()) == []
    lead = OpenRecord("lead", "l1", "acme", {}, assigned=Assigned("f2", "lee", "leads", 1))
    assert given([lead], office(leads=set())) == []


def test_what_is_withdrawn_burdens_nobody_any_more() -> None:
    """Kim's two tickets are withdrawn before the first is given anew; the one that is Tom's stays counted."""
    held = [ticket(f"t{n}", assigned=Assigned(f"f{n}", "kim", "east", 2)) for n in range(2)]
    there = office()
    there.load = Counter(eva=1, lee=1, kim=2, tom=1)
    kept = ticket("t9", assigned=Assigned("f9", "kim", "east", 2), owners=("tom",))
    assert [who for _, who, _ in given([*held, kept], there)] == ["kim", "eva"]
    assert there.load == Counter(eva=2, lee=1, kim=1, tom=1)


def test_a_record_without_a_customer_is_for_rules_of_every_customer() -> None:
    assert given([OpenRecord("lead", "l9", None, {})], office()) == [("l9", "tom", "others")]
    assert given([OpenRecord("lead", "l9", None, {})], office("tom")) == []


def test_a_rule_for_other_customers_or_records_does_not_fit() -> None:
    assert given([ticket("t1", "fault")], office(vip=set())) == [("t1", "eva", "east")]
    alert = OpenRecord("alert", "a1", "acme", {"kind": "orders_falling"})
    assert given([alert], office()) == []


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("for: order, to: {owner: true}", "`for` is ticket, lead or alert"),
        ("for: lead, to: {team: E, queue: V}", "`to` names one of"),
        ("for: lead, to: {queue: V}", "a queue has `members`"),
        ("for: lead, to: {queue: V, members: 5}", "a queue has `members`"),
        ("for: lead, to: {queue: V, members: eva}", "a queue has `members`"),
        ("for: lead, to: {owner: true}, id: 3", "`id` is missing"),
        ("for: lead, record: {colour: x}, to: {owner: true}", "a lead has no `colour`"),
        ("for: lead, when: {x: 1}, to: {owner: true}", "there is no field `x`"),
        ("for: lead, whom: eva, to: {owner: true}", "a rule has no `whom`"),
    ],
)
def test_mistakes_are_told_in_sentences(rest: str, says: str) -> None:
    named = "name: A, name_zh: 甲" + ("" if "id:" in rest else ", id: a")
    with pytest.raises(FilterRefused, match=r"rules\.yml, line 2") as refused:
        rules(f"rules:\n  - {{{named}, {rest}}}")
    assert says in str(refused.value)
    with pytest.raises(UsageError, match="the file has no rules"):
        rules("rules: []")


def company() -> World:
    """Acme carries the tag vip; two tickets, one of them Kim's by a person; a lead; an alert.

    Another lead has no customer, and an alert is of the data as a whole.
    """
    world = World()
    for key, team in (("eva", "East"), ("kim", "East"), ("tom", "West")):
        world.employee(key, team=team)
    world.restate("Employee", "kim", x_away_until="2025-07-01")
    world.customer("acme", employees=500)
    world.node("Tag", "vip", name="VIP", dimension="hand")
    world.fact("TAGGED", ("Customer", "acme"), ("Tag", "vip"), basis="asserted")
    world.fact("OWNS", ("Employee", "eva"), ("Customer", "acme"))
    for key, kind in (("t1", "complaint"), ("t2", "question"), ("t3", "complaint")):
        world.node("Ticket", key, opened_at=ago(5), kind=kind)
        world.part("FOR", ("Ticket", key), ("Customer", "acme"))
    world.fact("OWNS", ("Employee", "kim"), ("Ticket", "t3"))
    world.node("Lead", "l1", opened_at=ago(3))
    world.part("FOR", ("Lead", "l1"), ("Customer", "acme"))
    world.node("Lead", "l2", opened_at=ago(2))
    world.node("Alert", "a0", kind="invoice_overdue", message="Of the data as a whole", valid_from=ago(3))
    world.node("Alert", "a1", kind="invoice_overdue", message="Overdue", valid_from=ago(2))
    world.part("FOR", ("Alert", "a1"), ("Customer", "acme"))
    return world


def run(store: Store, now: datetime = NOW, *, dry: bool = False) -> int:
    """Assign; how many records changed hands."""
    with read_history(store) as history:
        return len(assign(store, history.connection, now, dry=dry).decisions)


def stood(store: Store) -> list[tuple[str, str, str, datetime | None]]:
    """Every assignment that was made."""
    return [(row["record"], row["who"], row["rule"], row["until"]) for row in store.read(STOOD)]


@pytest.mark.query(
    "assignment.rules", "assignment.open", "assignment.close", "assignment.staff", "assignment.owners",
    "assignment.turns", "assignment.of", "history.changes",
)  # fmt: skip
def test_assignments_are_dated_told_and_withdrawn(store: Store) -> None:
    company().load(store)
    assert run(store) == 0
    define_rules(store, with_our_ids(store, rules()), NOW.isoformat(), NOW)
    assert [one.rule_id for one in standing_rules(store)] == ["vip", "east", "leads", "others", "alerts"]
    assert run(store, dry=True) == 5
    assert stood(store) == []
    assert run(store) == 5
    leads = [("l1", "eva", "leads", None), ("l2", "tom", "others", None)]
    tickets = [("t1", "eva", "vip", None), ("t2", "eva", "east", None)]
    assert stood(store) == [("a1", "tom", "alerts", None), *leads, *tickets]
    assert run(store, NOW + timedelta(hours=1)) == 0
    told = run_sync(store, assignments, ["Ticket:t1", "Ticket:t3", "Lead:l1"], as_of=NOW, viewer="tom")
    assert [(one.record, one.employee["employee_id"], one.queue) for one in told] == [
        ("Ticket:t1", "eva", "VIP"), ("Lead:l1", "eva", None),
    ]  # fmt: skip
    assert (
        told[0].reason
        == 'Rule “VIP complaints”: of queue VIP, Eva was next in turn. The customer: tag ["vip"].'
    )
    (zh,) = run_sync(store, assignments, ["Lead:l1"], as_of=NOW, viewer=None, language="zh")
    assert zh.reason == "规则“线索给负责人”:Eva是该客户的负责人。客户情况:employees 500。"
    remove_rule(store, "vip", NOW.isoformat(), NOW)
    later = NOW + timedelta(days=1)
    assert run(store, later) == 1
    assert stood(store)[3:5] == [("t1", "eva", "vip", later), ("t1", "eva", "east", None)]
    with pytest.raises(NotFound):
        remove_rule(store, "vip", NOW.isoformat(), NOW)
    changes = [row["change_id"] for row in store.read("history.changes")]
    assert len(changes) == 2, "rules that were defined and removed; what they gave is not in the history"
    assert ids_to_read(store, changes) == {}


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_by_the_command_line(store: Store, cli: Cli, tmp_path: Path) -> None:
    company().load(store)
    file = tmp_path / "rules.yml"
    file.write_text(RULES, encoding="utf-8")
    shown = orjson.loads(cli("assign", "define", file, "--preview", "--json").stdout)
    assert shown["by_rule"] == {"vip": 1, "east": 1, "leads": 1, "others": 1, "alerts": 1}
    assert orjson.loads(cli("assign", "list", "--json").stdout)["rules"] == []
    cli("assign", "define", file)
    assert "Nothing was written" in cli("assign", "run", "--dry-run").stdout
    cli("assign", "run")
    told = orjson.loads(cli("assign", "explain", "Ticket:t2", "--json").stdout)
    assert told["assignment"]["employee"]["employee_id"] == "eva"
    assert [(one["rule"], one["fits"]) for one in told["rules"]] == [("vip", False), ("east", True)]
    file.write_text(RULES.replace("{team: East}", "{team: West}"), encoding="utf-8")
    again = orjson.loads(cli("assign", "define", file, "--preview", "--json").stdout)
    assert [(one["record"], one["withdrawn_from"], one["employee_id"]) for one in again["changes"]] == [
        ("Ticket:t2", "eva", "tom"),
    ]  # fmt: skip
    assert cli("assign", "explain", "Order:o1", check=False).returncode == 2
    file.write_text(RULES.replace("team: East", "team: North"), encoding="utf-8")
    assert (
        "there is no team 'North'; there are East, West" in cli("assign", "define", file, check=False).stderr
    )
