"""What speaks for an item for a user: each view is fitted on users × items and scores some users."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bench.interactions.graph_filter import Floats, ItemGraph, Shape, item_graph
from gnn.cross_sell.ease import most_bought, weights
from gnn.features.history import Ints

PENALTY = 100.0
CORE = 12_000
"""Items with most users that EASE knows: its inverse takes time by the cube."""
EDGES = (0, 32, 128, 256)
"""Ranks between which the projections on the eigenvectors are told apart."""


@dataclass(frozen=True)
class Views:
    """All that is fitted on one matrix of users × items."""

    bought: sparse.csr_matrix
    graph: ItemGraph
    core: Ints
    ease: Floats
    shape: Shape
    """The graph filter that was chosen."""

    def scores(self, rows: Ints) -> dict[str, Floats]:
        """Every view's scores of all items, rows × items; where a user owns an item they say nothing."""
        own = self.bought[rows]
        linear = self.graph.reached(own, 0.0, order=1)
        return {
            "item_cosine": linear[0],
            "core_ease": self._core_ease(own),
            "graph_filter": self._graph_filter(own, linear),
        }

    def projections(self, rows: Ints, beta: float) -> Floats:
        """D^(−β)·x in the eigenvectors: rows × rank."""
        return self.graph.projected(self.bought[rows], beta)

    def _core_ease(self, own: sparse.csr_matrix) -> Floats:
        """EASE among the items of the core; nothing for the others."""
        scores = np.zeros((own.shape[0], own.shape[1]), dtype=np.float32)
        scores[:, self.core] = own[:, self.core] @ self.ease
        return scores

    def _graph_filter(self, own: sparse.csr_matrix, linear: list[Floats]) -> Floats:
        """The chosen filter; `linear` is what it reaches with β = 0 and one product."""
        beta, order = self.shape.beta, self.shape.order
        reached = linear if beta == 0 and order == 1 else self.graph.reached(own, beta, order)
        return self.graph.filtered(self.shape, self.graph.projected(own, beta), reached)


def fitted(bought: sparse.csr_matrix, shape: Shape, graph: ItemGraph | None = None) -> Views:
    """The views of a matrix; `graph` where it is known already."""
    core = most_bought(bought, CORE)
    return Views(bought, graph or item_graph(bought), core, weights(bought[:, core], PENALTY), shape)
