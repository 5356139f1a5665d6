"""Next order and value: labels by plain Python, the processes against what they describe, and no future."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from gnn.churn.purchase_process import PurchaseProcess, Purchases
from gnn.errors import NotEnoughHistory
from gnn.evaluate.run import evaluate
from gnn.features.feature_set import feature_set
from gnn.features.history import History
from gnn.forecast.question import NEXT_ORDER, VALUE, Question, next_order_labels, value_labels
from gnn.forecast.rules import last_interval, mean_interval, mean_repeat
from gnn.forecast.spending import GammaGamma, Spent
from gnn.forecast.spread import Spread
from gnn.learn.windows import Window
from gnn.snapshot import Log, cut, log_of
from gnn.tasks import find_task
from tests.gnn.synthetic import START, company, tables

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)


def rows(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rows of a report by model."""
    return {row["model"]: row for row in report["rows"]}


def spending_company() -> Log:
    """Customers whose orders are worth a multiple of their number; some come back."""
    log = company(days=500)
    orders = log["orders"]
    size = orders["customer_id"].str[1:].astype(int) % 7 + 1
    orders = orders.assign(amount=size * 50.0)
    back = orders.iloc[::9].assign(order_id=lambda frame: frame["order_id"] + "R", kind="return")
    back = back.assign(amount=-back["amount"] / 2, at=back["at"] + pd.Timedelta(days=3))
    return log_of({**log.tables, "orders": pd.concat([orders, back])})


def test_labels_match_plain_python() -> None:
    log = spending_company()
    history = History(cut(log, CUTOFF), CUTOFF, HORIZON)
    end, known = CUTOFF + HORIZON, set()
    days: dict[str, float] = {}
    spent: dict[str, float] = {}
    for one in log["orders"].to_dict("records"):
        customer = one["customer_id"]
        if one["kind"] == "sale" and one["at"] < CUTOFF:
            known.add(customer)
        if CUTOFF <= one["at"] < end:
            spent[customer] = spent.get(customer, 0.0) + one["amount"]
            if one["kind"] == "sale":
                gap = (one["at"] - CUTOFF) / pd.Timedelta(days=1)
                days[customer] = min(days.get(customer, np.inf), gap)
    soon, value = next_order_labels(log, history), value_labels(log, history)
    names = history.customers[soon.rows]
    assert dict(zip(names, soon.came, strict=True)) == pytest.approx(
        {customer: days.get(customer, HORIZON.days) for customer in known}
    )
    assert dict(zip(names, value.came, strict=True)) == pytest.approx(
        {customer: spent.get(customer, 0.0) for customer in known}
    )


def test_rules_by_hand() -> None:
    at = [CUTOFF - pd.Timedelta(days=days) for days in (40, 30, 10, 90, 80, 5)]
    orders = [(f"O{n}", f"C{n // 3:03d}", "sale", 30.0, moment) for n, moment in enumerate(at)]
    lines = [(f"O{n}", "P1", 1, 1.0, 30.0) for n in range(6)]
    history = History(cut(log_of(tables(orders, lines, 2)), CUTOFF), CUTOFF, HORIZON)
    assert last_interval(history).tolist() == [10.0, 60.0]
    assert mean_interval(history).tolist() == [5.0, 37.5]
    assert mean_repeat(history).tolist() == [90.0, 60.0]


def test_the_process_expects_as_many_orders_as_it_makes() -> None:
    """By simulation from the four numbers, of customers with a first order and no other yet."""
    process, draw, size = PurchaseProcess(r=1.2, alpha=6.0, a=0.8, b=2.5), np.random.default_rng(0), 200_000
    rate, stops = draw.gamma(1.2, 1 / 6.0, size), draw.beta(0.8, 2.5, size)
    orders, clock, alive = np.zeros(size), np.zeros(size), np.ones(size, dtype=bool)
    while alive.any():
        clock += np.where(alive, draw.exponential(1 / rate), 0.0)
        alive &= clock <= 26
        orders += alive
        alive &= draw.random(size) >= stops
    new = Purchases(np.zeros(1), np.zeros(1), np.zeros(1))
    assert process.orders(new, pd.Timedelta(weeks=26))[0] == pytest.approx(orders.mean(), rel=0.02)


