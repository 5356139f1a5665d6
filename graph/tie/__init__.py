"""Ties between people: how strong, since when, on what evidence."""

from graph.tie.model import Calibration, Participation, Tie
from graph.tie.read import as_of, calibrated
from graph.tie.strength import decayed, floor, strength

__all__ = ["Calibration", "Participation", "Tie", "as_of", "calibrated", "decayed", "floor", "strength"]
