"""My day: the right items of a small company, in the order of the stated formula, as they were known then."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import exp
from typing import Any

import pytest

from graph.clock import fixed_clock, keep_clock
from graph.day.chance import excess
from graph.day.model import Candidate, Item, MyDay, Subject
from graph.day.rank import ranked, urgency, values
from graph.day.read import my_day
from graph.day.span import DayNotReached, span
from graph.day.time_left import time_left, with_time_left
from graph.errors import UsageError
from graph.service import run_sync
from graph.store import Store
from graph.writing.task import open_tasks
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

EMPLOYEE = ("Employee", "eva")


def company() -> World:
    """Eva's accounts acme (large) and bolt (small), and coil, which is nobody's business of hers."""
    world = World()
    world.employee("eva")
    world.employee("bob")
    for customer, amount in (("acme", 900.0), ("bolt", 10.0), ("coil", 5000.0)):
        world.customer(customer)
        world.order(f"o-{customer}", customer, ago(100), [], amount=amount)
    for customer in ("acme", "bolt"):
        world.fact("OWNS", EMPLOYEE, ("Customer", customer))
    world.fact("OWNS", ("Employee", "bob"), ("Customer", "coil"))
    _alerts(world)
    _deals(world)
    _people(world)
    return world


def _alerts(world: World) -> None:
    for key, customer, severity, state in (
        ("grave", "bolt", "critical", "open"),
        ("mild", "acme", "warning", "open"),
        ("done", "acme", "critical", "done"),
        ("foreign", "coil", "critical", "open"),
    ):
        said = {"kind": "orders_falling", "message": f"{key}!", "valid_from": ago(7), "state": state}
        world.node("Alert", key, severity=severity, **said)
        world.part("FOR", ("Alert", key), ("Customer", customer))


def _deals(world: World) -> None:
    world.opportunity("near", "acme", name="Line 4", amount=900.0, currency="EUR", expected_at=ago(-10))
    world.opportunity("planned", "bolt", name="Spares", amount=5.0, currency="EUR", expected_at=ago(-10))
    world.node("Task", "t1", subject="Call Bolt", created_at=ago(9), due_at=ago(-0.2))
    world.node("Task", "t2", subject="Long done", due_at=ago(3), done_at=ago(2))
    for task in ("t1", "t2"):
        world.fact("OWNS", EMPLOYEE, ("Task", task))
        world.part("FOR", ("Task", task), ("Customer", "bolt"))
    world.part("ABOUT", ("Task", "t1"), ("Opportunity", "planned"))
    world.opportunity("far", "acme", name="Far", expected_at=ago(-200))
    world.fact("OWNS", EMPLOYEE, ("Opportunity", "near"))


def _people(world: World) -> None:
    world.contact("ann", "acme", title="CEO")
    world.contact("new", "acme", title="Buyer")
    guess = {"basis": "inferred", "confidence": 0.6, "method": "title"}
    world.role("ann", ("Opportunity", "near"), "decision_maker", **guess)
    world.met("m0", ago(30), [("Employee", "bob", "from"), ("Contact", "ann", "to")])
    people: list[tuple[str, str, str | None]] = [("Employee", "eva", None), ("Contact", "ann", None)]
    world.met("m1", ago(0.1), [*people, ("Contact", "new", None)], channel="meeting")
    world.risk("r1", "acme", 0.8)
    for number in range(11):
        world.order(f"a{number}", "acme", ago(120 + 20 * number), [], amount=0.0)
    world.node("Product", "p1", name="Filter")
    for number in range(4):
        world.order(f"f{number}", "bolt", ago(3 + 30 * (3 - number) + 25), [("p1", 1.0, 1.0)])


def of_day(store: Store, **asked: object) -> MyDay:
    return run_sync(store, my_day, **({"employee_id": "eva", "now": NOW} | asked))  # type: ignore[arg-type] # a test's own words


def by_kind(day: MyDay, kind: str) -> list[Item]:
    return [item for item in day.items if item.what.kind == kind]


@pytest.mark.query(
    "day.worth",
    "day.names",
    "day.deals",
    "day.meetings",
    "day.risks",
    "day.repeats",
    "day.tasks",
    "day.facts",
)
def test_a_day_of_known_items(store: Store) -> None:
    company().load(store)
    day = of_day(store)
    assert [item.rank for item in day.items] == list(range(1, len(day.items) + 1))
    assert len(day.items) == 10
    assert {item.what.subject.alert_id for item in by_kind(day, "alert")} == {"grave", "mild"}
    (risk,) = by_kind(day, "risk")
    assert risk.what.reason == "High risk of losing the account (80% within 90 days): a ticket."
    assert {item.what.reason for item in by_kind(day, "deal")} == {
        "Line 4 is to close on 2025-07-10, and no next step is noted.",
        "Spares is to close on 2025-07-10.",
    }
    (meeting,) = by_kind(day, "meeting")
    assert meeting.what.reason == "Meeting with Ann, New; unknown to us: New."
    attendees = {} if meeting.what.subject.meeting is None else {
        one.contact_id: one.unknown for one in meeting.what.subject.meeting.attendees
    }  # fmt: skip
    assert attendees == {"ann": False, "new": True}
    (task,) = by_kind(day, "task")
    assert (task.what.reason, task.what.subject.customer_id) == ("Call Bolt", "bolt")
    (offer,) = by_kind(day, "offer")
    assert offer.what.reason == "Filter is bought every 30 days; the next order is due on 2025-07-02."
    asked = [item.what.reason for item in by_kind(day, "confirm")]
    assert asked[0] in ("Nobody knows who decides on Far.", "Nobody knows who decides on Spares.")
    assert of_day(store) == day


def test_what_is_dismissed_or_deleted_is_not_counted(store: Store) -> None:
    world = company()
    world.fact(
        "OFFERED", ("Customer", "bolt"), ("Product", "p1"), outcome="dismissed", dismissal="not_needed"
    )
    world.load(store)
    assert by_kind(of_day(store), "offer") == []
    world = World()
    world.node("Product", "p2", name="Pump")
    for number in range(4):
        key = world.order(f"g{number}", "bolt", ago(28 + 30 * (3 - number)), [("p2", 1.0, 1.0)])
        world.restate("Order", key, ended_at=ago(1))
    world.restate("Order", "g0", ended_at=ago(-1))
    world.order("huge", "bolt", ago(50), [], amount=1e6)
    world.restate("Order", "huge", ended_at=ago(1))
    world.load(store)
    day = of_day(store)
    assert by_kind(day, "offer") == []
    assert {one.what.value for one in day.items if one.what.subject.customer_id == "acme"} == {1.0}


def test_a_task_called_done_is_no_plan(store: Store) -> None:
    world = company()
    world.restate("Task", "t1", status="Completed")
    world.load(store)
    day = of_day(store)
    assert by_kind(day, "task") == []
    assert "Spares is to close on 2025-07-10, and no next step is noted." in {
        one.what.reason for one in by_kind(day, "deal")
    }
    assert run_sync(store, open_tasks, now=NOW, viewer="eva", customer_id="bolt") == []


@pytest.mark.parametrize(
    ("kind", "state", "shown"),
    [
        ("deal_past_close", "open", 0),
        ("deal_past_close", "done", 0),
        ("deal_past_close", "muted", 0),
        ("no_champion", "open", 1),
    ],
)
def test_a_deal_past_its_close_is_told_once(store: Store, kind: str, state: str, shown: int) -> None:
    world = company()
    world.restate("Opportunity", "near", expected_at=ago(3))
    said = {"message": "late!", "valid_from": ago(3), "severity": "warning"}
    world.node("Alert", "late", kind=kind, state=state, **said)
    world.part("FOR", ("Alert", "late"), ("Customer", "acme"))
    world.part("ABOUT", ("Alert", "late"), ("Opportunity", "near"))
    world.load(store)
    deals = [one.what.reason for one in by_kind(of_day(store), "deal")]
    assert sum("Line 4" in one for one in deals) == shown


def test_what_is_asked_is_what_the_answer_would_change_most(store: Store) -> None:
    world = company()
    world.restate("Alert", "grave", state="muted")
    world.load(store)
    (unsure,) = [one for one in by_kind(of_day(store), "confirm") if "Line 4" in one.what.reason]
    assert unsure.what.reason == "Does Ann decide on Line 4? We are 60% sure."
    assert unsure.what.severity == pytest.approx(0.4)
    assert (unsure.what.value, unsure.what.subject.contact_id) == (1.0, "ann")


def test_a_stated_economic_buyer_leaves_the_decision_maker_to_be_asked_for(store: Store) -> None:
    world = company()
    world.contact("bea", "acme", title="Buyer")
    world.role("bea", ("Opportunity", "near"), "economic_buyer")
    world.restate("Alert", "grave", state="muted")
    world.load(store)
    (asked,) = [one for one in by_kind(of_day(store), "confirm") if "Line 4" in one.what.reason]
    assert asked.what.reason == "Does Ann decide on Line 4? We are 60% sure."
    world = World()
    world.role("bea", ("Opportunity", "near"), "decision_maker")
    world.load(store)
    assert [one for one in by_kind(of_day(store), "confirm") if "Line 4" in one.what.reason] == []


def test_the_same_day_in_chinese(store: Store) -> None:
    company().load(store)
    said = {item.what.kind: item.what for item in of_day(store, language="zh").items}
    assert said["meeting"].reason == "与Ann、New会面;其中尚不了解:New。"
    assert said["meeting"].what_to_do[0] == "了解陌生参会人的角色。"
    assert said["risk"].reason == "客户流失风险高(90 天内 80%):a ticket。"


def test_a_past_day_knows_what_was_known_then(store: Store) -> None:
    world = company()
    world.version("Opportunity", "near", ago(100), ago(4), expected_at=ago(20), name="Line 4", amount=1.0)
    world.version("Opportunity", "near", ago(4), None, expected_at=ago(-10), name="Line 4", amount=900.0)
    world.load(store)
    day = of_day(store, day=date(2025, 6, 20))
    assert day.as_of == datetime(2025, 6, 20, tzinfo=UTC)
    assert not {item.what.kind for item in day.items} & {"alert", "risk", "meeting"}
    assert [item.what.reason for item in by_kind(day, "deal")] == ["Line 4 should have closed on 2025-06-10."]
    assert len(day.notes) == 3
    assert of_day(store).notes == ()


@pytest.mark.query("day.people")
def test_a_past_day_names_everything_as_it_was_called_then(store: Store) -> None:
    """Renamed since; p1 is no longer sold; a line that only a later mail makes likely is not asked about."""
    world = company()
    for label, key, field, was in (
        ("Customer", "acme", "name", "Acme & Sons"),
        ("Contact", "ann", "name", "Ann Old"),
        ("Product", "p1", "name", "Old filter"),
        ("Task", "t2", "subject", "Ring them"),
    ):
        today = next(row["props"].get(field) for row in world.nodes[label] if row["id"] == key)
        before: dict[str, Any] = {field: was, "active": True}
        after: dict[str, Any] = {field: today, "active": label != "Product"}
        world.version(label, key, ago(400), ago(1), **before)
        world.version(label, key, ago(1), None, **after)
    world.restate("Product", "p1", active=False)
    guess = {"basis": "inferred", "confidence": 0.6, "method": "copies", "valid_from": ago(200)}
    world.fact("REPORTS_TO", ("Contact", "ann"), ("Contact", "new"), **guess)
    world.load(store)
    then = of_day(store, day=date(2025, 6, 28))
    (offer,) = by_kind(then, "offer")
    assert "Old filter" in offer.what.reason
    assert by_kind(of_day(store), "offer") == []
    assert [item.what.reason for item in by_kind(then, "task")] == ["Ring them"]
    asked = {item.what.reason for item in by_kind(then, "confirm")}
    assert any("Ann Old" in reason for reason in asked)
    assert not any("New" in reason for reason in asked), "the line is of today's derive"
    alerts = {item.what.subject.customer_name for item in by_kind(then, "alert")}
    assert alerts == {"Acme & Sons", "BOLT"}


def test_a_day_ends_at_midnight_of_its_zone() -> None:
    shanghai = span(None, "Asia/Shanghai", datetime(2025, 6, 30, 17, tzinfo=UTC))
    assert (shanghai.day, shanghai.past) == (date(2025, 7, 1), False)
    assert shanghai.begin == datetime(2025, 6, 30, 16, tzinfo=UTC)
    summer = span(date(2025, 3, 30), "Europe/Berlin", NOW)
    assert (summer.until - summer.begin).total_seconds() == 23 * 3600
    assert summer.as_of == summer.begin
    with pytest.raises(UsageError, match="no time zone 'Mars'"):
        span(None, "Mars", NOW)
    with pytest.raises(UsageError, match="no time zone"):
        span(None, "../etc", NOW)
    with pytest.raises(UsageError, match="`date` must lie between the years 1900 and 2999"):
        span(date.min, "Asia/Shanghai", NOW)
    with pytest.raises(UsageError, match="`date`"):
        span(date.max, "UTC", NOW)
    with pytest.raises(DayNotReached):
        span(date(2025, 7, 1), "UTC", NOW)


def candidate(kind: str, customer: str, severity: float, said: str = "") -> Candidate:
    return Candidate(kind, said, (), None, Subject(customer_id=customer), severity, 1.0, 1.0)  # type: ignore[arg-type] # a kind


def test_more_of_one_kind_or_account_count_less() -> None:
    alerts = [candidate("alert", f"c{number}", 0.9) for number in range(3)]
    first, second, *_ = ranked([*alerts, candidate("task", "d", 0.7)])
    assert (first.what.kind, second.what.kind) == ("alert", "task")  # 0.9 × 0.7 is less than 0.7
    first, second, third = ranked([
        candidate("alert", "c", 0.9), candidate("deal", "c", 0.8), candidate("deal", "d", 0.7),
    ])  # fmt: skip
    assert first.weight == pytest.approx(0.9 * 1.5)  # two signs at one account agree
    assert second.what.subject.customer_id == "d"
    assert third.weight == pytest.approx(0.8 * 1.5 * 0.7 * 0.5)
    assert len(ranked([candidate("confirm", f"c{number}", 1.0) for number in range(30)])) == 5
    assert len(ranked([candidate("alert", f"c{number}", 1.0) for number in range(30)])) == 6
    assert len(ranked([candidate("task", f"c{number}", 1.0) for number in range(30)])) == 10


def test_what_is_likelier_not_to_come_is_no_warning() -> None:
    found = ranked([
        replace(candidate("alert", "c", 1.0), chance=0.49),
        replace(candidate("risk", "d", 0.9), chance=0.5),
        replace(candidate("task", "e", 0.9), chance=0.1),
    ])  # fmt: skip
    assert {one.what.kind: one.weight for one in found} == pytest.approx({"risk": 0.45, "task": 0.09})


def test_of_two_deals_in_danger_the_one_with_time_left_comes_first() -> None:
    soon, later = (
        replace(candidate("alert", key, 0.6), sign="no_champion", subject=Subject(key, opportunity_id=key))
        for key in ("soon", "later")
    )
    deals = [
        {"deal": {"opportunity_id": key, "expected_at": ago(-days)}}
        for key, days in (("soon", 5), ("later", 60))
    ]
    plain, timed = ranked([soon, later]), ranked(with_time_left([soon, later], deals, NOW))
    assert plain[0].weight == pytest.approx(timed[0].weight)
    assert [item.what.subject.opportunity_id for item in timed] == ["later", "soon"]
    assert timed[1].weight == pytest.approx(plain[1].weight / 3)
    about_nothing_open = replace(soon, subject=Subject("soon", opportunity_id="closed"))
    assert with_time_left([about_nothing_open], deals, NOW) == [about_nothing_open]


@pytest.mark.parametrize(
    ("days", "share"), [(60.0, 1.0), (45.0, 1.0), (22.5, 0.5), (3.0, 1 / 3), (-10.0, 1 / 3), (None, 0.5)]
)
def test_time_left_is_a_share_of_what_is_enough(days: float | None, share: float) -> None:
    expected = None if days is None else ago(-days)
    assert time_left(expected, NOW) == pytest.approx(share)


def test_silence_is_a_risk_where_it_is_unusual() -> None:
    assert excess(0.8, 12, 90) == pytest.approx(0.8 - exp(-12 * 90 / 365))
    assert excess(0.8, 1, 90) == pytest.approx(0.8 - 0.7815, abs=1e-4)
    assert excess(0.8, 0, 90) == 0.0, "who has stopped long ago is not lost anew"


def test_who_orders_seldom_may_be_silent(store: Store) -> None:
    world = company()
    world.risk("r2", "bolt", 0.8)
    for number in range(4):
        world.restate("Order", f"f{number}", kind="return")
    world.load(store)
    assert [one.what.subject.customer_id for one in by_kind(of_day(store), "risk")] == ["acme"]


@pytest.mark.query("day.leanings")
def test_deals_are_lost_as_those_before_where_people_leaned_the_same_way(store: Store) -> None:
    """Of deals that ended those against us were lost, the others won; what came too late counts nothing."""
    world = company()
    for number in range(6):
        for leaning, stance, outcome in (("up", 1, "won"), ("down", -1, "lost"), ("none", None, "won")):
            key = f"{leaning}{number}"
            ended = {"outcome": outcome, "closed_at": ago(30 + number)}
            world.opportunity(key, "acme", opened_at=ago(200), **ended)
            world.role("ann", ("Opportunity", key), "influencer", stance=stance, valid_from=ago(100))
    world.role("new", ("Opportunity", "down0"), "champion", stance=2, valid_from=ago(1), known_from=ago(1))
    world.opportunity("long ago", "acme", opened_at=ago(999), outcome="lost", closed_at=ago(900))
    world.role("ann", ("Opportunity", "near"), "influencer", stance=-2)
    world.role("new", ("Opportunity", "near"), "user_buyer", stance=1)
    for key, deal, customer in (("a", "near", "acme"), ("b", "far", "acme"), ("c", "planned", "bolt")):
        said = {"kind": "no_champion", "message": key, "valid_from": ago(30), "severity": "critical"}
        world.node("Alert", key, state="open", **said)
        world.part("FOR", ("Alert", key), ("Customer", customer))
        world.part("ABOUT", ("Alert", key), ("Opportunity", deal))
    world.load(store)
    base = (6 + 2) / (18 + 4)
    found = {one.what.subject.alert_id: one.what.chance for one in by_kind(of_day(store), "alert")}
    silent = excess(0.8, 12, 90)
    assert found == pytest.approx({"a": (6 + 4 * base) / 10, "grave": 1.0, "mild": silent})
    deals = [one.what.reason for one in by_kind(of_day(store), "deal")]
    assert deals[0] == "On Line 4 more speaks against us than for us; of such deals 75% are lost."
    assert by_kind(of_day(store, language="zh"), "deal")[0].what.reason.startswith("Line 4 中反对我方")


@pytest.mark.query("day.leanings")
def test_each_person_of_a_deal_counts_once_as_the_chain_tells_them(store: Store) -> None:
    """A stance that one of us corrected, two roles of one person, a guess, somebody who left."""
    world = company()
    near = ("Opportunity", "near")
    world.role("ann", near, "influencer", stance=-2, basis="observed", valid_from=ago(90))
    world.role("ann", near, "influencer", stance=1, basis="asserted", valid_from=ago(5))
    world.role("new", near, "user_buyer", stance=-1, basis="inferred", confidence=0.2)
    world.contact("gone", "acme", valid_from=ago(900), valid_to=ago(30))
    world.role("gone", near, "economic_buyer", stance=-2)
    world.load(store)
    assert not [one for one in by_kind(of_day(store), "deal") if "against" in one.what.reason]
    for role in ("blocker", "technical_buyer"):
        world.role("new", near, role, stance=-1, valid_from=ago(80))
    world.load(store)
    assert not [one for one in by_kind(of_day(store), "deal") if "against" in one.what.reason]
    world.role("ann", near, "influencer", stance=0, basis="asserted", valid_from=ago(4))
    world.load(store)
    assert [one for one in by_kind(of_day(store), "deal") if "against" in one.what.reason]


def test_who_has_just_stopped_is_not_slow_by_nature(store: Store) -> None:
    """Twelve orders in the year before the last, none since: the fall itself is no pace."""
    world = company()
    world.risk("r2", "bolt", 0.9)
    for number in range(4):
        world.restate("Order", f"f{number}", kind="return")
    for number in range(12):
        world.order(f"old{number}", "bolt", ago(370 + 25 * number), [], amount=0.0)
    world.load(store)
    risks = {one.what.subject.customer_id: one.what.chance for one in by_kind(of_day(store), "risk")}
    assert risks["bolt"] == pytest.approx(excess(0.9, 12, 90))


def test_a_gap_without_an_open_deal_is_no_warning(store: Store) -> None:
    """The same alert about a deal and about none; and a key contact's silence."""
    world = company()
    for key, kind, deal in (
        ("on", "no_champion", "near"),
        ("off", "no_champion", None),
        ("still", "stale_contact", "near"),
    ):
        said = {"kind": kind, "message": key, "valid_from": ago(30), "severity": "warning", "state": "open"}
        world.node("Alert", key, **said)
        world.part("FOR", ("Alert", key), ("Customer", "acme"))
        if deal:
            world.part("ABOUT", ("Alert", key), ("Opportunity", deal))
    for key in ("grave", "mild"):
        world.restate("Alert", key, state="muted")
    world.load(store)
    found = {one.what.subject.alert_id: one.what for one in by_kind(of_day(store), "alert")}
    assert found.keys() == {"on"}
    assert (found["on"].severity, found["on"].urgency) == (0.6, 1.0), (
        "it holds until somebody finds a champion"
    )


