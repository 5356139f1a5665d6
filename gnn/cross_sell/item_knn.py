"""Item neighbours: products bought by the same customers (Sarwar et al., WWW 2001).

Similarities are shrunk where few customers support them (Bell and Koren, 2007).
"""

import numpy as np
from scipy import sparse

SHRINK = 10.0
NEIGHBOURS = 300
"""Neighbours kept per product where there are more products than this; bounds memory for large ranges."""


def together(bought: sparse.csr_matrix) -> sparse.csr_matrix:
    """Products × products: number of customers that bought both; the diagonal is removed."""
    counts: sparse.csr_matrix = (bought.T @ bought).tocsr()
    counts.setdiag(0)
    counts.eliminate_zeros()
    return counts


def cosine(bought: sparse.csr_matrix, counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Cosine similarity of the products' customer sets, damped where few customers support it."""
    sizes = np.asarray(bought.sum(axis=0)).ravel()
    pairs = counts.tocoo()
    scale = np.sqrt(sizes[pairs.row] * sizes[pairs.col]) + SHRINK
    similar = sparse.csr_matrix((pairs.data / scale, (pairs.row, pairs.col)), shape=counts.shape)
    return strongest(similar, NEIGHBOURS)


def conditional(bought: sparse.csr_matrix, counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Row j, column i: share of the buyers of j that also bought i, damped where few support it."""
    sizes = np.asarray(bought.sum(axis=0)).ravel()
    return strongest((sparse.diags(1.0 / (sizes + SHRINK)) @ counts).tocsr(), NEIGHBOURS)


def strongest(matrix: sparse.csr_matrix, keep: int) -> sparse.csr_matrix:
    """The `keep` largest entries of each row."""
    if matrix.shape[1] <= keep:
        return matrix
    lengths = np.diff(matrix.indptr)
    rows = np.repeat(np.arange(matrix.shape[0]), lengths)
    order = np.lexsort((matrix.indices, -matrix.data, rows))
    rank = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], lengths)
    kept = order[rank < keep]
    return sparse.csr_matrix((matrix.data[kept], (rows[kept], matrix.indices[kept])), shape=matrix.shape)
