"""Plain rules for numbers of customers, of which nothing is learned: one per customer with an order."""

import numpy as np

from gnn.features.history import DAY, Doubles, History
from gnn.forecast.spending import net


def last_interval(history: History) -> Doubles:
    """Another gap like the last, counted from the last order; late by one more: none within the horizon."""
    return _due(history, last=True)


def mean_interval(history: History) -> Doubles:
    """The same with the customer's mean gap."""
    return _due(history, last=False)


def _due(history: History, *, last: bool) -> Doubles:
    days = history.order_days.groupby("row")
    newest, oldest, count = days["day"].first(), days["day"].last(), days["day"].count()
    second = days.nth(1).set_index("row")["day"]
    gap = second.reindex(newest.index) - newest if last else (oldest - newest) / (count - 1).where(count > 1)
    horizon = float(history.horizon / DAY)
    gaps = gap.fillna(gap.median() if gap.notna().any() else horizon).to_numpy(np.float64)
    silent = newest.to_numpy(np.float64)
    due = np.where(silent > 2 * gaps, horizon, np.maximum(gaps - silent, 0.0))
    return np.asarray(np.minimum(due, horizon), dtype=np.float64)


def last_horizon(history: History) -> Doubles:
    """As much as within the horizon before the cut-off."""
    return np.maximum(net(history, history.horizon), 0.0)


def mean_repeat(history: History) -> Doubles:
    """The customer's mean spending per day so far, a horizon at least, times the horizon."""
    sales = history.sales
    age = sales.groupby("row")["age"].max().to_numpy(np.float64)
    horizon = float(history.horizon / DAY)
    return np.asarray(np.maximum(net(history), 0.0) / np.maximum(age, horizon) * horizon, dtype=np.float64)
