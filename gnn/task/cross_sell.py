"""The cross-sell task: which products, sold before the cut-off, a customer buys for the first time.

Counted are customers with an order before the cut-off and at least one such product within the horizon.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from gnn.features.past import Ints, Past, indicator
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class CrossSellLabels:
    """`rows`: row numbers of the customers counted; `bought`: all customers × products.

    1 where newly bought.
    """

    rows: Ints
    bought: sparse.csr_matrix


def cross_sell_labels(log: Log, past: Past) -> CrossSellLabels:
    """First purchases in [cutoff, cutoff + horizon) of products that had been sold before the cut-off."""
    orders, lines = log["orders"], log["lines"]
    within = (orders["at"] >= past.cutoff) & (orders["at"] < past.cutoff + past.horizon)
    placed = orders.loc[within & (orders["kind"] != "return"), ["order_id", "customer_id"]]
    sold = lines[~(lines["quantity"] <= 0)].merge(placed, on="order_id")
    rows = past.rows(sold["customer_id"])
    columns = past.columns(sold["product_id"])
    kept = (rows >= 0) & (columns >= 0) & past.has_order[rows]
    bought = indicator(rows[kept], columns[kept], past.shape)
    new = (bought - bought.multiply(past.bought())).tocsr()
    new.eliminate_zeros()
    return CrossSellLabels(np.flatnonzero(np.diff(new.indptr) > 0), new)
