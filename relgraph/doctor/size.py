"""Whether the data still fit into the memory that relgraph was given, and what to do where they do not."""

from graph import census
from graph.store import Store
from relgraph.doctor.finding import Finding
from relgraph.memory import Budget

GIB = 1024**3
MIB = 1024**2

ENGINE_FIXED, ENGINE_PER_ITEM = 300 * MIB, 150
"""Heap that the embedded engine works well with: what it takes itself, and bytes per node or relationship.
One GiB served 6.4 million of them (bench/results/serve.md)."""
COMMAND_FIXED, COMMAND_PER_ITEM = 500 * MIB, 2000
"""Peak of `relgraph ingest`, DuckDB within, likewise: 0.7 GiB at 144,000, 1.7 GB at 560,000, 6.1 GB at
2.8 million (docs/scale.md)."""
LEARNING = 1200 * MIB
"""Peak of `relgraph train` at the smallest sizes: most of it is libraries."""
EMBEDDED_MOST = 14_000_000
"""Nodes and relationships of about 50,000 customers: the most that the embedded engine is meant for."""


def size(store: Store, budget: Budget) -> Finding:
    """Count the graph and estimate what it needs."""
    counted = census.take(store)
    items = sum(counted.nodes.values()) + sum(counted.relationships.values())
    return finding(items, budget, embedded=store.config.embedded)


def finding(items: int, budget: Budget, *, embedded: bool) -> Finding:
    """What so many nodes and relationships need, against what is given."""
    heap = ENGINE_FIXED + items * ENGINE_PER_ITEM
    command = max(LEARNING, COMMAND_FIXED + items * COMMAND_PER_ITEM)
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
