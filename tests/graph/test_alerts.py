"""Alerts of accounts: found by rules over the history, kept while they hold, decided about by people."""

from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from cypher import Query
from graph.alert.decide import AlertIsOver, Decision, decide
from graph.alert.model import AccountAlert, Selection
from graph.alert.playbook import Language, kinds, message, play, title
from graph.alert.read import Asking, alerts
from graph.clock import fixed_clock, keep_clock
from graph.derive import derive
from graph.errors import NotFound, UsageError
from graph.parameters import Parameters
from graph.portfolio import Portfolio
from graph.reporting_line.superior import Weights
from graph.service import run_sync
from graph.store import Store
from graph.tie.model import Calibration
from graph.writing import Author, KeyAlreadyUsed
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

FITTED = Parameters(Calibration(60.0, 1.5, 0.8), Weights())
CHANGES = Query(
    "test.changes",
    "MATCH (c:Change) WHERE c.kind STARTS WITH 'write.alert_' "
    "RETURN c.actor AS actor, c.kind AS kind, c.reason AS reason ORDER BY actor, kind",
    frozenset(),
    "read",
)
ACCOUNT = ("invoice_overdue", "tickets_piling_up", "ticket_breaching", "orders_falling", "deal_past_close",
           "renewal_with_weak_ties")  # fmt: skip


def author(key: str, who: str = "eva", reason: str | None = None) -> Author:
    """One of us who decides under a key."""
    return Author(who, key, NOW, NOW, reason)


def company(*customers: str) -> World:
    """Customers since three years, of whom Eva looks after the first."""
    world = World()
    world.employee("eva")
    for customer in customers:
        world.customer(customer, created_at=ago(1100))
    world.fact("OWNS", ("Employee", "eva"), ("Customer", customers[0]))
    return world


def invoice(world: World, key: str, customer: str, due_days_ago: float, **props: object) -> None:
    issued = ago(due_days_ago + 30)
    stated = {"issued_at": issued, "due_at": ago(due_days_ago), "kind": "invoice", "currency": "EUR"} | props
    world.node("Invoice", key, **stated)
    world.part("FOR", ("Invoice", key), ("Customer", customer))


def ticket(world: World, key: str, customer: str, days: float, **props: object) -> None:
    world.node("Ticket", key, opened_at=ago(days), **props)
    world.part("FOR", ("Ticket", key), ("Customer", customer))


def found(store: Store, world: World, **asked: object) -> dict[tuple[str, str], AccountAlert]:
    """Load, derive, and read the account alerts by customer and kind."""
    world.load(store)
    derive(store, NOW, given=FITTED)
    return read(store, **asked)


def read(store: Store, **asked: object) -> dict[tuple[str, str], AccountAlert]:
    selection = Selection(**({"kinds": ACCOUNT} | asked))  # type: ignore[arg-type] # a test's own words
    return {(one.customer_id, one.kind): one for one in listed(store, selection)}


def listed(store: Store, selection: Selection, **asking: Any) -> tuple[AccountAlert, ...]:
    return run_sync(store, alerts, selection, Asking(**({"now": NOW} | asking)), first=1000).alerts


@pytest.mark.query("alert.page", "alert.told", "alert.put")
def test_invoices_overdue_for_more_than_thirty_days(store: Store) -> None:
    world = company("acme", "paid", "young")
    invoice(world, "i1", "acme", 45, amount_with_tax=1000.0)
    invoice(world, "i2", "acme", 31, amount=50.5, currency="CNY")
    invoice(world, "settled", "acme", 60, amount=10.0, open_amount=0.0)
    invoice(world, "i3", "paid", 60, amount=100.0)
    world.node("Payment", "p", paid_at=ago(5), amount=100.0)
    world.part("ABOUT", ("Payment", "p"), ("Invoice", "i3"))
    invoice(world, "i4", "young", 29, amount=100.0)
    alert = found(store, world)
    assert list(alert) == [("acme", "invoice_overdue")]
    overdue = alert["acme", "invoice_overdue"]
    assert overdue.message == "2 invoices are overdue, the oldest by 45 days: 50.50 CNY, 1,000.00 EUR."
    assert (overdue.since, overdue.severity) == (ago(15), "warning")
    assert overdue.evidence == ("Invoice:i1", "Invoice:i2")
    assert (overdue.state, overdue.play.within_days) == ("open", 5)
    assert overdue.owner is not None
    assert overdue.owner.employee_id == "eva"


