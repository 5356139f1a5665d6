"""Which products, sold before the cut-off, a customer buys for the first time.

Counted are customers with an order before the cut-off and at least one such product within the horizon.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from gnn.features.history import History, Ints, indicator
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class CrossSellLabels:
    """`rows`: row numbers of the customers counted; `bought`: customers × products, 1 where newly bought."""

    rows: Ints
    bought: sparse.csr_matrix

    def only(self, rows: Ints) -> "CrossSellLabels":
        """The labels of some of the customers counted."""
        return CrossSellLabels(rows, self.bought)


def cross_sell_labels(log: Log, history: History) -> CrossSellLabels:
    """First purchases in [cutoff, cutoff + horizon) of products that had been sold before the cut-off."""
    lines = log["lines"]
    within = history.within_horizon(log["orders"], "at")
    placed = within.loc[within["kind"] != "return", ["order_id", "customer_id"]]
    sold = lines[~(lines["quantity"] <= 0)].merge(placed, on="order_id")
    rows = history.rows(sold["customer_id"])
    columns = history.columns(sold["product_id"])
    kept = (rows >= 0) & (columns >= 0) & history.has_order[rows]
    bought = indicator(rows[kept], columns[kept], history.shape)
    new = (bought - bought.multiply(history.bought())).tocsr()
    new.eliminate_zeros()
    return CrossSellLabels(np.flatnonzero(np.diff(new.indptr) > 0), new)
