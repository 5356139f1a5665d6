"""Where label windows begin: as for churn, but each is observed whole."""

from dataclasses import replace

import pandas as pd

from gnn.calendar import Cutoffs
from gnn.churn.cutoffs import churn_cutoffs
from gnn.snapshot.tables import Log


def whole_windows(log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> Cutoffs:
    """Churn's without those observed in part: half a window says too little. Raises NotEnoughHistory."""
    return replace(churn_cutoffs(log, cutoff, horizon), partial=())
