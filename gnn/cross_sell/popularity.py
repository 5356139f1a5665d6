"""Popularity of a product within a group of customers."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

Doubles = npt.NDArray[np.float64]


def group_share(groups: sparse.csr_matrix, bought: sparse.csr_matrix, prior: float = 5.0) -> Doubles:
    """Groups × products: share of the group's buying customers that bought it.

    The share is shrunk towards the overall one as if `prior` average customers belonged to the group.
    """
    active = (np.diff(bought.indptr) > 0).astype(np.float64)
    overall = np.asarray(bought.sum(axis=0)).ravel() / max(active.sum(), 1.0)
    counts = np.asarray((groups.T @ bought).todense())
    members = np.asarray(groups.T @ active).ravel()
    return np.asarray((counts + prior * overall) / (members[:, None] + prior), dtype=np.float64)
