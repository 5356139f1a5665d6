"""Graph filters on a user–item graph: scores are x·D^(−β)·f(G)·D^β for the items x that a user has.

G = R̃ᵀR̃ is the item graph of the degree-normalised R̃ = Du^(−½)·R·Di^(−½) and D holds the items' degrees. f is
linear in GF-CF (Shen et al., CIKM 2021) and a plateau in ChebyCF (Kim et al., SIGIR 2025), which adds α times
the first η eigenvectors (ideal low pass). The first `RANK` eigenpairs are filtered exactly; below them
lies little of the spectrum, so that Chebyshev polynomials on that short interval follow f with few products.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

Floats = npt.NDArray[np.float32]
RANK = 256
ORDER = 3
"""Products with G per user."""


@dataclass(frozen=True)
class Shape:
    """What is chosen of a filter."""

    beta: float
    """Power of the items' degrees."""
    sharpness: float
    """1: linear; larger: rises faster to the plateau."""
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
    """R̃ and its transpose, the degrees, and the strongest eigenpairs of G."""

    forward: sparse.csr_matrix
    back: sparse.csr_matrix
    degrees: Floats
    """Per item; at least 1."""
    vectors: Floats
    """Items × rank."""
    values: npt.NDArray[np.float64]
    """Falling, in [0, 1]."""

    @property
    def edge(self) -> float:
        """The largest eigenvalue that the polynomials have to follow."""
        return float(max(self.values[-1], 1e-6))

    def product(self, signal: Floats) -> Floats:
        """G times signals [items × users]."""
        return np.asarray(self.back @ (self.forward @ signal))

    def signal(self, bought: sparse.csr_matrix, beta: float) -> Floats:
        """D^(−β)·x of the given rows, items × users."""
        scaled = bought.multiply(self.degrees**-beta).tocsr()
        return np.ascontiguousarray(scaled.toarray().T, dtype=np.float32)

    def projected(self, bought: sparse.csr_matrix, beta: float) -> Floats:
        """D^(−β)·x of the given rows in the eigenvectors, rank × users."""
        scaled = bought.multiply(self.degrees**-beta).tocsr()
        return np.ascontiguousarray((scaled @ self.vectors).T, dtype=np.float32)

    def bases(self, signal: Floats, inside: Floats) -> list[Floats]:
        """Chebyshev polynomials of G on [0, edge] times the signal without its first eigenvectors."""
        rest = signal - self.vectors @ inside
        found: list[Floats] = [rest, self._step(rest) / np.float32(2)]
        while len(found) <= ORDER:
            found.append(self._step(found[-1]) - found[-2])
        return found

    def _step(self, signal: Floats) -> Floats:
        """Twice (2G/edge − I) times the signal."""
        result = self.product(signal)
        result *= np.float32(4.0 / self.edge)
        result -= 2 * signal
        return result

    def filtered(self, shape: Shape, inside: Floats, bases: list[Floats]) -> Floats:
        """Scores of a filter, items × users, by what was projected and the bases of its β."""
        points = np.asarray(chebyshev.chebpts1(ORDER + 1))
        wanted = shape.response((points + 1) * self.edge / 2)
        weights = np.asarray(chebyshev.chebfit(points, wanted, ORDER))
        gains = shape.response(self.values)
        gains[: shape.pass_rank] += shape.pass_weight
        result = self.vectors @ (gains.astype(np.float32)[:, None] * inside)
        for weight, base in zip(weights.astype(np.float32), bases, strict=True):
            result += weight * base
        return np.asarray(result * (self.degrees**shape.beta)[:, None], dtype=np.float32)


def item_graph(bought: sparse.csr_matrix) -> ItemGraph:
    """The graph of users × items of zeros and ones."""
    per_user, per_item = (
        np.maximum(np.asarray(bought.sum(axis=axis), dtype=np.float32).ravel(), 1) for axis in (1, 0)
    )
    forward = (sparse.diags(per_user**-0.5) @ bought @ sparse.diags(per_item**-0.5)).tocsr()
    forward = forward.astype(np.float32)
    rank = min(RANK, min(forward.shape) - 1)
    _, strength, vectors = randomized_svd(forward, rank, n_oversamples=64, n_iter=6, random_state=0)
    return ItemGraph(
        forward,
        forward.T.tocsr(),
        per_item,
        np.ascontiguousarray(vectors.T, dtype=np.float32),
        np.clip(strength.astype(np.float64) ** 2, 0.0, 1.0),
    )