def test_a_past_day_is_told_what_was_said_that_day(store: Store) -> None:
    """Message, severity, evidence and order, in both languages."""
    world = company("acme", "beta")
    invoice(world, "i1", "acme", 105, amount=1000.0)
    invoice(world, "i2", "acme", 35, amount=50.0)
    invoice(world, "i3", "beta", 200, amount=70.0)
    world.load(store)
    for days in (60, 0):
        derive(store, ago(days), given=FITTED)

    def told(
        as_of: datetime, language: Language = "en", **chosen: Any
    ) -> list[tuple[str, str, tuple[str, ...]]]:
        selection = Selection(kinds=("invoice_overdue",), **chosen)
        asked = listed(store, selection, as_of=as_of, language=language)
        return [(one.severity, one.message, one.evidence) for one in asked if one.customer_id == "acme"]

    then = ("warning", "1 invoice is overdue, by 45 days: 1,000.00 EUR.", ("Invoice:i1",))
    now = (
        "critical",
        "2 invoices are overdue, the oldest by 105 days: 1,050.00 EUR.",
        ("Invoice:i1", "Invoice:i2"),
    )
    assert told(ago(30)) == [then]
    assert told(ago(70)) == [then], "before it was first told, as it first was"
    assert told(NOW) == [now]
    assert told(ago(30), severities=("critical",)) == []
    assert told(ago(30), severities=("warning",)) == [then]
    assert "45" in told(ago(30), "zh")[0][1]
    assert "105" not in told(ago(30), "zh")[0][1]
    gravest = [one.customer_id for one in listed(store, Selection(kinds=("invoice_overdue",)), as_of=ago(30))]
    assert gravest == ["beta", "acme"]
    derive(store, ago(60), given=FITTED)
    assert told(NOW)[0][:2] == then[:2]


def test_more_tickets_than_the_account_is_used_to(store: Store) -> None:
    world = company("acme", "busy", "calm")
    for number in range(4):
        ticket(world, f"a{number}", "acme", 2 + number)
    for number in range(100):
        ticket(world, f"b{number}", "busy", 2 + 3.6 * number)  # eight a month, as always
    ticket(world, "c", "calm", 3)
    alert = found(store, world)
    assert list(alert) == [("acme", "tickets_piling_up")]
    assert alert["acme", "tickets_piling_up"].message == "4 tickets in 30 days; usual are 0."


def test_tickets_of_a_quarter_where_the_account_has_nearly_none(store: Store) -> None:
    world = company("acme", "usual")
    for number in range(3):
        ticket(world, f"a{number}", "acme", 10 + 30 * number)
    for number in range(12):
        ticket(world, f"u{number}", "usual", 10 + 30 * number)
    alert = found(store, world)
    assert list(alert) == [("acme", "tickets_piling_up")]
    assert alert["acme", "tickets_piling_up"].message == "3 tickets in 90 days; usual are 0."


def test_an_open_ticket_beyond_its_agreed_time(store: Store) -> None:
    world = company("acme", "closed")
    ticket(world, "late", "acme", 12, sla_breached=True)
    ticket(world, "in-time", "acme", 12, sla_breached=False)
    ticket(world, "was-late", "closed", 12, sla_breached=True, closed_at=ago(1))
    alert = found(store, world)
    assert list(alert) == [("acme", "ticket_breaching")]
    breaching = alert["acme", "ticket_breaching"]
    assert breaching.message == "1 open ticket is beyond its agreed time, opened 12 days ago."
    assert breaching.severity == "critical"


