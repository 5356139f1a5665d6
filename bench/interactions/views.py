"""What speaks for an item for a user: each view is fitted on users × items and scores some users."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bench.interactions.graph_filter import Floats, ItemGraph, Shape, item_graph
from gnn.cross_sell.ease import most_bought, weights
from gnn.features.history import Ints

PENALTY = 100.0
CORE = 6000
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
        """Every view's scores of all items, rows × items."""
        return {
            "popularity": self.popularity(rows),
            "item_cosine": self.item_cosine(rows),
            "core_ease": self.core_ease(rows),
            "graph_filter": self.graph_filter(rows),
        }

    def popularity(self, rows: Ints) -> Floats:
        """Users per item, once per row."""
        return np.tile(self.graph.degrees, (len(rows), 1))

    def item_cosine(self, rows: Ints) -> Floats:
        """The linear filter with β = 0: item neighbours by cosine, users of few items weighing more."""
        near = self.bought[rows] @ self.graph.back
        return np.asarray((near @ self.graph.forward).toarray(), dtype=np.float32)

    def core_ease(self, rows: Ints) -> Floats:
        """EASE among the items of the core; nothing for the others."""
        scores = np.zeros((len(rows), self.bought.shape[1]), dtype=np.float32)
        scores[:, self.core] = self.bought[rows][:, self.core] @ self.ease
        return scores

    def graph_filter(self, rows: Ints) -> Floats:
        """The chosen filter."""
        inside = self.projections(rows, self.shape.beta)
        bases = self.graph.bases(self.graph.signal(self.bought[rows], self.shape.beta), inside)
        return np.ascontiguousarray(self.graph.filtered(self.shape, inside, bases).T)

    def projections(self, rows: Ints, beta: float) -> Floats:
        """D^(−β)·x in the eigenvectors: rank × rows."""
        return self.graph.projected(self.bought[rows], beta)


def fitted(bought: sparse.csr_matrix, shape: Shape, graph: ItemGraph | None = None) -> Views:
    """The views of a matrix; `graph` where it is known already."""
    core = most_bought(bought, CORE)
    return Views(bought, graph or item_graph(bought), core, weights(bought[:, core], PENALTY), shape)
