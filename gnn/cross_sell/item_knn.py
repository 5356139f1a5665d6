"""Item neighbours: products bought by the same customers (Sarwar et al., WWW 2001).

Similarities are shrunk where few customers support them (Bell and Koren, 2007). They are made for some
products at a time: of a large range all pairs together would not fit into memory.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Doubles, Ints
from gnn.side_by_side import side_by_side
from gnn.slices import rows_within, slices

SHRINK = 10.0
NEIGHBOURS = 300
"""Neighbours kept per product where there are more products than this; bounds memory for large ranges."""


PAIRS = 2**24
"""Pairs of products looked at at a time; of most of them nobody bought both."""


@dataclass(frozen=True)
class ItemNeighbours:
    """Products × products, each row with its strongest neighbours; no product is its own."""

    cosine: sparse.csr_matrix
    """Cosine similarity of the products' customer sets, damped where few customers support it."""
    conditional: sparse.csr_matrix
    """Row j, column i: share of the buyers of j that also bought i, damped where few support it. Columns are
    the products that were asked for."""


def item_neighbours(bought: sparse.csr_matrix, among: Ints | None = None) -> ItemNeighbours:
    """Both kinds of neighbours from customers × products of zeros and ones.

    among: products, rising, of which conditional neighbours are kept; all where it is None.
    """
    sizes = np.asarray(bought.sum(axis=0), dtype=np.float64).ravel()
    buyers = bought.T.tocsr()
    rows = np.arange(len(sizes))

    def both(part: Ints) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        counts = _together(buyers, bought, part)
        conditional = _conditional(counts, part, sizes)
        return _cosine(counts, part, sizes), conditional if among is None else conditional[:, among]

    parts = side_by_side(both, slices(rows, rows_within(len(sizes), PAIRS)))
    if not parts:
        empty = sparse.csr_matrix((0, 0))
        return ItemNeighbours(empty, empty)
    cosine, conditional = (list(kind) for kind in zip(*parts, strict=True))
    del parts
    return ItemNeighbours(_whole(cosine), _whole(conditional))


def _whole(parts: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    """The parts below each other; they are given up, so that of both kinds one is held twice."""
    made: sparse.csr_matrix = sparse.vstack(parts).tocsr()
    parts.clear()
    return made


def _together(buyers: sparse.csr_matrix, bought: sparse.csr_matrix, rows: Ints) -> sparse.csr_matrix:
    """Consecutive products × products: customers that bought both; nothing for a product and itself."""
    counts: sparse.csr_matrix = (buyers[rows] @ bought).tocsr()
    counts.setdiag(0, k=int(rows[0]))
    counts.eliminate_zeros()
    return counts


def _cosine(counts: sparse.csr_matrix, rows: Ints, sizes: Doubles) -> sparse.csr_matrix:
    own = np.repeat(sizes[rows], np.diff(counts.indptr))
    scale = np.sqrt(own * sizes[counts.indices]) + SHRINK
    return strongest(_with_data(counts, counts.data / scale), NEIGHBOURS)


def _conditional(counts: sparse.csr_matrix, rows: Ints, sizes: Doubles) -> sparse.csr_matrix:
    share = np.repeat(1.0 / (sizes[rows] + SHRINK), np.diff(counts.indptr))
    return strongest(_with_data(counts, share * counts.data), NEIGHBOURS)


def _with_data(matrix: sparse.csr_matrix, data: Doubles) -> sparse.csr_matrix:
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def strongest(matrix: sparse.csr_matrix, keep: int) -> sparse.csr_matrix:
    """The `keep` largest entries of each row, of equal ones those in the lower columns; rows come sorted."""
    sizes = np.diff(matrix.indptr)
    kept = np.ones(matrix.nnz, dtype=bool)
    for row in np.flatnonzero(sizes > keep):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        kept[part] = largest(matrix.data[part], matrix.indices[part], keep)
    indptr = np.concatenate([[0], np.cumsum(np.minimum(sizes, keep))])
    found = sparse.csr_matrix((matrix.data[kept], matrix.indices[kept], indptr), shape=matrix.shape)
    found.sort_indices()
    return found


def largest(values: Doubles, columns: npt.NDArray[np.int32], keep: int) -> npt.NDArray[np.bool_]:
    """Whether each value is among the `keep` largest; of equal ones lower columns count as larger."""
    least = np.partition(values, len(values) - keep)[len(values) - keep]
    chosen = np.asarray(values > least)
    equal, left = np.flatnonzero(values == least), keep - int(chosen.sum())
    if len(equal) > left:
        equal = equal[np.argpartition(columns[equal], left - 1)[:left]]
    chosen[equal] = True
    return chosen
