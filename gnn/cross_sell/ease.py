"""EASE: a linear item-to-item model in closed form (Steck, WWW 2019).

X is customers × products, P = (XᵀX + λI)⁻¹, B = I − P·diag(1 / diag P); XB holds all customers' scores.
Of few products B is kept. Of many products and few customers P = (I − XᵀMX) / λ with M = (XXᵀ + λI)⁻¹
(Woodbury), so that nothing of the size products × products is ever made. Of many of both, the model knows
the products with most buyers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse
from scipy.linalg import lapack

from gnn.features.history import Doubles, Ints
from gnn.slices import rows_within, slices

Real = TypeVar("Real", np.float32, np.float64)
LARGEST = 4000
"""Rows of the largest dense matrix that is inverted."""
MIRRORED = 512
"""Rows of an inverse that are copied below its diagonal at a time."""


class Ease(Protocol):
    """The model, whichever way it is worked out."""

    def scores(self, purchases: sparse.csr_matrix) -> Doubles:
        """Dense scores of each row of purchases (over all products) for the products that are ranked."""

    def only(self, columns: Ints) -> "Ease":
        """The same model, ranking these products alone."""


def ease(bought: sparse.csr_matrix, penalty: float, largest: int = LARGEST) -> Ease:
    """The model of customers × products, by the smaller of both; `largest` bounds what is inverted."""
    if bought.shape[1] <= largest:
        return ByProducts(weights(bought, penalty))
    buying = bought[np.flatnonzero(np.diff(bought.indptr))]
    if buying.shape[0] <= largest:
        return by_customers(buying, penalty)
    return _of_core(bought, penalty, largest)


def weights(bought: sparse.csr_matrix, penalty: float) -> npt.NDArray[np.float32]:
    """Products × products weights with a zero diagonal, minimising ‖X − XB‖² + penalty·‖B‖²."""
    return weights_of(np.asarray((bought.T @ bought).todense(), dtype=np.float32), penalty)


def weights_of(gram: npt.NDArray[np.float32], penalty: float) -> npt.NDArray[np.float32]:
    """The weights by XᵀX, to whose diagonal the penalty is added in place."""
    gram[np.diag_indices_from(gram)] += penalty
    inverse = _inverse(gram, lapack.spotrf, lapack.spotri)
    found = inverse / -np.diag(inverse)
    found[np.diag_indices_from(found)] = 0.0
    return np.asarray(found, dtype=np.float32)


def _inverse(
    gram: npt.NDArray[Real], factorise: Callable[..., Any], invert: Callable[..., Any]
) -> npt.NDArray[Real]:
    """Of a symmetric, positive definite matrix, by Cholesky: half the work of the general inverse."""
    factor, failed = factorise(gram.T, lower=True, overwrite_a=True)
    half, failed_too = invert(factor, lower=True, overwrite_c=True)
    if failed or failed_too:
        raise linalg.LinAlgError("the purchases make no positive definite matrix")
    whole: npt.NDArray[Real] = half.T
    for start in range(0, len(whole), MIRRORED):  # in place: a copy of a large inverse is memory that counts
        own = slice(start, start + MIRRORED)
        whole[start + MIRRORED :, own] = whole[own, start + MIRRORED :].T
        whole[own, own] = np.triu(whole[own, own]) + np.triu(whole[own, own], 1).T
    return whole


@dataclass(frozen=True)
class ByProducts:
    """The weights themselves [products known × products ranked]; `known` are all where it is None."""

    weights: npt.NDArray[np.float32]
    known: Ints | None = None

    def scores(self, purchases: sparse.csr_matrix) -> Doubles:
        """Purchases times weights."""
        read = purchases if self.known is None else purchases[:, self.known]
        return np.asarray(read @ self.weights, dtype=np.float64)

    def only(self, columns: Ints) -> "ByProducts":
        """The columns of the weights."""
        return replace(self, weights=np.ascontiguousarray(self.weights[:, columns]))


@dataclass(frozen=True)
class ByCustomers:
    """Xᵀ [products × buying customers], M, and of the products ranked their columns and 1 − diag(XᵀMX)."""

    bought_by: sparse.csr_matrix
    inverse: npt.NDArray[np.float32]
    """In 32 bits, as are the buyers: most of the time goes into sums over both."""
    buyers: sparse.csr_matrix
    """Products ranked × buying customers."""
    rest: npt.NDArray[np.float32]
    columns: Ints

    def scores(self, purchases: sparse.csr_matrix) -> Doubles:
        """p − (p − pXᵀMX) / (1 − diag XᵀMX), which is pB."""
        near = (purchases @ self.bought_by).toarray().astype(np.float32) @ self.inverse
        reached = (self.buyers @ np.ascontiguousarray(near.T)).T
        own = purchases[:, self.columns].toarray().astype(np.float32)
        return np.asarray(own - (own - reached) / self.rest, dtype=np.float64)

    def only(self, columns: Ints) -> "ByCustomers":
        """Some of the products ranked so far."""
        return replace(
            self, buyers=self.buyers[columns], rest=self.rest[columns], columns=self.columns[columns]
        )


def by_customers(bought: sparse.csr_matrix, penalty: float) -> ByCustomers:
    """The model by the inverse over the customers."""
    gram = (bought @ bought.T).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += penalty
    inverse = _inverse(gram, lapack.dpotrf, lapack.dpotri)
    columns, buyers = np.arange(bought.shape[1]), bought.T.tocsr()
    explained = [
        np.asarray(part.multiply(part @ inverse).sum(axis=1)).ravel()
        for rows in slices(columns, rows_within(bought.shape[0]))
        for part in (buyers[rows],)
    ]
    rest = (1.0 - np.concatenate(explained)).astype(np.float32)
    return ByCustomers(buyers, inverse.astype(np.float32), buyers.astype(np.float32), rest, columns)


def _of_core(bought: sparse.csr_matrix, penalty: float, size: int) -> ByProducts:
    """The products with most buyers know each other; the others have no weights."""
    known = most_bought(bought, size)
    found = np.zeros((size, bought.shape[1]), dtype=np.float32)
    found[:, known] = weights(bought[:, known], penalty)
    return ByProducts(found, known)


def most_bought(bought: sparse.csr_matrix, size: int) -> Ints:
    """Columns of the products with most buyers, rising; of equally many the lower columns."""
    buyers = np.asarray(bought.sum(axis=0)).ravel()
    return np.sort(np.argsort(-buyers, kind="stable")[:size])