def test_orders_fall_below_the_accounts_own_year_but_not_in_a_season_always_quiet(
    store: Store,
) -> None:
    world = company("falling", "steady", "seasonal", "few")
    for number in range(60):
        world.order(f"f{number}", "falling", ago(95 + 10 * number), [])
        world.order(f"s{number}", "steady", ago(5 + 10 * number), [])
    for year in range(3):
        for number in range(25):
            world.order(f"q{year}-{number}", "seasonal", ago(100 + 365 * year + 10 * number), [])
    world.order("x", "few", ago(200), [])
    alert = found(store, world)
    assert list(alert) == [("falling", "orders_falling")]
    falling = alert["falling", "orders_falling"]
    assert falling.message == "0 orders in 90 days; usual are 8.9."
    assert (falling.since, falling.severity) == (ago(95), "critical")


def test_an_account_that_orders_seldom_is_judged_over_a_longer_time(store: Store) -> None:
    world = company("silent", "seldom", "yearly", "slower")
    for number in range(12):
        world.order(f"n{number}", "silent", ago(300 + 60 * number), [])  # six a year, none for ten months
        world.order(f"s{number}", "seldom", ago(55 + 60 * number), [])
    world.order("l", "slower", ago(10), [])
    for number in range(20):
        world.order(f"l{number}", "slower", ago(250 + 20 * number), [])
    for number in range(3):
        world.order(f"y{number}", "yearly", ago(400 + 365 * number), [])
    alert = found(store, world)
    assert {customer: one.message for (customer, _), one in alert.items()} == {
        "silent": "0 orders in 270 days; usual are 4.", "slower": "1 order in 150 days; usual are 5.8."
    }  # fmt: skip
    assert [one.severity for one in alert.values()] == ["critical", "warning"]


def test_a_deal_past_its_close_date(store: Store) -> None:
    world = company("acme")
    world.opportunity("open", "acme", name="Line 4", expected_at=ago(10))
    world.opportunity("won", "acme", expected_at=ago(10), closed_at=ago(12), outcome="won")
    world.opportunity("ahead", "acme", expected_at=ago(-10))
    alert = found(store, world)
    assert list(alert) == [("acme", "deal_past_close")]
    late = alert["acme", "deal_past_close"]
    assert (late.message, late.subject) == ("Line 4 should have closed 10 days ago.", "Opportunity:open")


@pytest.mark.query("alert.best_ties")
def test_a_renewal_where_nobody_has_a_live_tie(store: Store) -> None:
    world = company("cold", "warm", "later")
    for customer, days in (("cold", 40), ("warm", 40), ("later", 200)):
        world.node("Contract", f"c-{customer}", name="Service", ends_at=ago(-days))
        world.part("FOR", ("Contract", f"c-{customer}"), ("Customer", customer))
    world.contact("ann", "warm")
    for number in range(8):
        people: list[tuple[str, str, str | None]] = [("Employee", "eva", "from"), ("Contact", "ann", "to")]
        world.met(f"m{number}", ago(1 + number), people)
        world.met(f"r{number}", ago(1 + number), [("Contact", "ann", "from"), ("Employee", "eva", "to")])
    alert = found(store, world)
    assert list(alert) == [("cold", "renewal_with_weak_ties")]
    near = alert["cold", "renewal_with_weak_ties"]
    assert near.message == "Service ends in 40 days, and nobody of us has a live tie there."


