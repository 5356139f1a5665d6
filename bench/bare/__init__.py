"""The other side of every comparison: the official driver with nothing of ours between it and the engine."""

from bench.bare.graph import BareGraph, Batch, read_graph, write_graph

__all__ = ["BareGraph", "Batch", "read_graph", "write_graph"]
