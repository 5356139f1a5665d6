"""Answers of the services beside the same answers computed from the history by SQL of its own."""

from graph.recomputed.check import Checked, Difference, check

__all__ = ["Checked", "Difference", "check"]
