"""Weighted sums over neighbours as one sparse product, forwards and backwards.

Gathering a vector per edge takes edges × width numbers and is slow; the product of a sparse matrix of edges
with the vectors of the nodes takes neither and is the same sum.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import torch
from scipy import sparse
from torch import Tensor


@dataclass(frozen=True)
class Messages:
    """The edges of one type: destination × source to send, source × destination to learn."""

    forwards: Tensor
    backwards: Tensor

    def __call__(self, vectors: Tensor) -> Tensor:
        """Per destination the weighted sum of the sources' vectors [sources, width]."""
        summed: Tensor = _Sum.apply(vectors, self.forwards, self.backwards)
        return summed

    def to(self, device: torch.device, **how: Any) -> "Messages":
        """The same edges on a device; a graph that is moved moves its messages by this."""
        return Messages(self.forwards.to(device, **how), self.backwards.to(device, **how))

    def silent(self) -> "Messages":
        """The same edges, carrying nothing."""
        return Messages(_zeros(self.forwards), _zeros(self.backwards))


def messages(matrix: sparse.csr_matrix) -> Messages:
    """The edges of a matrix destination × source."""
    return Messages(_tensor(matrix), _tensor(matrix.T.tocsr()))


class _Sum(torch.autograd.Function):
    """The product with a matrix that is not learned; its gradient is the product with the transposed one.

    Torch's own gradient of a sparse product transposes the matrix anew at every step.
    """

    @staticmethod
    def forward(ctx: Any, vectors: Tensor, forwards: Tensor, backwards: Tensor) -> Tensor:
        ctx.backwards = backwards
        summed: Tensor = torch.sparse.mm(forwards, vectors)
        return summed

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        return torch.sparse.mm(ctx.backwards, gradients[0]), None, None


def _tensor(matrix: sparse.csr_matrix) -> Tensor:
    starts, columns = (torch.from_numpy(part.astype("int64")) for part in (matrix.indptr, matrix.indices))
    with warnings.catch_warnings():
        # torch warns once that its compressed sparse rows are in beta
        warnings.simplefilter("ignore", UserWarning)
        made: Tensor = torch.sparse_csr_tensor(
            starts, columns, torch.from_numpy(matrix.data.astype("float32")), size=matrix.shape
        )
    return made


def _zeros(matrix: Tensor) -> Tensor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        made: Tensor = torch.sparse_csr_tensor(
            matrix.crow_indices(), matrix.col_indices(), torch.zeros_like(matrix.values()), size=matrix.shape
        )
    return made
