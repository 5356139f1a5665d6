"""How well an order is told: Spearman's rank correlation."""

import numpy as np
from scipy.stats import rankdata

from gnn.features.history import Doubles


def rank_correlation(came: Doubles, expected: Doubles) -> float:
    """Spearman's; 0 where one of both is the same for all."""
    ours, theirs = rankdata(expected), rankdata(came)
    if np.ptp(ours) == 0 or np.ptp(theirs) == 0:
        return 0.0
    return float(np.corrcoef(ours, theirs)[0, 1])
