"""The churn task: who, having ordered before the cut-off, places no order within the horizon.

An order is an order of kind sale; a return alone is no order, neither before nor after the cut-off.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.features.past import Floats, Ints, Past
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class ChurnLabels:
    """`rows`: row numbers of the customers counted; `churned`: 1.0 where no order came, same length."""

    rows: Ints
    churned: Floats


def churn_labels(log: Log, past: Past) -> ChurnLabels:
    """Labels of every customer with an order before `past.cutoff`, from orders in [cutoff.

    Cutoff+horizon).
    """
    orders = log["orders"]
    within = (orders["at"] >= past.cutoff) & (orders["at"] < past.cutoff + past.horizon)
    ordered = _rows_of(past, orders[within & (orders["kind"] != "return")]["customer_id"])
    rows = np.flatnonzero(past.has_order)
    return ChurnLabels(rows, (~ordered[rows]).astype(np.float32))


def _rows_of(past: Past, ids: pd.Series) -> npt.NDArray[np.bool_]:
    rows = past.rows(ids)
    return np.bincount(rows[rows >= 0], minlength=past.shape[0]) > 0
