"""Whether the data still fit into the memory that relgraph was given, and what to do where they do not."""

from graph import census
from graph.store import Store
from relgraph.doctor.finding import Finding
from relgraph.memory import Budget

GIB = 1024**3
MIB = 1024**2

ENGINE_FIXED, ENGINE_PER_ITEM = 300 * MIB, 600
"""Heap that the embedded engine works well with: what it takes itself, and bytes per node or relationship."""
COMMAND_FIXED, COMMAND_PER_ITEM = 600 * MIB, 1200
"""Peak of the largest command, DuckDB within, likewise (bench/results/scale.md)."""
EMBEDDED_MOST = 14_000_000
"""Nodes and relationships of about 50,000 customers: the most that the embedded engine is meant for."""


def size(store: Store, budget: Budget) -> Finding:
    """Count the graph and estimate what it needs."""
    counted = census.take(store)
    items = sum(counted.nodes.values()) + sum(counted.relationships.values())
    return finding(items, budget, embedded=store.config.embedded)


def finding(items: int, budget: Budget, *, embedded: bool) -> Finding:
    """What so many nodes and relationships need, against what is given."""
    heap, command = ENGINE_FIXED + items * ENGINE_PER_ITEM, COMMAND_FIXED + items * COMMAND_PER_ITEM
    found = (
        f"{items:,} nodes and relationships; commands need about {_gib(command)} of {_gib(budget.command)}"
    )
    if embedded:
        found += f", the engine's heap {_gib(heap)} of {_gib(budget.heap)}"
    advice = _advice(items, heap if embedded else 0, command, budget, embedded=embedded)
    return Finding(subject="size", status="ok" if advice is None else "todo", found=found, advice=advice)


def _advice(items: int, heap: int, command: int, budget: Budget, *, embedded: bool) -> str | None:
    if embedded and items > EMBEDDED_MOST:
        return "move to a Neo4j: relgraph backup FILE, set NEO4J_URI, relgraph restore FILE (docs/scale.md)"
    if heap > budget.heap:
        return f"set RELGRAPH_ENGINE_HEAP to {-(-heap // GIB)}g, then relgraph engine stop"
    if command > budget.command:
        needed = -(-(heap + command) // GIB)
        return f"commands will spill to disk: set RELGRAPH_MEMORY to {needed}g on a machine that has as much"
    return None


def _gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"
