"""The division of the memory that relgraph may use: the engine's Java heap, DuckDB, and Python beside it."""

import os
from dataclasses import dataclass

from graph.duckdb_limits import DuckDbLimits
from relgraph.memory.machine import usable_memory
from relgraph.settings import Settings

MIB = 1024**2
LEAST_HEAP, MOST_HEAP = 512 * MIB, 4096 * MIB
"""Half a GiB costs the embedded engine 12% more processor time than one at 2,000 customers (docs/scale.md,
"The heap"); above four, the memory serves commands better."""
LEAST_DUCKDB, PER_THREAD = 256 * MIB, 128 * MIB
"""DuckDB needs some memory per thread even where it spills (its documents: 125 MB)."""
PYTHON_ITSELF = 512 * MIB
"""The interpreter with all libraries of a command that learns; not to be divided."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes for each: the engine's heap (0 where the engine is not ours), DuckDB, and Python."""

    heap: int
    duckdb: int
    python: int
    threads: int

    @property
    def command(self) -> int:
        """What a command may use in all, DuckDB runs in its process."""
        return self.duckdb + self.python

    @property
    def heap_text(self) -> str:
        """The heap as Java reads it, `1024m`."""
        return f"{self.heap // MIB}m"

    @property
    def duckdb_limits(self) -> DuckDbLimits:
        """The limits of a DuckDB connection."""
        return DuckDbLimits(self.duckdb, self.threads)


def budget(settings: Settings, usable: int) -> Budget:
    """Divide `RELGRAPH_MEMORY`, else half of what is `usable` (bytes).

    The heap of the embedded engine is an eighth of it; with `RELGRAPH_ENGINE_HEAP` it is that, and stands
    beside the budget instead of within. Of the rest Python keeps what it takes to start, and half of what
    remains; DuckDB has the other half.
    """
    total = read_size(settings.memory) if settings.memory else usable // 2
    heap, rest = _heap(settings, total)
    duckdb = max(LEAST_DUCKDB, (rest - PYTHON_ITSELF) // 2)
    threads = max(1, min(_cores(), duckdb // PER_THREAD))
    return Budget(heap, duckdb, max(PYTHON_ITSELF, rest - duckdb), threads)


def duckdb_limits(settings: Settings) -> DuckDbLimits:
    """What the settings leave DuckDB on this machine."""
    return budget(settings, usable_memory()).duckdb_limits


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _heap(settings: Settings, total: int) -> tuple[int, int]:
    """The engine's heap, and what of the total is left."""
    if settings.neo4j_uri:
        return 0, total
    if settings.engine_heap:
        return read_size(settings.engine_heap), total
    heap = min(max(LEAST_HEAP, total // 8), MOST_HEAP)
    return heap, total - heap


def read_size(text: str) -> int:
    """Bytes of a size such as `512m`, `2g` or `2GB`."""
    size = text.lower().rstrip("b")
    return int(size[:-1]) * (MIB if size[-1] == "m" else 1024 * MIB)
