"""Futures start from what had happened by the day, agree with the history on average, and bound what is
foreseeable."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graph.errors import UsageError
from simulate import SimulationConfig
from simulate.company.market import build_market
from simulate.company.mood import build_moods
from simulate.company.needs import NEVER, build_needs
from simulate.futures import futures, today
from simulate.oracle import churn_oracle, foreseen_churn, foreseen_cross_sell
from simulate.world import build_world
from tests.simulate.world import simulated

CUTOFF, HORIZON = date(2025, 9, 3), 120
SMALL = SimulationConfig(300, 3)


def part_of(day: int, config: SimulationConfig) -> float:
    return day / config.period_days - int(day / config.period_days)


def test_nothing_of_the_state_is_of_a_later_day() -> None:
    day = 500
    now, world = today(SMALL, day), build_world(SMALL)
    assert now.adopted[now.adopted != NEVER].max() <= now.period
    assert now.over == pytest.approx(part_of(day, SMALL))
    before = (world.orders.day < day) & (world.orders.day >= int(now.period * SMALL.period_days))
    assert now.begun.tolist() == np.bincount(world.orders.company[before], minlength=300).tolist()


def test_one_future_does_not_touch_the_next() -> None:
    now, within = today(SMALL, 500), np.array([0.4, 1.0, 1.0, 0.3])
    first = list(futures(now, within, 1, 3))
    again = list(futures(now, within, 1, 3))
    for one, other in zip(first, again, strict=True):
        assert one.orders.tolist() == other.orders.tolist()
        assert one.adopted.tolist() == other.adopted.tolist()
    assert first[0].orders.tolist() != first[1].orders.tolist()
    assert first[0].orders.shape == (300, 4)


def test_a_horizon_without_length_brings_nothing() -> None:
    (future,) = futures(today(SMALL, 500), np.zeros(3), 1, 1)
    assert future.orders.sum() == 0


@pytest.mark.parametrize("relational", [True, False])
def test_futures_agree_with_what_came_on_average(relational: bool) -> None:
    """Over ten companies: orders, and take-up of families, of the twelve periods behind the middle."""
    said, came = [], []
    for seed in range(1, 11):
        config = replace(SMALL, seed=seed, relational=relational)
        now = today(config, 18 * 1096 // 36)
        drawn = list(futures(now, np.ones(12) - np.eye(12)[0] * now.over, seed, 20))
        market = build_market(config)
        here = market.joined <= now.period
        moods, needs = build_moods(config, market), build_needs(config, market)
        period = now.period
        orders = moods.orders[here, period : period + 12].sum() - now.begun[here].sum()
        taken = ((needs.adopted > period) & (needs.adopted < period + 12)).sum()
        told = [
            (one.orders[here].sum(), (one.adopted != NEVER).sum() - (now.adopted != NEVER).sum())
            for one in drawn
        ]
        said.append(np.mean(told, axis=0))
        came.append((orders, taken))
    ratio = np.sum(came, axis=0) / np.sum(said, axis=0)
    assert ratio[0] == pytest.approx(1.0, abs=0.06)
    assert ratio[1] == pytest.approx(1.0, abs=0.12)


def test_what_is_foreseen_lies_below_what_knew_the_rates_and_above_chance() -> None:
    out, truth, _ = simulated(SimulationConfig(2000, 1))
    foreseen = foreseen_churn(truth, out, CUTOFF, HORIZON, 60)
    known = churn_oracle(truth, out, CUTOFF, HORIZON)
    assert (foreseen.population, foreseen.base_rate) == (known.population, known.base_rate)
    assert known.metrics["auc_state"] < foreseen.metrics["auc"] < known.metrics["auc"] + 0.01


def test_more_futures_foresee_better() -> None:
    out, truth, _ = simulated(SimulationConfig(2000, 1))
    few, many = (foreseen_cross_sell(truth, out, CUTOFF, HORIZON, count) for count in (1, 40))
    assert 0.3 < few.metrics["recall@20"] < many.metrics["recall@20"] < 0.95
    assert few.population == many.population > 900


def test_horizon_beyond_the_history_is_refused() -> None:
    out, truth, _ = simulated(SimulationConfig(200, 1))
    with pytest.raises(UsageError, match="leaves the history"):
        foreseen_churn(truth, out, date(2025, 12, 1), 180)
