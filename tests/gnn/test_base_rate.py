"""The base rate is forecast apart from the ranking: against a process whose truth is known."""

import numpy as np
import pandas as pd
import pytest

from gnn.churn.base_rate import DISAGREE, BaseRate, offset_to
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.labels import ChurnLabels, churn_labels
from gnn.churn.purchase_process import PurchaseProcess, purchases
from gnn.features.feature_set import FeatureSet
from gnn.features.history import History
from gnn.learn.windows import Window
from gnn.snapshot import Log, cut, log_of
from tests.gnn.synthetic import START

HORIZON = pd.Timedelta(days=60)
CUTOFF = START + pd.Timedelta(days=300)


def market(customers: int = 700, days: int = 360, seed: int = 0) -> Log:
    """Customers of very different rates who now and then stop for ever."""
    draw = np.random.default_rng(seed)
    rows: list[tuple[str, str, str, float, pd.Timestamp]] = []
    for customer in range(customers):
        rate, quits, at = draw.gamma(0.8, 1 / 25), draw.beta(0.6, 6), float(draw.integers(0, 200))
        while at < days:
            rows.append(
                (f"O{len(rows):06d}", f"C{customer:04d}", "sale", 10.0, START + pd.Timedelta(days=at))
            )
            if draw.random() < quits:
                break
            at += draw.exponential(1 / rate)
    orders = pd.DataFrame(rows, columns=["order_id", "customer_id", "kind", "amount", "at"])
    lines = orders[["order_id"]].assign(product_id="P", line=1, quantity=1.0, amount=10.0)
    customers_seen = orders[["customer_id"]].drop_duplicates()
    return log_of(
        {"customers": customers_seen, "orders": orders, "lines": lines, "products": lines[["product_id"]]}
    )


def window(log: Log, begin: pd.Timestamp) -> Window[ChurnLabels]:
    """The label window that begins then."""
    history = History(cut(log, begin), begin, HORIZON)
    return Window(FeatureSet(history, ()), churn_labels(log, history))


def test_the_process_knows_how_many_will_stay_silent() -> None:
    log = market()
    history = History(cut(log, CUTOFF), CUTOFF, HORIZON)
    silence = PurchaseProcess.fit(history).silence(purchases(history), HORIZON)
    churned = churn_labels(log, history).churned
    assert silence.shape == churned.shape
    assert silence.mean() == pytest.approx(churned.mean(), abs=0.04)
    thirds = np.array_split(np.argsort(silence), 3)
    assert [churned[part].mean() for part in thirds] == pytest.approx(
        [silence[part].mean() for part in thirds], abs=0.08
    )


def test_purchases_are_counted_in_days_with_an_order() -> None:
    orders = [("a", "C", "sale", 1.0, CUTOFF - pd.Timedelta(days=d)) for d in (71, 15, 1)]
    orders.append(("b", "C", "sale", 1.0, CUTOFF - pd.Timedelta(days=15)))
    frame = pd.DataFrame(orders, columns=["order_id", "customer_id", "kind", "amount", "at"])
    known = purchases(
        History(
            log_of({"customers": frame[["customer_id"]].drop_duplicates(), "orders": frame}), CUTOFF, HORIZON
        )
    )
    assert (known.repeats.tolist(), known.last.tolist(), known.age.tolist()) == ([2.0], [10.0], [72 / 7])


def test_a_process_that_misjudges_the_company_is_shifted_towards_what_past_windows_showed() -> None:
    """Halfway by one window, farther by several side by side; windows that overlap count as one."""
    log = market(customers=200)
    past, slow = window(log, CUTOFF - HORIZON), PurchaseProcess(1.0, 60.0, 0.1, 5.0)
    history, shown = past.features.history, past.labels.churned.mean()
    single = BaseRate.fit(slow, history, [past])
    assert BaseRate(slow, 0.0, 0.0, 3).expected(history) > shown + 0.05
    assert BaseRate(slow, 2 * single.shift, 0.0, 1).expected(history) == pytest.approx(shown, abs=1e-6)
    assert shown < single.expected(history) < BaseRate(slow, 0.0, 0.0, 3).expected(history)
    older = window(log, CUTOFF - 3 * HORIZON)
    alone = [2 * BaseRate.fit(slow, history, [one]).shift for one in (older, past)]
    assert BaseRate.fit(slow, history, [older, past]).shift == pytest.approx(
        3 / 4 * np.average(alone, weights=[0.25**3, 0.25])
    )
    assert single.season_unseen
    assert single.widening < 1.0
    agreeing = BaseRate.fit(slow, history, [past, past])
    assert (agreeing.season_unseen, agreeing.widening, agreeing.spread) == (False, 1.0, 0.0)
    assert agreeing.shift == pytest.approx(single.shift)


@pytest.mark.parametrize(("spread", "windows"), [(DISAGREE + 0.4, 5), (DISAGREE, 1)])
def test_where_windows_disagree_probabilities_are_drawn_to_one_half(spread: float, windows: int) -> None:
    history = History(cut(market(customers=200), CUTOFF), CUTOFF, HORIZON)
    process = PurchaseProcess.fit(history)
    scores = np.linspace(-2, 2, int(history.has_order.sum())).astype(np.float32)
    sure = ChurnCalibration(1.0, BaseRate(process, 0.0, 0.0, 5))(scores, history)
    unsure = ChurnCalibration(1.0, BaseRate(process, 0.0, spread, windows))(scores, history)
    assert (np.abs(unsure - 0.5) < np.abs(sure - 0.5)).all()
    assert (np.diff(unsure) > 0).all()
    assert sure.mean() == pytest.approx(process.silence(purchases(history), HORIZON).mean(), abs=1e-6)


def test_a_calibration_survives_its_tensors() -> None:
    calibration = ChurnCalibration(1.5, BaseRate(PurchaseProcess(1.0, 2.0, 3.0, 4.0), 0.1, 0.3, 4))
    assert ChurnCalibration.of_state(calibration.state()) == calibration


def test_an_offset_gives_the_wanted_mean() -> None:
    log_odds = np.array([-3.0, 0.0, 2.0])
    assert (1 / (1 + np.exp(-(log_odds + offset_to(log_odds, 0.7))))).mean() == pytest.approx(0.7)
