"""Weights of health: fitted to who kept ordering, judged on later days, adopted by a person."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
import pytest

from gnn.health_weights.fit import PARTS, Floats, Table, fit_weights, scores
from gnn.health_weights.propose import TooFewOutcomes, days_before, judge, propose
from graph.history import read_history
from graph.profile.health import weighted
from graph.profile.model import HealthPart, PartOfHealth
from graph.profile.read import profile
from graph.service import run_sync
from graph.store import Store
from graph.weights.decide import proposals
from graph.weights.model import DECLARED
from graph.weights.readings import readings
from tests.graph.world import NOW, World, ago

WALL = datetime(2025, 7, 1, tzinfo=UTC)
HORIZON = 30


def drawn(seed: int, size: int, **weights: float) -> Table:
    """Readings, a fifth of the parts absent, of customers that stay by these weights of the parts."""
    draw = np.random.default_rng(seed)
    parts = draw.random((size, len(PARTS)))
    parts[draw.random(parts.shape) < 0.2] = np.nan
    truth = np.array([weights.get(name, 0.0) for name in PARTS])
    chance = 1.0 / (1.0 + np.exp(-6.0 * (scores(parts, truth) - 0.5)))
    stayed = (draw.random(size) < chance).astype(float)
    return Table(parts, stayed, np.arange(size) // 2)


def array(weights: Mapping[str, float]) -> Floats:
    return np.array([weights[name] for name in PARTS])


def test_what_decides_gets_the_weight_and_gains_later() -> None:
    fitted, later = drawn(1, 2000, tickets=0.7, coverage=0.3), drawn(2, 800, tickets=0.7, coverage=0.3)
    found = fit_weights(fitted, DECLARED)
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["tickets"] == pytest.approx(0.7, abs=0.1)
    assert found["coverage"] == pytest.approx(0.3, abs=0.1)
    judged = judge(fitted, later, array(DECLARED), array(found), seed=3)
    assert judged.gains
    assert judged.gain_low < judged.gain < judged.gain_high
    assert judged.gain == pytest.approx(judged.loss_standing - judged.loss_proposed)
    assert judged.auc_proposed > judged.auc_standing
    assert (judged.customers, judged.lost) == (400, int((later.stayed == 0).sum()))


def test_where_nothing_tells_the_standing_weights_stay_and_nothing_is_gained() -> None:
    fitted, later = drawn(1, 300), drawn(2, 800)
    found = fit_weights(fitted, DECLARED)
    assert all(abs(found[name] - DECLARED[name]) < 0.2 for name in PARTS)
    assert not judge(fitted, later, array(DECLARED), array(found), seed=3).gains


def test_a_weight_that_stands_at_nothing_can_rise_again() -> None:
    standing = {"recency": 0.5, "trend": 0.5, "tickets": 0.0, "coverage": 0.0}
    found = fit_weights(drawn(1, 2000, tickets=0.7, coverage=0.3), standing)
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["tickets"] == pytest.approx(0.7, abs=0.1)


def test_the_score_is_that_of_the_profile() -> None:
    table = drawn(5, 50)
    found = scores(table.parts, array(DECLARED))
    for row, score in zip(table.parts, found, strict=True):
        there = [
            HealthPart(cast("PartOfHealth", name), 100.0 * value, DECLARED[name], "", "")
            for name, value in zip(PARTS, row, strict=True)
            if not np.isnan(value)
        ]
        assert 100.0 * score == pytest.approx(weighted(there))


SPAN, GAP = 430, 15


def order_days(number: int) -> list[int]:
    """How many days before NOW a customer ordered: of forty the first twenty stop, one after another."""
    stops = 175 - 8 * number if number < 20 else 0
    return [day for day in range(SPAN + number % GAP, 0, -GAP) if day > stops]


def trade() -> World:
    """The forty, each that stops after a ticket."""
    world = World()
    for number in range(40):
        customer = world.customer(f"c{number:02}")
        for day in order_days(number):
            world.order(f"{customer}-{day}", customer, ago(day), [("pump", 1.0, 100.0)])
        if number < 20:
            world.node("Ticket", f"t-{customer}", opened_at=ago(180 - 8 * number))
            world.part("FOR", ("Ticket", f"t-{customer}"), ("Customer", customer))
    return world


def kept_ordering(number: int, day: int) -> bool | None:
    """At least half as often within the horizon as in the year before; None: too seldom before."""
    days = order_days(number)
    expected = sum(day <= one < day + 365 for one in days) * HORIZON / 365
    return sum(day - HORIZON <= one < day for one in days) >= expected / 2 if expected >= 1 else None


def test_readings_are_the_health_of_the_day_and_what_came(store: Store) -> None:
    trade().load(store)
    with read_history(store) as history:
        found = list(readings(store, history.connection, ago(60), NOW, HORIZON, 1000))
        few = list(readings(store, history.connection, ago(60), NOW, HORIZON, 7))
    expected = {f"c{number:02}": kept_ordering(number, 60) for number in range(40)}
    assert {one.customer_id: one.stayed for one in found} == {
        key: kept for key, kept in expected.items() if kept is not None
    }
    assert {True, False} == {one.stayed for one in found}
    assert {one.customer_id for one in few} < {one.customer_id for one in found}
    assert len(few) == 7
    for one in found[:3]:
        whole = run_sync(store, profile, customer_id=one.customer_id, now=NOW, as_of=ago(60))
        then = whole.parts["health"]
        assert one.parts == {part.name: part.value for part in then.parts}


def test_a_fit_is_kept_and_judged_on_days_after_those_it_was_fitted_on(store: Store) -> None:
    trade().load(store)
    with read_history(store) as history:
        made = propose(store, history.connection, NOW, WALL, HORIZON)
    days = days_before(NOW, HORIZON)
    assert days.judged == (ago(60), ago(30))
    assert days.fitted[-1] + timedelta(days=HORIZON) == days.judged[0]
    assert made.version == 1
    assert made.status == ("proposed" if made.judged.gains else "without_gain")
    assert run_sync(store, proposals) == (made,)


def test_too_few_outcomes_make_no_weights(store: Store) -> None:
    world = World()
    world.customer("one")
    world.order("o", "one", ago(100), [("pump", 1.0, 100.0)])
    world.load(store)
    with read_history(store) as history, pytest.raises(TooFewOutcomes, match="at least 20 are needed"):
        propose(store, history.connection, NOW, WALL, HORIZON)
    assert run_sync(store, proposals) == ()
