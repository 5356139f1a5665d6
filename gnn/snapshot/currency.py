"""Amounts of several currencies on one scale, for learning only: an amount is never shown in it.

Where orders have several currencies, each is scaled so that its median order weighs as much as the median
order of the currency that most of them have: without rates a feature can only say how large an order is for
its currency. One currency stays as it is. The scales of a past day are those of the orders placed by then.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

NO_CURRENCY = ""


def scales(orders: pd.DataFrame) -> pd.Series:
    """Per currency of the orders what its amounts are multiplied by; 1 for the one that most orders have."""
    currency = orders["currency"].fillna(NO_CURRENCY)
    counts = currency.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    if len(counts) < 2:
        return pd.Series(1.0, index=counts.index)
    size = orders["amount"].abs()
    medians = size.where(size > 0).groupby(currency).median()
    relative: pd.Series = medians[counts.index[0]] / medians
    return relative.fillna(1.0)


def scale_of(orders: pd.DataFrame, known: pd.Series) -> npt.NDArray[np.float64]:
    """What the amount of each order is multiplied by; 1 in a currency that no known order has."""
    return np.asarray(orders["currency"].fillna(NO_CURRENCY).map(known).fillna(1.0), dtype=np.float64)


def ordered_in(orders: pd.DataFrame) -> pd.DataFrame:
    """Each customer's currencies: `customer_id`, `currency` (None where an order has none)."""
    return orders[["customer_id", "currency"]].drop_duplicates(ignore_index=True)