@pytest.mark.slow
@pytest.mark.query("alert.standing", "alert.close", "alert.decide")
def test_an_alert_is_kept_while_it_holds_and_comes_anew_afterwards(store: Store) -> None:
    world = company("acme")
    world.opportunity("deal", "acme", expected_at=ago(10))
    first = found(store, world)["acme", "deal_past_close"]
    run_sync(store, decide, author("d"), Decision(first.alert_id, "done"))
    derive(store, NOW + timedelta(days=1), given=FITTED)
    assert read(store) == {}  # it lasts, and is dealt with
    (kept,) = read(store, states=("done",)).values()
    assert (kept.alert_id, kept.state_by) == (first.alert_id, "user:eva")
    assert kept.message == "deal should have closed 11 days ago."
    moved = World()
    moved.node("Opportunity", "deal", expected_at=ago(-5))
    moved.load(store)
    derive(store, NOW + timedelta(days=2), given=FITTED)
    derive(store, NOW + timedelta(days=9), given=FITTED)
    selection = Selection(Portfolio("acme"), kinds=("deal_past_close",))
    (again,) = listed(store, selection, now=NOW + timedelta(days=9))
    assert again.alert_id != first.alert_id
    assert (again.state, again.since) == ("open", ago(-5))


def test_deriving_again_writes_nothing(store: Store) -> None:
    world = company("acme")
    world.opportunity("deal", "acme", expected_at=ago(10))
    ticket(world, "late", "acme", 12, sla_breached=True)
    world.load(store)
    assert derive(store, NOW, given=FITTED).counts["alerts"].written == 2
    again = derive(store, NOW, given=FITTED).counts["alerts"]
    assert (again.standing, again.written, again.removed) == (2, 0, 0)


def test_alerts_of_an_employees_accounts_as_of_a_day_and_in_chinese(store: Store) -> None:
    world = company("acme", "other")
    for customer in ("acme", "other"):
        world.opportunity(f"d-{customer}", customer, name="四号线", expected_at=ago(10))
    world.load(store)
    derive(store, NOW, given=FITTED)
    mine = Selection(Portfolio(employee_id="eva"), kinds=("deal_past_close",))
    (alert,) = listed(store, mine, language="zh")
    assert (alert.customer_id, alert.title) == ("acme", "商机已过预计成交日")
    assert alert.message == "四号线 应在 10 天前成交。"
    assert listed(store, mine, as_of=ago(11)) == ()
    gaps = Selection(Portfolio("acme"), kinds=("no_decision_maker",))
    (gap,) = listed(store, gaps)
    assert (gap.title, gap.message) == ("No decision maker", "No decision maker is known.")
    assert gap.subject == "Opportunity:d-acme"
    (gap,) = listed(store, gaps, language="zh")
    assert (gap.title, gap.message) == ("没有决策人", "尚不知道由谁决策。")


def test_what_is_asked_wrongly(store: Store) -> None:
    World().load(store)
    with pytest.raises(UsageError, match="no kind 'late'"):
        Selection(kinds=("late",))
    with pytest.raises(UsageError, match="no severity 'mild'"):
        Selection(severities=("mild",))
    with pytest.raises(UsageError, match="1 to 1000 alerts"):
        run_sync(store, alerts, Selection(), Asking(NOW), first=0)
    with pytest.raises(UsageError, match="cursor"):
        run_sync(store, alerts, Selection(), Asking(NOW), after="WyJuYW1lIiwiYSIsImIiXQ==")
    with pytest.raises(UsageError, match="say why"):
        run_sync(store, decide, author("k", reason=" "), Decision("a", "muted"))


def test_who_or_what_is_unknown(store: Store) -> None:
    world = company("acme")
    world.opportunity("deal", "acme", expected_at=ago(10))
    alert = found(store, world)["acme", "deal_past_close"]
    with pytest.raises(NotFound, match="Alert"):
        run_sync(store, decide, author("k"), Decision("a", "done"))
    with pytest.raises(NotFound, match="Employee"):
        run_sync(store, decide, author("k", who="nobody"), Decision(alert.alert_id, "done"))
    assert read(store)["acme", "deal_past_close"].state == "open"


