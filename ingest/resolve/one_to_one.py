"""Sources that name each thing once: a cluster holds at most one record of each such source."""

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.cluster import Pairs, Weights

MUCH_LESS = 0.5
"""A source names things once where its records are each other's nearest at most this often, compared with
how often they would be if sources did not matter."""


def free_of_duplicates(pairs: Pairs, weight: Weights, source: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each source whether it names things once, told by which likely pairs are each other's nearest."""
    mutual = _mutually_nearest(len(source), pairs, weight) & (weight > 0)
    left, right = source[pairs[mutual][:, 0]], source[pairs[mutual][:, 1]]
    size = np.bincount(source)
    among = np.bincount(np.concatenate([left, right]), minlength=len(size))
    inside = 2 * np.bincount(left[left == right], minlength=len(size))
    expected = among * (size - 1) / max(1, len(source) - 1)
    return np.asarray(inside <= MUCH_LESS * expected)


def _mutually_nearest(records: int, pairs: Pairs, weight: Weights) -> NDArray[np.bool_]:
    best = np.full(records, -np.inf)
    np.maximum.at(best, pairs[:, 0], weight)
    np.maximum.at(best, pairs[:, 1], weight)
    return np.asarray((weight >= best[pairs[:, 0]]) & (weight >= best[pairs[:, 1]]))
