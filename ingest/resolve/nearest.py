"""The nearest other records of each record, by the cosine of TF-IDF."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

CHUNK = 500
"""Records that are compared with all others at once."""


def nearest_pairs(
    rows: csr_array, nearest: int, least: float, file: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Pairs (lower, higher) of a record and one of its nearest, as an array of shape (pairs, 2).

    With `file` the two are of different files. Rows are of unit length; pairs below `least` are left out.
    """
    columns = rows.T.tocsr()
    found = [np.empty((0, 2), dtype=np.int64)]
    for start in range(0, rows.shape[0], CHUNK):
        similar = rows[start : start + CHUNK] @ columns
        near = np.flatnonzero(similar.data >= least)  # few of all that have a token in common
        left = np.searchsorted(similar.indptr, near, side="right") - 1 + start
        right = similar.indices[near].astype(np.int64)
        other = left != right
        if file is not None:
            other &= file[left] != file[right]
        found.append(_first(left[other], right[other], similar.data[near[other]], nearest))
    pairs = np.sort(np.concatenate(found), axis=1)
    return np.unique(pairs, axis=0)


def _first(
    left: NDArray[np.int64], right: NDArray[np.int64], score: NDArray[np.float32], count: int
) -> NDArray[np.int64]:
    """For each record of `left` its `count` pairs of highest score."""
    order = np.lexsort((right, -score, left))
    left, right = left[order], right[order]
    starts = (
        np.flatnonzero(np.concatenate([[True], left[1:] != left[:-1]])) if len(left) else np.empty(0, int)
    )
    rank = np.arange(len(left)) - np.repeat(starts, np.diff([*starts, len(left)]))
    kept = rank < count
    return np.column_stack([left[kept], right[kept]])