def test_who_is_recorded_as_gone_is_old_news_and_who_seems_gone_is_not(store: Store) -> None:
    world = company()
    for key, form, day in (("told", "left", 20), ("old", "left", 31), ("presumed", "seems_left", 100)):
        world.node(
            "Alert", key, kind="key_person_left", message=key, figures=f'{{"form": "{form}"}}',
            valid_from=ago(day), severity="critical", state="open",
        )  # fmt: skip
        world.part("FOR", ("Alert", key), ("Customer", "acme"))
    for key in ("grave", "mild"):
        world.restate("Alert", key, state="muted")
    world.load(store)
    found = {one.what.subject.alert_id: one.what for one in by_kind(of_day(store), "alert")}
    assert found.keys() == {"told", "presumed"}
    assert (found["presumed"].severity, found["presumed"].urgency) == (1.0, 1.0)
    assert found["told"].severity == 0.3
    assert found["told"].urgency == pytest.approx(30 / (30 + 20 - 7))


def test_the_parts_of_the_score() -> None:
    assert urgency(NOW, NOW) == 1.0
    assert (urgency(ago(-7), NOW), urgency(ago(30), NOW), urgency(None, NOW)) == (0.5, 0.5, 0.5)
    worth = values({("a", "EUR"): 1.0, ("b", "EUR"): 2.0, ("c", "CNY"): 0.5, ("a", "CNY"): 0.1})
    assert worth == {"a": 0.625, "b": 1.0, "c": 1.0}  # never one currency against another


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_the_command(cli: Cli, store: Store) -> None:
    company().load(store)
    keep_clock(store, fixed_clock(NOW), NOW)
    said = cli("my-day", "eva", "--zone", "Europe/Berlin").stdout
    assert " 1. " in said
    assert "Call Bolt" in said
    assert '"kind":"risk"' in cli("my-day", "eva", "--json").stdout.replace(" ", "")
    assert "2025-12-31" in cli("my-day", "eva", "--date", "x", check=False).stderr
