"""EASE: a linear item-to-item model in closed form (Steck, WWW 2019)."""

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

MAX_PRODUCTS = 4000
"""Beyond this the dense inverse costs too much; the model is left out."""


def ease(bought: sparse.csr_matrix, penalty: float) -> npt.NDArray[np.float32]:
    """Products × products weights with a zero diagonal, minimising ‖X − XB‖² + penalty·‖B‖²."""
    gram = np.asarray((bought.T @ bought).todense(), dtype=np.float32)
    gram[np.diag_indices_from(gram)] += penalty
    inverse = linalg.inv(gram, overwrite_a=True, check_finite=False)
    weights = inverse / -np.diag(inverse)
    weights[np.diag_indices_from(weights)] = 0.0
    return np.asarray(weights, dtype=np.float32)
