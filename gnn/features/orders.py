"""Features from orders: recency, frequency, monetary value, rhythm and trend."""

import numpy as np

from gnn.features.history import DAY, Floats, History
from gnn.features.sums import count, distinct, highest, lowest, ratio, share, total

YEAR = 365.0


def rfm(history: History) -> dict[str, Floats]:
    """The classic three and the tenure, on log scales (days, orders, money, days)."""
    rows, age, amount, size = _sales(history)
    return {
        "recency": np.log1p(lowest(rows, age, size, 5 * YEAR)),
        "frequency": np.log1p(count(rows, size)),
        "monetary": np.log1p(np.maximum(total(rows, amount, size), 0)),
        "tenure": np.log1p(highest(rows, age, size, 0.0)),
    }


def rhythm(history: History) -> dict[str, Floats]:
    """Gaps between order days against the current silence, and the same season a year ago."""
    rows, age, _, size = _sales(history)
    horizon = history.horizon / DAY
    days = distinct(rows, np.floor(age).astype(np.int64), size)
    newest, oldest = lowest(rows, age, size, 5 * YEAR), highest(rows, age, size, 0.0)
    gap = (oldest - newest) / np.maximum(days - 1, 1)
    gap = np.where(days > 1, gap, np.median(gap[days > 1]) if (days > 1).any() else horizon)
    season = (age >= YEAR - horizon) & (age < YEAR)
    return {
        "gap": np.log1p(gap).astype(np.float32),
        "overdue": np.clip(np.log((newest + 1) / (gap + 1)), -4, 4).astype(np.float32),
        "expected": np.log1p(horizon / (gap + 1)).astype(np.float32),
        "season": np.log1p(count(rows, size, season)),
        "order_days": np.log1p(days),
    }


def trend(history: History) -> dict[str, Floats]:
    """Orders and money of the newest horizon against the one before and the last year."""
    rows, age, amount, size = _sales(history)
    horizon = history.horizon / DAY
    late, before, year = age <= horizon, (age > horizon) & (age <= 2 * horizon), age <= YEAR
    older = (age > 2 * horizon) & (age <= 4 * horizon)
    spent = [total(rows[when], amount[when], size) for when in (late, before)]
    n_late, n_before, n_older = (count(rows, size, when) for when in (late, before, older))
    return {
        "orders_recent": np.log1p(n_late),
        "orders_before": np.log1p(n_before),
        "orders_year": np.log1p(count(rows, size, year)),
        "order_trend": ratio(n_late, n_before),
        "order_decline": ratio(n_late + n_before, n_older),
        "spend_trend": ratio(*(np.maximum(value, 0) for value in spent)),
    }


def basket(history: History) -> dict[str, Floats]:
    """Breadth of what is bought, value of an order, share of returns."""
    rows, _, amount, size = _sales(history)
    lines, orders = history.purchases, count(rows, size)
    line_rows, columns = lines["row"].to_numpy(), lines["column"].to_numpy()
    recent = lines["age"].to_numpy() <= history.horizon / DAY
    breadth = distinct(line_rows, columns, size)
    returned = count(history.returns["row"].to_numpy(), size)
    return {
        "breadth": np.log1p(breadth),
        "breadth_recent": np.log1p(distinct(line_rows[recent], columns[recent], size)),
        "order_value": np.log1p(np.maximum(share(total(rows, amount, size), orders), 0)),
        "returns": share(returned, orders + returned),
    }


def _sales(history: History) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    sales = history.sales
    return sales["row"].to_numpy(), sales["age"].to_numpy(), sales["amount"].to_numpy(), history.shape[0]
