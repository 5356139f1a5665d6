"""Ranking metrics per customer, in NumPy, with binary gains."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Ints

K = 20
GROUPS, FEWEST_IN_GROUP = 512, 4
"""Of a long row of scores; in a shorter one there is little to save."""


def top(scores: npt.NDArray[np.floating], owned: sparse.csr_matrix, k: int = K) -> Ints:
    """The k best columns per row, best first, never an owned one (−1 where fewer are left).

    Ties are broken by the lower column, so that the same scores always give the same list.
    """
    masked = np.array(scores, dtype=np.float64)
    masked[owned.nonzero()] = -np.inf
    chosen = np.stack([_best(row, k) for row in masked]) if len(masked) else np.zeros((0, k), dtype=np.int64)
    best = np.take_along_axis(masked, chosen, axis=1)
    return np.where(np.isneginf(best), -1, chosen).astype(np.int64)


def _best(row: npt.NDArray[np.float64], k: int) -> Ints:
    """Places of the k largest values, largest first, of equal ones the first; without sorting the row."""
    places = np.flatnonzero(row >= _bound(row, k))
    if len(places) > k:
        near = row[places]
        least = np.partition(near, len(near) - k)[len(near) - k]
        above = np.flatnonzero(near > least)
        equal = np.flatnonzero(near == least)[: k - len(above)]
        places = places[np.sort(np.concatenate([above, equal]))]
    return np.asarray(places[np.argsort(-row[places], kind="stable")], dtype=np.int64)


def _bound(row: npt.NDArray[np.float64], k: int) -> float:
    """At most the k-th largest value: the k-th largest of the maxima of groups, found in one pass."""
    size = len(row) // GROUPS
    if size < FEWEST_IN_GROUP or k > GROUPS:
        return -np.inf
    maxima = row[: size * GROUPS].reshape(size, GROUPS).max(axis=0)
    return float(np.partition(maxima, GROUPS - k)[GROUPS - k])


def hits(lists: Ints, truth: sparse.csr_matrix) -> npt.NDArray[np.bool_]:
    """Same shape as `lists`: whether the listed column is true for the row."""
    rows = np.repeat(np.arange(lists.shape[0]), lists.shape[1])
    columns = np.maximum(lists.ravel(), 0)
    found = np.asarray(truth[rows, columns]).ravel() > 0
    return found.reshape(lists.shape) & (lists >= 0)


def recall(found: npt.NDArray[np.bool_], relevant: Ints) -> npt.NDArray[np.float64]:
    """Per row: hits ÷ all relevant columns of the row."""
    return np.asarray(found.sum(axis=1) / relevant, dtype=np.float64)


def ndcg(found: npt.NDArray[np.bool_], relevant: Ints) -> npt.NDArray[np.float64]:
    """Per row: discounted gain ÷ that of the ideal list of the same length (log2 discounts)."""
    discounts = 1.0 / np.log2(np.arange(2, found.shape[1] + 2))
    ideal = np.concatenate([[0.0], np.cumsum(discounts)])
    gained = (found * discounts).sum(axis=1)
    return np.asarray(gained / ideal[np.minimum(relevant, found.shape[1])], dtype=np.float64)
