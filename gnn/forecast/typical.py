"""Customers with some of what is known of them, and otherwise like the median customer."""

import numpy as np

from gnn.churn.purchase_process import Purchases
from gnn.forecast.spending import Spent

SILENCE, ORDERS, ORDER_VALUE, SPENDING = "silence", "history", "order_value", "spending"
"""Kinds of information: the time since the last order, those before it, what one was worth, all of it."""


def mixed(known: Purchases, own: frozenset[str]) -> Purchases:
    """The customers' purchases where a kind of information is among `own`, else the median customer's."""
    if not len(known.age):
        return known
    silent = known.age - known.last
    if SILENCE not in own:
        silent = np.full(len(silent), np.median(silent))
    if ORDERS in own:
        return Purchases(known.repeats, known.last, known.last + silent)
    last = np.full(len(silent), np.median(known.last))
    return Purchases(np.full(len(silent), np.median(known.repeats)), last, last + silent)


def typical_spending(worth: Spent) -> Spent:
    """Everybody spending as the median customer does."""
    if not len(worth.days):
        return worth
    return Spent(*(np.full(len(each), np.median(each)) for each in (worth.days, worth.mean)))
