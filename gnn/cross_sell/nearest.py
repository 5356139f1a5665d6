"""Which customers a model's vectors place nearest to each."""

import numpy as np
import numpy.typing as npt

from gnn.features.history import Floats, Ints
from gnn.slices import slices

NEAREST = 10
"""Neighbours that are kept of each customer."""
ROWS = 1024
"""Customers compared with all at once: a block of float32 of 100,000 customers takes 0.4 GB."""


def nearest(vectors: Floats, most: int = NEAREST) -> tuple[Ints, Floats]:
    """Rows of the `most` nearest others of each row, nearest first, and their cosines.

    vectors [customers, size] → two arrays [customers, fewer of `most` and the others]. Of equally near ones
    the first counts.
    """
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.asarray(vectors / np.maximum(length, 1e-12), dtype=np.float32)
    kept = max(min(most, len(unit) - 1), 0)
    found = np.empty((len(unit), kept), dtype=np.int64)
    cosines = np.empty((len(unit), kept), dtype=np.float32)
    for rows in slices(np.arange(len(unit)), ROWS) if kept else ():
        found[rows], cosines[rows] = _of_rows(unit, rows, kept)
    return found, cosines


def _of_rows(unit: Floats, rows: Ints, kept: int) -> tuple[Ints, npt.NDArray[np.float32]]:
    near = unit[rows] @ unit.T
    near[np.arange(len(rows)), rows] = -np.inf
    likely = np.sort(np.argpartition(-near, kept - 1, axis=1)[:, :kept], axis=1)
    value = np.take_along_axis(near, likely, axis=1)
    order = np.argsort(-value, axis=1, kind="stable")
    return np.take_along_axis(likely, order, axis=1), np.take_along_axis(value, order, axis=1)
