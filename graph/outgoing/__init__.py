"""What the graph says of a source's own records, for the way back into that source."""

from graph.outgoing.read import PAGE, Outgoing, outgoing

__all__ = ["PAGE", "Outgoing", "outgoing"]
