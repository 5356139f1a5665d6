"""Connected components of pairs of records."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def components(records: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The component of each record; `pairs` is of shape (pairs, 2) with numbers of records."""
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(records, records))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
