"""Rows of sparse matrices: shares, ranks, likeness, and the values at given pairs."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Ints

Matrix = sparse.csr_matrix
Floats = npt.NDArray[np.float32]
CHUNK = 512


def shares(matrix: Matrix) -> Matrix:
    """Each value divided by its row's sum."""
    total = np.asarray(matrix.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1.0 / np.maximum(total, 1e-9)) @ matrix)


def reciprocal_ranks(matrix: Matrix) -> Matrix:
    """1 for the largest value of a row, 1/2 for the next; equal values share the better place."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((-matrix.data, rows))
    sorted_rows, values = rows[order], matrix.data[order]
    place = np.arange(len(order)) - matrix.indptr[sorted_rows]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (sorted_rows[1:] != sorted_rows[:-1]) | (values[1:] != values[:-1])
    place = place[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    ranks = np.empty(len(order), dtype=np.float32)
    ranks[order] = 1.0 / (1.0 + place)
    return sparse.csr_matrix((ranks, matrix.indices, matrix.indptr), shape=matrix.shape)


def cosine_unit(matrix: Matrix) -> Matrix:
    """The rows at length one, so that their products are cosines."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.maximum(length, 1e-9)) @ matrix)


def strongest(matrix: Matrix, count: int) -> Matrix:
    """Of each row the `count` largest values, of equal ones those of lower columns."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, rows))
    kept = np.sort(order[np.arange(len(order)) - matrix.indptr[rows[order]] < count])
    shape = matrix.shape
    return sparse.csr_matrix((matrix.data[kept], (rows[kept], matrix.indices[kept])), shape=shape)


def likest(unit: Matrix, count: int) -> Matrix:
    """Of every row the `count` other rows with the largest cosine, row by row in parts."""
    other = unit.T.tocsc()
    parts = []
    for start in range(0, unit.shape[0], CHUNK):
        product = sparse.coo_matrix(unit[start : start + CHUNK] @ other)
        apart = product.row + start != product.col
        places = (product.row[apart], product.col[apart])
        found = sparse.csr_matrix((product.data[apart], places), shape=product.shape)
        parts.append(strongest(found, count))
    return sparse.csr_matrix(sparse.vstack(parts))


def at(matrix: Matrix, row: Ints, column: Ints) -> Floats:
    """The values at the pairs (row[i], column[i]); zero where there is none."""
    sorted_matrix = matrix if matrix.has_sorted_indices else matrix.sorted_indices()
    keys = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(sorted_matrix.indptr))
    keys = keys * matrix.shape[1] + sorted_matrix.indices
    if not len(keys):
        return np.zeros(len(row), dtype=np.float32)
    asked = row.astype(np.int64) * matrix.shape[1] + column
    place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[place] == asked, sorted_matrix.data[place], 0.0).astype(np.float32)
