"""How well anybody could do who knew the truth: the best reachable scores, and the true answers to compare
with.

Only the demo's closeness report and tests read this; ingest, derive and learning never do.
"""

from simulate.oracle.churn import churn_oracle
from simulate.oracle.closeness import Share, share_right
from simulate.oracle.cross_sell import cross_sell_oracle
from simulate.oracle.foreseen import FUTURES, foreseen_churn, foreseen_cross_sell
from simulate.oracle.read import OracleScore, TruthMissing, find_truth
from simulate.oracle.relations import (
    true_champions,
    true_decision_makers,
    true_doubles,
    true_managers,
    true_roles,
    true_ties,
)

__all__ = [
    "FUTURES",
    "OracleScore",
    "Share",
    "TruthMissing",
    "churn_oracle",
    "cross_sell_oracle",
    "find_truth",
    "foreseen_churn",
    "foreseen_cross_sell",
    "share_right",
    "true_champions",
    "true_decision_makers",
    "true_doubles",
    "true_managers",
    "true_roles",
    "true_ties",
]
