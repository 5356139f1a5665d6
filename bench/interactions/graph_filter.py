"""Graph filters on a user–item graph: scores are x·D^(−β)·f(G)·D^β for the items x that a user has.

G = R̃ᵀR̃ is the item graph of the degree-normalised R̃ = Du^(−½)·R·Di^(−½) and D holds the items' degrees. f is
linear in GF-CF (Shen et al., CIKM 2021) and a plateau in ChebyCF (Kim et al., SIGIR 2025), which adds α times
the first η eigenvectors (ideal low pass). The first `RANK` eigenpairs are filtered exactly; below them
lies little of the spectrum, so that a polynomial through Chebyshev's points of that short interval follows f
with few products.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from numpy.polynomial import chebyshev, polynomial
from scipy import linalg, sparse

Floats = npt.NDArray[np.float32]
RANK, EXTRA = 256, 32
"""Eigenpairs, and further columns that make those accurate."""
ROUNDS = 4
"""Of subspace iteration."""
DEPENDENT = 0.01
"""Share of the largest pivot below which Cholesky in 32 bits would leave columns that are not orthogonal."""


@dataclass(frozen=True)
class Shape:
    """What is chosen of a filter."""

    beta: float
    """Power of the items' degrees."""
    sharpness: float
    """1: linear; larger: rises faster to the plateau."""
    order: int
    """Degree of the polynomial below the eigenpairs: products with G per user."""
    pass_rank: int
    """Eigenvectors of the ideal low pass, η."""
    pass_weight: float
    """Weight of the ideal low pass, α."""

    def response(self, values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """f over eigenvalues in [0, 1]: ½ ∓ ½·|1 − 2s|^sharpness, below and above ½."""
        middle = 1.0 - 2.0 * np.clip(values, 0.0, 1.0)
        return np.asarray(0.5 - 0.5 * np.sign(middle) * np.abs(middle) ** self.sharpness)


@dataclass(frozen=True)
class ItemGraph:
    """R̃, the degrees, and the strongest eigenpairs of G."""

    transposed: sparse.csr_matrix
    """R̃ᵀ, for what is sparse."""
    forward: torch.Tensor
    """R̃, for what is dense: in half the time that SciPy takes."""
    back: torch.Tensor
    """R̃ᵀ."""
    degrees: Floats
    """Per item; at least 1."""
    vectors: Floats
    """Items × rank."""
    values: npt.NDArray[np.float64]
    """Falling, in [0, 1]."""

    @property
    def edge(self) -> float:
        """The largest eigenvalue that the polynomial has to follow."""
        return float(max(self.values[-1], 1e-6))

    def projected(self, bought: sparse.csr_matrix, beta: float) -> Floats:
        """D^(−β)·x of the given rows in the eigenvectors, users × rank."""
        return np.asarray(self._scaled(bought, beta) @ self.vectors, dtype=np.float32)

    def reached(self, bought: sparse.csr_matrix, beta: float, order: int) -> list[Floats]:
        """G, …, G to the power `order` times D^(−β)·x of the given rows, each users × items."""
        alike = (self._scaled(bought, beta) @ self.transposed).toarray().T
        found = [times(self.back, alike)]
        while len(found) < order:
            found.append(times(self.back, times(self.forward, found[-1])))
        return [turned(part) for part in found]

    def filtered(self, shape: Shape, inside: Floats, reached: list[Floats]) -> Floats:
        """Scores of a filter, users × items, by what was projected and reached with its β and order.

        What an item adds to itself beyond the eigenvectors is left out: a user's own items are not listed.
        """
        follows = self._polynomial(shape)
        gains = shape.response(self.values)
        gains[: shape.pass_rank] += shape.pass_weight
        gains -= polynomial.polyval(self.values, follows)
        result = (inside * gains.astype(np.float32)) @ self.vectors.T
        for weight, part in zip(follows[1:].astype(np.float32), reached, strict=True):
            result += weight * part
        return self._spread(result, shape.beta)

    def low_pass(self, beta: float, rank: int, inside: Floats) -> Floats:
        """What an ideal low pass of weight 1 adds to a filter's scores: users × items."""
        return self._spread(inside[:, :rank] @ self.vectors[:, :rank].T, beta)

    def _spread(self, scores: Floats, beta: float) -> Floats:
        """Times the powers of the degrees; written where the scores stand."""
        if beta:
            scores *= self.degrees**beta
        return np.asarray(scores, dtype=np.float32)

    def _polynomial(self, shape: Shape) -> npt.NDArray[np.float64]:
        """Coefficients, the constant first, of what follows the response on [0, edge]."""
        points = (np.asarray(chebyshev.chebpts1(shape.order + 1)) + 1) * self.edge / 2
        return np.asarray(polynomial.polyfit(points, shape.response(points), shape.order))

    def _scaled(self, bought: sparse.csr_matrix, beta: float) -> sparse.csr_matrix:
        return bought.multiply(self.degrees**-beta).tocsr() if beta else bought


def item_graph(bought: sparse.csr_matrix) -> ItemGraph:
    """The graph of users × items of zeros and ones."""
    per_user, per_item = (
        np.maximum(np.asarray(bought.sum(axis=axis), dtype=np.float32).ravel(), 1) for axis in (1, 0)
    )
    forward = (sparse.diags(per_user**-0.5) @ bought @ sparse.diags(per_item**-0.5)).tocsr()
    transposed = forward.T.tocsr().astype(np.float32)
    forward, back = held(forward.astype(np.float32)), held(transposed)
    return ItemGraph(transposed, forward, back, per_item, *_strongest(forward, back))


def _strongest(forward: torch.Tensor, back: torch.Tensor) -> tuple[Floats, npt.NDArray[np.float64]]:
    """Eigenvectors and eigenvalues of G by subspace iteration (Halko, Martinsson and Tropp, 2011)."""
    items = forward.shape[1]
    rank = max(min(RANK, min(forward.shape) - 1), 1)
    basis = np.random.default_rng(0).standard_normal((items, min(rank + EXTRA, items))).astype(np.float32)
    for _ in range(ROUNDS):
        basis = orthonormal(times(back, times(forward, basis)))
    image = times(forward, basis)
    values, turned = linalg.eigh((image.T @ image).astype(np.float64))
    best = np.argsort(-values)[:rank]
    vectors = basis @ turned[:, best].astype(np.float32)
    return np.ascontiguousarray(vectors), np.clip(values[best], 0.0, 1.0)


def orthonormal(columns: Floats) -> Floats:
    """An orthonormal basis of the columns: by Cholesky, by QR where they are too nearly dependent for it."""
    try:
        factor = linalg.cholesky(columns.T @ columns, lower=True, check_finite=False)
        dependent = np.diag(factor).min() < DEPENDENT * np.diag(factor).max()
    except linalg.LinAlgError:
        dependent = True
    if dependent:
        basis, _ = linalg.qr(columns, mode="economic", check_finite=False)
    else:
        basis = linalg.solve_triangular(factor, columns.T, lower=True, check_finite=False).T
    return np.ascontiguousarray(basis, dtype=np.float32)


def held(matrix: sparse.csr_matrix) -> torch.Tensor:
    """The same matrix as a tensor."""
    starts, columns, data = (torch.from_numpy(part) for part in (matrix.indptr, matrix.indices, matrix.data))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta", UserWarning)
        return torch.sparse_csr_tensor(starts, columns, data, matrix.shape, check_invariants=True)


def times(matrix: torch.Tensor, dense: Floats) -> Floats:
    """The product of a sparse and a dense matrix."""
    return np.asarray((matrix @ torch.from_numpy(np.ascontiguousarray(dense))).numpy())


def turned(dense: Floats) -> Floats:
    """The transpose, with its rows in one piece: by blocks, which NumPy's copy does not do."""
    return np.asarray(torch.from_numpy(dense).t().contiguous().numpy())
