"""Ways from customers to products: each gives dense scores for some customers at a time."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy import sparse

from gnn.cross_sell.ease import Ease
from gnn.cross_sell.popularity import GroupShare
from gnn.features.history import Doubles, Ints


class Path(Protocol):
    """What every scorer reads."""

    def __call__(self, rows: Ints, /) -> Doubles:
        """Scores [rows × products]."""

    @property
    def silent(self) -> bool:
        """Whether nobody is told anything this way."""

    def only(self, columns: Ints, /) -> "Path":
        """The same way to some of the products."""


@dataclass(frozen=True)
class Everywhere:
    """A value per product, the same for every customer."""

    values: Doubles

    def __call__(self, rows: Ints) -> Doubles:
        """The values, once per row."""
        return np.broadcast_to(self.values, (len(rows), len(self.values)))

    @property
    def silent(self) -> bool:
        """Where every value is zero."""
        return not self.values.any()

    def only(self, columns: Ints) -> "Everywhere":
        """Some of the values."""
        return Everywhere(self.values[columns])


@dataclass(frozen=True)
class Steps:
    """Two steps along the graph: from the customers to something, and on to the products."""

    first: sparse.csr_matrix
    second: sparse.csr_matrix

    def __call__(self, rows: Ints) -> Doubles:
        """The product of both, dense."""
        return np.asarray((self.first[rows] @ self.second).todense(), dtype=np.float64)

    @property
    def silent(self) -> bool:
        """Where one of the steps leads nowhere."""
        return self.first.nnz == 0 or self.second.nnz == 0

    def only(self, columns: Ints) -> "Steps":
        """The second step to some of the products."""
        return replace(self, second=self.second[:, columns])


@dataclass(frozen=True)
class Linear:
    """EASE over weighted purchases."""

    purchases: sparse.csr_matrix
    weights: Ease

    def __call__(self, rows: Ints) -> Doubles:
        """What the customers' purchases speak for."""
        return self.weights.scores(self.purchases[rows])

    @property
    def silent(self) -> bool:
        """Where nothing was bought."""
        return self.purchases.nnz == 0

    def only(self, columns: Ints) -> "Linear":
        """All purchases, and the weights for some of the products."""
        return replace(self, weights=self.weights.only(columns))


@dataclass(frozen=True)
class Trending:
    """What speaks for a product, times how much its sales have risen."""

    path: Path
    trend: Doubles
    """Per product; 1 for as usual."""

    def __call__(self, rows: Ints) -> Doubles:
        """Where something speaks for a product; nothing below zero."""
        return np.asarray(np.maximum(self.path(rows), 0.0) * self.trend)

    @property
    def silent(self) -> bool:
        """As the path."""
        return self.path.silent

    def only(self, columns: Ints) -> "Trending":
        """Some of the products."""
        return Trending(self.path.only(columns), self.trend[columns])


@dataclass(frozen=True)
class InGroup:
    """What the buying customers of the same group bought."""

    groups: sparse.csr_matrix
    share: GroupShare

    def __call__(self, rows: Ints) -> Doubles:
        """The shares of each customer's group."""
        return self.share.of(self.groups[rows])

    @property
    def silent(self) -> bool:
        """Where nobody is in a group."""
        return self.groups.nnz == 0

    def only(self, columns: Ints) -> "InGroup":
        """The shares of some of the products."""
        return replace(self, share=self.share.only(columns))


@dataclass(frozen=True)
class OfFamily:
    """What speaks for the family of a product."""

    path: Path
    """From the customers to families."""
    families: Ints
    """Per product its family, −1 where it has none."""

    def __call__(self, rows: Ints) -> Doubles:
        """The family's scores; nothing for a product of no family."""
        found = self.path(rows)[:, np.maximum(self.families, 0)]
        return np.where(self.families >= 0, found, 0.0)

    @property
    def silent(self) -> bool:
        """As the path to families."""
        return self.path.silent

    def only(self, columns: Ints) -> "OfFamily":
        """Some of the products."""
        return replace(self, families=self.families[columns])
