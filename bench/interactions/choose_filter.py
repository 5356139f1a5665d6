"""Which graph filter: a search of a fixed number of trials on users whose items were partly held back."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse

from bench.interactions.graph_filter import Floats, ItemGraph, Shape
from bench.interactions.lists import quality, top_items, without_owned
from gnn.features.history import Ints

BETAS = (0.0, 0.25, 0.5)
FORMS = ((1.0, 1), (3.0, 1), (10.0, 1), (30.0, 1))
"""Sharpness and order; what is linear is followed with one product."""
PASSES = {64: (0.1, 0.3), 256: (0.1, 0.3)}
"""η and the α tried with it."""
SEARCHED_ON = 600
"""Users; scores of users × items are held for all of them."""


def best_shape(graph: ItemGraph, bought: sparse.csr_matrix, held: sparse.csr_matrix, rows: Ints) -> Shape:
    """The filter with the best mean of recall@20 and NDCG@20; per β first the form, then the pass."""
    rows = rows[:SEARCHED_ON]
    return max(
        (found for beta in BETAS for found in _of_beta(graph, bought, held, rows, beta)),
        key=lambda found: found[0],
    )[1]


def _of_beta(
    graph: ItemGraph, bought: sparse.csr_matrix, held: sparse.csr_matrix, rows: Ints, beta: float
) -> Iterator[tuple[float, Shape]]:
    """A filter with an ideal low pass is the plain one plus the pass, so that each is worked out once."""
    inside = graph.projected(bought[rows], beta)
    reached = graph.reached(bought[rows], beta, max(order for _, order in FORMS))

    def judged(scores: Floats) -> float:
        lists = top_items(without_owned(scores, bought[rows]))
        return quality(lists, held[rows])

    def plain(shape: Shape) -> Floats:
        return graph.filtered(shape, inside, reached[: shape.order])

    forms = [Shape(beta, sharpness, order, 0, 0.0) for sharpness, order in FORMS]
    found = [(judged(plain(shape)), shape) for shape in forms]
    yield from found
    two = [(plain(shape), shape) for _, shape in sorted(found, key=lambda one: -one[0])[:2]]
    for rank, weights in PASSES.items():
        low = graph.low_pass(beta, rank, inside)
        for weight in weights:
            for scores, shape in two:
                passing = replace(shape, pass_rank=rank, pass_weight=weight)
                yield judged(scores + np.float32(weight) * low), passing
