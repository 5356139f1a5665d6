"""A smaller graph to learn from where the whole one is too large: each node keeps its strongest neighbours.

Weights fall with age, so the newest purchases of a customer stay, and the newest buyers of a product. To
learn from some neighbours of each node is GraphSAGE's idea (Hamilton et al., NeurIPS 2017); the strongest are
the same on every run. Scores are made from the whole graph.
"""

from copy import copy

import numpy as np
from scipy import sparse

from gnn.features.graph import Edge, put_edges
from gnn.features.history import Ints
from gnn.geometric import HeteroData

FULL = 2_500_000
"""Edges of a graph that is learned from as it is."""
KEPT = (256, 128, 64, 32, 16, 8, 4, 2, 1)
"""Neighbours per node and edge type: the first of these with which the graph is small enough."""


def edges_of(graph: HeteroData) -> int:
    """Edges of all types."""
    return sum(int(graph[edge].edge_weight.shape[0]) for edge in graph.edge_types)


def thinned(graph: HeteroData, most: int = FULL) -> HeteroData:
    """The graph itself up to `most` edges, else a copy whose nodes hear from their strongest neighbours.

    What a node hears weighs as much in all as before. `most` is passed where one neighbour each is too many.
    """
    if edges_of(graph) <= most:
        return graph
    places = {edge: _places(graph, edge) for edge in graph.edge_types}
    keep = next((k for k in KEPT if sum(int((at < k).sum()) for at in places.values()) <= most), KEPT[-1])
    smaller = copy(graph)
    for edge, at in places.items():
        put_edges(smaller, edge, _strongest(graph, edge, at < keep))
    return smaller


def _places(graph: HeteroData, edge: Edge) -> Ints:
    """Per edge its place among those into the same node, the strongest first."""
    into = graph[edge].edge_index[1].numpy()
    order = np.lexsort((-graph[edge].edge_weight.numpy(), into))
    starts = np.searchsorted(into[order], into[order], side="left")
    places = np.empty(len(into), dtype=np.int64)
    places[order] = np.arange(len(into)) - starts
    return places


def _strongest(graph: HeteroData, edge: Edge, kept: np.ndarray) -> sparse.csr_matrix:
    source, into = graph[edge].edge_index.numpy()
    weight = graph[edge].edge_weight.numpy().astype(np.float64)
    size = (graph[edge[2]].num_nodes, graph[edge[0]].num_nodes)
    whole = np.bincount(into, weights=weight, minlength=size[0]).astype(np.float64)
    left = np.bincount(into[kept], weights=weight[kept], minlength=size[0])
    scale = np.divide(whole, left, out=np.zeros_like(whole), where=left > 0)
    return sparse.csr_matrix((weight[kept] * scale[into[kept]], (into[kept], source[kept])), shape=size)
