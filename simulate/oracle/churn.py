"""The churn oracle: ranks customers by their true chance of no order in the horizon."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from simulate.config import Bools, Floats
from simulate.oracle.read import OracleScore, Truth, cutoff_day, overlap, read_sales, read_truth


def auc(label: Bools, score: Floats) -> float:
    """Area under the ROC curve by ranks (Mann-Whitney U); ties count half; nan when one class is empty."""
    positive = int(label.sum())
    negative = len(label) - positive
    if positive == 0 or negative == 0:
        return float("nan")
    ranks = pd.Series(score).rank().to_numpy()
    return float((ranks[label].sum() - positive * (positive + 1) / 2) / (positive * negative))


def churn_chance(truth: Truth, day: int, horizon_days: int) -> Floats:
    """Per customer: exp(-share · integral of the true order rate over the horizon)."""
    expected = truth.rate @ overlap(truth, day, day + horizon_days)
    return np.asarray(np.exp(-truth.share * expected[truth.company]), dtype=np.float64)


def _chance_at_cutoff(truth: Truth, day: int, horizon_days: int) -> Floats:
    """The same with the rate of the period before the cut-off held: knows the state, not what is to come."""
    period = max(int(day / truth.period_days) - 1, 0)
    expected = truth.rate[:, period] * horizon_days / truth.period_days
    return np.asarray(np.exp(-truth.share * expected[truth.company]), dtype=np.float64)


def churn_oracle(truth_dir: Path, exports_dir: Path, cutoff: date, horizon_days: int) -> OracleScore:
    """Best reachable AUC: churn = no sale in [cutoff, cutoff + horizon), over every customer number with
    one before.

    `auc` knows the true rates throughout the horizon; `auc_state` only the rate just before the cut-off.
    Raises `TruthMissing`, and `UsageError` when the horizon leaves the history.
    """
    truth = read_truth(truth_dir)
    day = cutoff_day(truth, cutoff, horizon_days)
    before, churned = who_churned(exports_dir, truth, day, horizon_days)
    chance, held = churn_chance(truth, day, horizon_days), _chance_at_cutoff(truth, day, horizon_days)
    metrics = {"auc": auc(churned[before], chance[before]), "auc_state": auc(churned[before], held[before])}
    return OracleScore(
        "churn", cutoff, horizon_days, int(before.sum()), metrics, float(churned[before].mean())
    )


def who_churned(exports_dir: Path, truth: Truth, day: int, horizon_days: int) -> tuple[Bools, Bools]:
    """Per customer number: whether it had a sale before the day, and none in the horizon from it on."""
    sales, count = read_sales(exports_dir, truth), len(truth.customer_no)
    before = np.bincount(sales["customer"][sales["day"] < day], minlength=count) > 0
    inside = (sales["day"] >= day) & (sales["day"] < day + horizon_days)
    return before, np.bincount(sales["customer"][inside], minlength=count) == 0
