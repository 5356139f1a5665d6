"""How much memory relgraph may use, how it is divided, and how much a command used."""

from relgraph.memory.budget import Budget, budget
from relgraph.memory.machine import usable_memory
from relgraph.memory.peak import Peaks, peaks

__all__ = ["Budget", "Peaks", "budget", "peaks", "usable_memory"]