def test_a_decision_with_a_key_is_made_once(store: Store) -> None:
    world = company("acme")
    world.employee("bob")
    world.opportunity("deal", "acme", expected_at=ago(10))
    alert = found(store, world)["acme", "deal_past_close"]
    muted, opened = Decision(alert.alert_id, "muted"), Decision(alert.alert_id, "open")
    done = Decision(alert.alert_id, "done")
    eva, bob = author("k1", reason="holidays"), author("k1", who="bob")
    assert not run_sync(store, decide, eva, muted).repeated
    assert not run_sync(store, decide, author("k2"), opened).repeated
    assert run_sync(store, decide, eva, muted).repeated
    assert read(store)["acme", "deal_past_close"].state == "open"  # the key changes nothing the second time
    with pytest.raises(KeyAlreadyUsed):
        run_sync(store, decide, eva, done)
    assert not run_sync(store, decide, bob, done).repeated  # another person's key is another key
    store.write("alert.close", alert_ids=[alert.alert_id], now=NOW.isoformat())
    with pytest.raises(AlertIsOver):
        run_sync(store, decide, author("k3"), opened)
    assert run_sync(store, decide, eva, muted).repeated
    recorded = [(row["actor"], row["kind"], row["reason"]) for row in store.read(CHANGES)]
    assert recorded == [
        ("user:bob", "write.alert_done", None),
        ("user:eva", "write.alert_muted", "holidays"),
        ("user:eva", "write.alert_open", None),
    ]


GAPS: dict[str, tuple[dict[str, Any], str, str]] = {
    "decision_maker_uncovered": (
        {"people": [{"role": "decision_maker", "title": "CEO"}, {"role": "economic_buyer", "title": None}]},
        "Nobody of us has a live tie to who decides: the decision maker (CEO), the economic buyer.",
        "我方无人与决策者保持联系:决策人(CEO)、经济决策人。",
    ),
    "key_person_left": (
        {"form": "seems_left", "day": "2025-05-01", "sure": "85%", "now_at": "Bolt",
         "people": [{"role": "champion", "title": "Engineer"}]},
        "Seems to have left by 2025-05-01 (85% sure): the champion (Engineer). Now at Bolt.",
        "内部支持者(Engineer)似已离职,不晚于 2025-05-01(把握 85%)。现就职于 Bolt。",
    ),
    "stale_contact": (
        {"day": "2025-05-01", "people": [{"role": None, "title": None}]},
        "No contact since 2025-05-01: the contact.",
        "自 2025-05-01 起未再联系:联系人。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GAPS)
def test_gaps_are_told_in_both_languages(kind: str) -> None:
    figures, english, chinese = GAPS[kind]
    assert (message(kind, figures, "en"), message(kind, figures, "zh")) == (english, chinese)


def test_every_kind_has_a_title_and_a_play_in_both_languages() -> None:
    assert set(ACCOUNT) < set(kinds())
    for kind in kinds():
        for language in get_args(Language):
            assert title(kind, language)
            assert play(kind, language).steps


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_the_commands(cli: Cli, store: Store) -> None:
    world = company("acme")
    world.opportunity("deal", "acme", expected_at=ago(10))
    world.load(store)
    keep_clock(store, fixed_clock(NOW), NOW)
    derive(store, given=FITTED)
    listed = cli("alerts", "list", "--employee", "eva", "--kind", "deal_past_close")
    assert "deal should have closed 10 days ago. Since 2025-06-20; open" in listed.stdout
    alert_id = listed.stdout.split("open; ")[1].split()[0]
    assert "say why" in cli("alerts", "mute", alert_id, "--by", "eva", check=False).stderr
    cli("alerts", "mute", alert_id, "--by", "eva", "--reason", "a framework contract")
    assert cli("alerts", "list", "--kind", "deal_past_close").stdout.strip() == "0 alerts"
    assert "a framework contract" in cli("alerts", "list", "--state", "muted", "--json").stdout
    refused = cli("alerts", "list", "--lang", "fr", check=False)
    assert (refused.returncode, "en, zh" in refused.stderr) == (2, True)
