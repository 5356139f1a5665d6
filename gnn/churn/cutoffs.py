"""Where churn's label windows begin: as many as the history holds, overlapping where it is short."""

import pandas as pd

from gnn.calendar import Cutoffs, data_start, too_short
from gnn.snapshot.tables import Log

MAX_WINDOWS, MAX_VALID = 8, 3
LEAST_EACH = 2
"""Windows on either side of validation; with fewer, customers are split instead of time."""
LEARNED = 0.5
"""Share of all windows that must train before validation begins, else customers are split as well: what has
learned from much less than it will serve with is judged for what it will not be."""
OBSERVED = (2 / 3, 1 / 2)
"""Where customers are split, these shares of a horizon before the cut-off begin windows known in part.
They show how a candidate does where more history lies before it, as at the cut-off itself."""


def churn_cutoffs(log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> Cutoffs:
    """Up to eight windows, a sixth to a half of the horizon apart, back from the cut-off.

    The newest two or three validate; what trains for them ends before the oldest of them begins. A window
    has at least a sixth of the history before it. Raises NotEnoughHistory.
    """
    first, newest = data_start(log), cutoff - horizon
    earliest = first + min(horizon, (cutoff - first) / 6)
    if newest < earliest:
        raise too_short(first, cutoff, horizon)
    step = min(max((newest - earliest) / (MAX_WINDOWS - 1), horizon / 6), horizon / 2)
    begins = [(newest - step * number).normalize() for number in range(MAX_WINDOWS)]
    windows = tuple(sorted({at for at in begins if at >= earliest.normalize()}))
    for count in range(MAX_VALID, LEAST_EACH - 1, -1):
        valid = windows[-count:]
        train = tuple(at for at in windows if at + horizon <= valid[0])
        if len(train) >= max(LEAST_EACH, LEARNED * len(windows)):
            return Cutoffs(cutoff, horizon, train, valid, windows)
    partial = tuple((cutoff - horizon * share).normalize() for share in OBSERVED)
    return Cutoffs(cutoff, horizon, windows, (), windows, partial)
