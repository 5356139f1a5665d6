"""Who, having ordered before the cut-off, places no order within the horizon.

An order is an order of kind sale; a return alone is no order, neither before nor after the cut-off.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.features.history import Floats, History, Ints
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class ChurnLabels:
    """`rows`: rising row numbers of the customers counted; `churned`: 1.0 where no order came, as long."""

    rows: Ints
    churned: Floats

    def only(self, rows: Ints) -> "ChurnLabels":
        """The labels of some of the customers counted."""
        return ChurnLabels(rows, self.churned[np.searchsorted(self.rows, rows)])


def churn_labels(log: Log, history: History) -> ChurnLabels:
    """Labels of every customer with an order before the cut-off, by orders in [cutoff, cutoff + horizon)."""
    placed = history.within_horizon(log["orders"], "at")
    ordered = _any_of(history, placed[placed["kind"] != "return"]["customer_id"])
    rows = np.flatnonzero(history.has_order)
    return ChurnLabels(rows, (~ordered[rows]).astype(np.float32))


def _any_of(history: History, ids: pd.Series) -> npt.NDArray[np.bool_]:
    """Per customer row: whether its id is among these."""
    rows = history.rows(ids)
    return np.bincount(rows[rows >= 0], minlength=history.shape[0]) > 0
