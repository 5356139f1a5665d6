"""Which churn candidate serves, and what the choice needs to know."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from gnn.calendar import Cutoffs
from gnn.churn.base_rate import offset_to
from gnn.churn.choice import REFERENCE, Judgement, best
from gnn.churn.cutoffs import churn_cutoffs
from gnn.snapshot.tables import Log, log_of


def judgement(error: float) -> Judgement:
    """Of 800 customers in two windows, with errors about this mean."""
    noise = np.random.default_rng(3).normal(0.0, 0.02, 800)
    return Judgement(slope=1.0, auc=0.8, errors=error + noise, windows=2)


@pytest.mark.parametrize(("season_unseen", "serves"), [(False, "recency"), (True, REFERENCE)])
def test_past_windows_that_disagree_do_not_choose(season_unseen: bool, serves: str) -> None:
    found = {REFERENCE: judgement(0.20), "recency": judgement(0.15)}
    assert best(found, season_unseen=season_unseen) == serves


def orders(days: int) -> Log:
    """One order each day."""
    at = pd.date_range("2024-01-01", periods=days, freq="D")
    names = [f"o{place}" for place in range(days)]
    return log_of({"orders": pd.DataFrame({"order_id": names, "customer_id": "c", "kind": "sale", "at": at})})


def windows(days: int, horizon: int) -> Cutoffs:
    """Those before the end of the orders."""
    log = orders(days)
    return churn_cutoffs(
        log, pd.Timestamp("2024-01-01") + pd.Timedelta(days=days), pd.Timedelta(days=horizon)
    )


def test_candidates_are_chosen_after_learning_from_half_of_what_they_will_learn_from() -> None:
    long, short = windows(days=700, horizon=90), windows(days=683, horizon=180)
    assert long.valid
    assert len(long.train) >= len(long.every) / 2
    assert not short.valid
    assert short.train == short.every
    assert short.partial


@pytest.mark.parametrize("spread", [1.0, 80.0, 500.0])
def test_any_spread_of_scores_meets_the_level(spread: float) -> None:
    scores = np.linspace(-spread, spread, 400)
    assert expit(scores + offset_to(scores, 0.03)).mean() == pytest.approx(0.03, abs=1e-9)
