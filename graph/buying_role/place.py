"""A person's place among the ties of an account: PageRank, and whether others meet by way of the person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

Node = str
DAMPING, TOLERANCE, MOST_STEPS = 0.85, 1e-6, 100
"""Share of steps along a tie rather than anywhere (Page et al., 1998); the change per node at which ranks
stand, and the steps taken at most: networkx's."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Nodes, and ties without direction: of two ties of the same two the later counts."""

    nodes: tuple[Node, ...]
    weights: Mapping[tuple[Node, Node], float]

    @classmethod
    def of(cls, nodes: Iterable[Node], ties: Iterable[tuple[Node, Node, float]]) -> "Ties":
        """These nodes and those of the ties."""
        weights = {(min(one, other), max(one, other)): weight for one, other, weight in ties}
        every = dict.fromkeys([*nodes, *(node for pair in weights for node in pair)])
        return cls(tuple(every), weights)

    def ranks(self) -> Mapping[Node, float]:
        """PageRank of each node by the weights, the sum of all being 1."""
        place = {node: number for number, node in enumerate(self.nodes)}
        both = {(place[a], place[b]): w for pair, w in self.weights.items() for a, b in (pair, pair[::-1])}
        start, end = np.array([*both], dtype=np.int64).reshape(-1, 2).T
        weight = np.array([*both.values()], dtype=np.float64)
        count = len(place)
        out = np.bincount(start, weight, count)
        share, alone = weight / out[start], out == 0.0
        rank = np.full(count, 1.0 / count)
        for _ in range(MOST_STEPS):
            before, jumps = rank, 1.0 - DAMPING + DAMPING * rank[alone].sum()
            rank = DAMPING * np.bincount(end, before[start] * share, count) + jumps / count
            if np.abs(rank - before).sum() < count * TOLERANCE:
                break
        return dict(zip(self.nodes, rank.tolist(), strict=True))

    def between(self) -> set[Node]:
        """Nodes on a shortest path of two others, which are those of betweenness above 0 (Freeman, 1977).

        They are those with two neighbours that have no tie to each other: these are two steps apart.
        """
        near: dict[Node, set[Node]] = defaultdict(set)
        for one, other in self.weights:
            if one != other:
                near[one].add(other)
                near[other].add(one)
        return {
            node
            for node, around in near.items()
            if any(other not in near[one] for one, other in combinations(around, 2))
        }
