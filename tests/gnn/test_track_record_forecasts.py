"""Served forecasts judged once their horizon has passed, beside the labels of training; in both stores."""

from collections.abc import Callable, Hashable, Mapping
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from gnn.deals.fit import deal_labels
from gnn.deals.table import TABLES, Kind, open_deals
from gnn.features.history import DAY, History
from gnn.forecast.question import next_order_labels, value_labels
from gnn.outcomes import Outcomes
from gnn.snapshot import Log, cut, log_of
from gnn.snapshot.cut import as_of
from gnn.snapshot.read import read_log
from gnn.track_record.forecasts import forecast_lines, judged_forecasts
from gnn.track_record.record import keep
from graph.service import run_sync
from graph.store import Store
from graph.track_record import track_record
from tests.gnn.synthetic import START, company
from tests.gnn.test_deals import with_deals
from tests.graph.world import NOW, World, ago

HORIZON, END = 60, START + pd.Timedelta(days=500)


def said(label: str, records: pd.Series, unit: str, seed: int = 3, count: int = 40) -> pd.DataFrame:
    """Forecasts of random records at random moments."""
    draw = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "label": label, "record_id": draw.choice(records.to_numpy(), count), "task": unit,
            "model_id": "m",
            "as_of": START + pd.to_timedelta(draw.integers(60 * 24, 480 * 24, count), unit="h"),
            "horizon_days": HORIZON, "unit": unit, "value": draw.random(count), "low": 0.0, "high": 300.0,
            "currency": None,
        }
    )  # fmt: skip


def with_returns(log: Log) -> Log:
    """Every fifth order came back."""
    orders = log["orders"]
    back = np.arange(len(orders)) % 5 == 0
    kinds = orders["kind"].where(~back, "return")
    return log_of({**log.tables, "orders": orders.assign(kind=kinds, amount=np.where(back, -30.0, 100.0))})


def with_deleted(log: Log, table: str) -> Log:
    """Every other deal was deleted a week after it closed."""
    deals = log[table]
    ended = (deals["closed_at"] + pd.Timedelta(days=7)).where(np.arange(len(deals)) % 2 == 0)
    return log_of({**log.tables, table: deals.assign(ended_at=ended)})


def came_by_labels(
    log: Log,
    case: Mapping[Hashable, object],
    labels: Callable[[Log, History], Outcomes],
    rows: Callable[[History], pd.Index],
) -> float | None:
    """What the labels of training say of a case; None where they do not count it."""
    begins = pd.Timestamp(str(case["begins"]))
    history = History(as_of(cut(log, begins), begins), begins, pd.Timedelta(days=HORIZON))
    found = labels(log, history)
    place = rows(history).get_indexer(pd.Index([case["record_id"]]))[0]
    at = int(np.searchsorted(found.rows, place))
    if place < 0 or at == len(found.rows) or found.rows[at] != place:
        return None
    return float(found.came[at])


@pytest.mark.parametrize(("unit", "labels"), [("days", next_order_labels), ("amount", value_labels)])
def test_numbers_are_judged_by_the_labels_of_training(
    unit: str, labels: Callable[[Log, History], Outcomes]
) -> None:
    log = with_returns(company())
    cases = judged_forecasts(said("Customer", log["customers"]["customer_id"], unit), log, END)
    checked = []
    for case in cases.to_dict("records"):
        expected = came_by_labels(log, case, labels, lambda history: history.customers)
        if expected is not None:
            assert case["came"] == pytest.approx(expected, abs=1e-6)
            checked.append(expected)
    assert len(checked) > 20
    assert len(set(checked)) > 3
    assert (cases["ends"] <= END).all()


@pytest.mark.slow
@pytest.mark.parametrize("label", ["Opportunity", "Lead"])
def test_deals_are_judged_by_the_labels_of_training(label: Kind) -> None:
    table, key = TABLES[label]
    log = with_deleted(with_deals(label, 300), table)
    cases = judged_forecasts(said(label, log[table][key], "probability", count=120), log, END)
    checked = []
    for case in cases.to_dict("records"):
        expected = came_by_labels(
            log, case, lambda one, history: deal_labels(label, one, history),
            lambda history: pd.Index(open_deals(history, label)[key]),
        )  # fmt: skip
        if expected is not None:
            assert case["came"] == expected
            checked.append(expected)
    assert 0 < sum(checked) < len(checked)


def test_an_order_that_was_deleted_is_no_order() -> None:
    log = company()
    gone = log_of({**log.tables, "orders": log["orders"].assign(ended_at=END - DAY)})
    cases = judged_forecasts(said("Customer", log["customers"]["customer_id"], "amount"), gone, END)
    assert cases["came"].sum() == 0 < len(cases)


def test_amounts_are_told_by_currency_and_days_together() -> None:
    asked = said("Customer", pd.Series([f"c{n}" for n in range(30)]), "amount", count=300)
    amounts = asked.assign(
        customer_id=asked["record_id"], came=200.0, value=150.0, high=180.0,
        currency=np.where(asked["record_id"] < "c15", "EUR", "JPY"),
    )  # fmt: skip
    days = amounts.assign(unit="days", task="next-order", came=20.0)
    lines = forecast_lines(pd.concat([amounts, days]))
    assert [(one["task"], one["by"], one["value"]) for one in lines] == [
        ("amount", "currency", "EUR"), ("amount", "currency", "JPY"), ("next-order", "all", "all"),
    ]  # fmt: skip
    assert {(one["expected"], one["actual"], one["error"]) for one in lines[:2]} == {(150.0, 200.0, 50.0)}
    assert [one["realised"] for one in lines] == [0.0, 0.0, 1.0]
    assert {one["predicted"] for one in lines} == {0.8}
    assert forecast_lines(amounts.head(4)) == []


@pytest.mark.query("track_record.forecasts")
def test_forecasts_of_the_graph_are_judged(store: Store) -> None:
    """A forecast that another replaced counts as well as the one that stands."""
    names, world = [f"c{n}" for n in range(6)], World()
    for name in names:
        world.node("Customer", name)
    moments = {"as_of": ago(100), "scored_at": ago(100), "horizon_days": 30}
    numbers = {"unit": "days", "value": 20.0, "low": 1.0, "high": 40.0}
    told = [
        (name, f"{name}-{number}", until) for name in names for number, until in enumerate((ago(80), None))
    ]
    for _, forecast, until in told:
        world.node("Forecast", forecast, task="next-order", model_id="m", until=until, **moments, **numbers)
    world.load(store)
    store.upsert_parts(
        "FORECAST",
        "Customer",
        "Forecast",
        [{"start": name, "end": one, "props": {}} for name, one, _ in told],
    )
    keep(store, read_log(store, NOW + timedelta(seconds=1)), NOW)
    found = run_sync(store, track_record, task="next-order")
    assert found is not None
    (line,) = found.lines
    assert (line.cases, line.customers, line.expected, line.actual) == (12, 6, 20.0, 30.0)
    assert line.error == 10.0