def test_a_customers_mean_lies_between_its_own_and_everybodys() -> None:
    draw = np.random.default_rng(1)
    rates, days = draw.gamma(4.0, 1 / 150, 3000), draw.integers(1, 30, 3000).astype(float)
    means, seen = 2.0 / rates, draw.gamma(2.0 * days, 1 / rates) / days
    model = GammaGamma.fit(Spent(days, seen))
    expected = model.mean(Spent(days, seen))
    assert (model.p, model.q, model.v * model.unit) == pytest.approx((2.0, 4.0, 150.0), rel=0.15)
    assert ((expected - means) ** 2).mean() < ((seen - means) ** 2).mean()
    few, many = model.mean(Spent(np.array([1.0, 29.0]), np.array([300.0, 300.0])))
    assert means.mean() < few < many < 300


@pytest.mark.parametrize("task", ["next-order", "value"])
def test_forecasts_beat_the_plain_rule_and_cover_what_came(task: str) -> None:
    report = evaluate(spending_company(), find_task(task), CUTOFF, HORIZON.days, 7)
    found, error = rows(report), "mae_days" if task == "next-order" else "mae"
    plain = "last_interval" if task == "next-order" else "mean_value"
    assert found[report["selected"]][error] < found[plain][error]
    assert found[report["selected"]]["rank_correlation"] > 0.2
    assert all(0.6 < row["covered"] <= 1 for row in found.values())
    assert report == evaluate(spending_company(), find_task(task), CUTOFF, HORIZON.days, 7)


@pytest.mark.parametrize("task", ["next-order", "value"])
def test_what_comes_after_the_horizon_changes_nothing(task: str) -> None:
    log = spending_company()
    orders = log["orders"]
    late = orders["at"] >= CUTOFF + HORIZON
    changed = log_of({**log.tables, "orders": orders.assign(amount=orders["amount"].mask(late, 9e6))})
    ours, theirs = (evaluate(one, find_task(task), CUTOFF, HORIZON.days, 7) for one in (log, changed))
    assert ours == theirs


def test_too_few_customers_are_told() -> None:
    with pytest.raises(NotEnoughHistory):
        evaluate(company(customers=2), find_task("value"), CUTOFF, HORIZON.days, 7)


@pytest.mark.parametrize(("nothing", "covered"), [(0.0, 0.8), (0.15, 0.9)])
def test_four_of_five_lie_within_the_spread(nothing: float, covered: float) -> None:
    """More where many spend nothing, since nothing lies below that."""
    draw = np.random.default_rng(2)
    expected = draw.gamma(2.0, 50.0, 4000)
    came = np.where(draw.random(4000) < nothing, 0.0, expected * draw.gamma(4.0, 0.25, 4000))
    spread = Spread.fit(expected[:2000], came[:2000])
    low, high = Spread.of_state(spread.state()).around(expected[2000:])
    assert np.mean((came[2000:] >= low) & (came[2000:] <= high)) == pytest.approx(covered, abs=0.03)
    assert (low <= expected[2000:]).all()


@pytest.mark.parametrize("question", [NEXT_ORDER, VALUE])
def test_every_candidate_says_the_same_when_read_back(question: Question) -> None:
    log = spending_company()
    windows = [
        Window(features, question.labels(log, features.history))
        for features in (feature_set(log, CUTOFF - HORIZON, HORIZON), feature_set(log, CUTOFF, HORIZON))
    ]
    made = question.candidates(windows, windows[-1].features.history, 7)
    kept = {name: state for name, model in made.items() if (state := model.state())}
    assert len(kept) < len(made)
    for name, model in made.items():
        said = question.of_states(kept, name).expected(windows[0].features)
        assert np.allclose(said, model.expected(windows[0].features))
