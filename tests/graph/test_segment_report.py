"""The report on segments: figures counted by hand, and an effect of profiles that vanishes among equals."""

import orjson
import pytest

from graph.history import read_history
from graph.segment_report.profile_effect import ClosedDeal, profile_effect
from graph.segment_report.read import segment_report
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago


def company() -> World:
    """Two buyers, one of whom came back, and one that never bought; all but the last are in `key`."""
    world = World()
    world.customer("back", industry="pumps", country="DE", city="Kiel", website="back.example")
    world.customer("once", country="DE")
    world.customer("never")
    world.customer("ended", ended_at=ago(1))
    world.node("Segment", "key", name="Key accounts")
    for customer in ("back", "once", "ended"):
        world.fact("IN_SEGMENT", ("Customer", customer), ("Segment", "key"))
    for key, customer, days in (
        ("o1", "back", 500),
        ("o2", "back", 400),
        ("o3", "once", 450),
        ("o4", "once", 20),
    ):
        world.order(key, customer, ago(days), [])
    world.order("r1", "once", ago(440), [], kind="return")
    world.node("Product", "pump", name="Pump")
    for key, customer, outcome, why in (
        ("d1", "back", "won", None), ("d2", "once", "lost", "price"), ("d3", "never", "lost", "price"),
    ):  # fmt: skip
        world.opportunity(
            key, customer, opened_at=ago(90), closed_at=ago(30), outcome=outcome, lost_reason=why
        )
        world.part("ABOUT", ("Opportunity", key), ("Product", "pump"))
    world.opportunity(
        "old", "back", opened_at=ago(900), closed_at=ago(800), outcome="lost", lost_reason="time"
    )
    for key, category, days in (
        ("t1", "leak", 10),
        ("t2", "leak", 20),
        ("t3", "noise", 30),
        ("t4", "rust", 500),
    ):
        world.node("Ticket", key, opened_at=ago(days), category=category)
        world.part("FOR", ("Ticket", key), ("Customer", "back"))
    world.part("ABOUT", ("Ticket", "t3"), ("Product", "pump"))
    return world


@pytest.mark.slow
def test_figures_of_each_segment(store: Store, cli: Cli) -> None:
    company().load(store)
    with read_history(store) as history:
        report = segment_report(store, history.connection, NOW)
    everybody, key = report.segments[0], next(one for one in report.segments if one.segment_id == "key")
    assert (everybody.customers, everybody.buyers, everybody.deals) == (3, 2, 3)
    assert everybody.win_rate == pytest.approx(1 / 3)
    assert (key.customers, key.conversion, key.win_rate) == (2, 1.0, 0.5)
    assert (key.repurchase_of, key.repurchase) == (2, 0.5)  # the second order of `once` came after a year
    assert [(one.what, one.product, one.count) for one in key.ticket_themes] == [
        ("leak", None, 2), ("noise", "Pump", 1)
    ]  # fmt: skip
    assert [(one.what, one.product, one.count) for one in everybody.lost_reasons] == [("price", "Pump", 2)]
    assert [(one.what, one.product, one.count) for one in key.lost_reasons] == [("price", "Pump", 1)]
    assert [(one.deals, one.won) for one in report.profiles.groups] == [(1, 0), (1, 0), (1, 1)]
    assert report.profiles.groups[-1].least == pytest.approx(4 / 11)
    told = cli("report", "segments", "--now", NOW.isoformat()).stdout
    assert "Key accounts, tickets: leak 2, noise (Pump) 1" in told
    assert "Not a cause" in told
    data = orjson.loads(cli("report", "segments", "--now", NOW.isoformat(), "--json").stdout)
    assert data["segments"][0]["segment_id"] is None
    assert data["profiles"]["groups"][0]["win_rate"] == 0.0


def deals(won: int, lost: int, filled: float, *, before: bool) -> list[ClosedDeal]:
    rest = {"ordered_before": before, "large_deal": False, "large_company": False}
    return [ClosedDeal(number < won, filled, **rest) for number in range(won + lost)]


def test_what_fuller_profiles_owe_to_old_customers() -> None:
    """Old customers win 80%, new ones 20%, whatever their profile; the full ones are mostly theirs."""
    full = deals(32, 8, 0.9, before=True) + deals(2, 8, 0.9, before=False)
    sparse = deals(8, 2, 0.1, before=True) + deals(8, 32, 0.1, before=False)
    effect = profile_effect(full + sparse)
    assert [(one.deals, one.won) for one in effect.groups] == [(50, 16), (50, 34)]
    assert effect.difference == pytest.approx(0.36)
    assert effect.adjusted == pytest.approx(0.0)
    (confounder,) = effect.confounders
    assert (confounder.trait, confounder.among_full, confounder.among_sparse) == ("ordered_before", 0.8, 0.2)
    assert confounder.difference == pytest.approx(0.6 / 0.4)


def test_where_nothing_can_be_compared() -> None:
    assert profile_effect([]).groups == ()
    alike = profile_effect(deals(3, 1, 0.5, before=True))
    assert (alike.difference, alike.adjusted, alike.confounders) == (None, None, ())
    apart = profile_effect(deals(1, 1, 0.9, before=True) + deals(1, 3, 0.1, before=False))
    assert (apart.adjusted, apart.confounders[0].difference) == (None, 1.0)
