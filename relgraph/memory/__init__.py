"""How much memory relgraph may use, how it is divided, and how much a command used."""

from relgraph.memory.budget import Budget, budget, duckdb_limits
from relgraph.memory.machine import usable_memory
from relgraph.memory.peak import Peaks, peaks

__all__ = ["Budget", "Peaks", "budget", "duckdb_limits", "peaks", "usable_memory"]
