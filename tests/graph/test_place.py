"""A place among ties, beside networkx on random graphs."""

import random
from typing import Any

import networkx as nx
import pytest

from graph.buying_role.place import Ties


def drawn(seed: int) -> tuple[list[str], list[tuple[str, str, float]]]:
    """Nodes, some of them alone, and ties, some of them said twice or of a node to itself."""
    draw = random.Random(seed)
    nodes = [f"n{number}" for number in range(draw.randint(1, 14))]
    ends = [*nodes, "e1", "e2"]
    ties = [
        (draw.choice(ends), draw.choice(ends), float(draw.randint(1, 9))) for _ in range(draw.randint(0, 30))
    ]
    return nodes, ties


@pytest.mark.parametrize("seed", range(60))
def test_places_are_those_of_networkx(seed: int) -> None:
    nodes, ties = drawn(seed)
    graph: Any = nx.Graph()
    graph.add_nodes_from(nodes)
    for one, other, weight in ties:
        graph.add_edge(one, other, weight=weight)
    found = Ties.of(nodes, ties)
    assert found.ranks() == pytest.approx(nx.pagerank(graph), abs=1e-12)
    central = nx.betweenness_centrality(graph)
    assert found.between() == {node for node, value in central.items() if value > 1e-9}
