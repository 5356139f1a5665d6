"""Popularity: how many customers bought a product, ever or lately, everywhere or within a group."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.past import Past

Doubles = npt.NDArray[np.float64]


def buyers(past: Past, within_days: float | None = None) -> Doubles:
    """Number of customers per product that bought it (within the last days when given)."""
    return np.asarray(past.bought(within_days).sum(axis=0)).ravel().astype(np.float64)


def group_share(groups: sparse.csr_matrix, bought: sparse.csr_matrix, prior: float = 5.0) -> Doubles:
    """Groups × products: share of the group's buying customers that bought it.

    Shrunk towards the overall share as if `prior` average customers belonged to the group.
    """
    active = (np.diff(bought.indptr) > 0).astype(np.float64)
    overall = np.asarray(bought.sum(axis=0)).ravel() / max(active.sum(), 1.0)
    counts = np.asarray((groups.T @ bought).todense())
    members = np.asarray(groups.T @ active).ravel()
    return np.asarray((counts + prior * overall) / (members[:, None] + prior), dtype=np.float64)
