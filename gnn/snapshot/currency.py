"""Amounts of several currencies on one scale, for learning only: an amount is never shown in it."""

import pandas as pd


def comparable(orders: pd.DataFrame, lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Orders and lines whose amounts can be added up and compared.

    `orders` has `currency` and `rate` (by which the store converted it), `lines` the amounts of the sources.
    Where orders have several currencies, each is scaled so that its median order weighs as much as the median
    order of the currency that most of them have: without rates a feature can only say how large an order is
    for its currency. One currency stays as it is. Orders get the factor as `scale`.
    """
    if not len(orders) or "currency" not in orders:
        return orders, lines
    scale = _factors(orders)
    factors = scale * orders["rate"].to_numpy(float)
    scaled = orders.assign(amount=pd.to_numeric(orders["amount"]) * scale, scale=scale)
    if not len(lines) or (factors == 1.0).all():
        return scaled, lines
    by_order = pd.Series(factors.to_numpy(), index=orders["order_id"]).groupby(level=0).first()
    return scaled, lines.assign(
        amount=pd.to_numeric(lines["amount"]) * lines["order_id"].map(by_order).fillna(1.0)
    )


def currencies(orders: pd.DataFrame) -> pd.DataFrame:
    """Per customer and currency the first order, and the `scale` that `comparable` gave its orders.

    `customer_id`, `currency` (None where an order has none), `at`, `scale`.
    """
    if not len(orders):
        return pd.DataFrame()
    by_currency = orders.groupby(["customer_id", "currency"], dropna=False, as_index=False, sort=True)
    return by_currency.agg({"at": "min", "scale": "first"})


def _factors(orders: pd.DataFrame) -> pd.Series:
    """What each order's amounts are multiplied by; 1 for the currency that most orders have."""
    currency = orders["currency"].fillna("")
    counts = currency.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    size = pd.to_numeric(orders["amount"]).astype("float64").abs()
    size = size.where(size > 0)
    medians = size.groupby(currency).median()
    main = medians.get(counts.index[0])
    known = medians.notna() & pd.notna(main)
    factors = (main / medians).where(known, 1.0) if pd.notna(main) else pd.Series(1.0, index=medians.index)
    factors[counts.index[0]] = 1.0
    return currency.map(factors).astype("float64")
