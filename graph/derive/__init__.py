"""What follows from what is known: ties, purchases, likely roles and reporting lines, gaps."""

from graph.derive.report import Counts, DeriveReport
from graph.derive.run import derive

__all__ = ["Counts", "DeriveReport", "derive"]
