"""Which graph filter: a search of a fixed number of trials on users whose items were partly held back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from bench.interactions.graph_filter import Floats, ItemGraph, Shape
from bench.interactions.lists import quality, top_items, without_owned
from gnn.features.history import Ints

BETAS = (0.0, 0.25, 0.5)
FORMS = ((1.0, 1), (3.0, 1), (10.0, 1), (30.0, 1), (3.0, 3), (10.0, 3))
"""Sharpness and order; what is linear is followed with one product."""
PASSES = ((64, 0.1), (64, 0.3), (256, 0.1), (256, 0.3))
"""η and α."""
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
    inside = graph.projected(bought[rows], beta)
    reached = graph.reached(bought[rows], beta, max(order for _, order in FORMS))

    def tried(shapes: Sequence[Shape]) -> list[tuple[float, Shape]]:
        return [
            (_judged(graph.filtered(shape, inside, reached[: shape.order]), bought, held, rows), shape)
            for shape in shapes
        ]

    plain = tried([Shape(beta, sharpness, order, 0, 0.0) for sharpness, order in FORMS])
    two = [shape for _, shape in sorted(plain, key=lambda found: -found[0])[:2]]
    yield from plain
    yield from tried([replace(shape, pass_rank=r, pass_weight=w) for shape in two for r, w in PASSES])


def _judged(scores: Floats, bought: sparse.csr_matrix, held: sparse.csr_matrix, rows: Ints) -> float:
    lists = top_items(without_owned(np.ascontiguousarray(scores.T), bought[rows]))
    return quality(lists, held[rows])
