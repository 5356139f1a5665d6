"""The columnar copy of the graph in this home."""

from graph.history import standing_of
from graph.store import EngineConfig, Store
from relgraph.doctor.finding import Finding


def history(store: Store, config: EngineConfig) -> Finding:
    """Whether it is a copy of this graph, and how many changes of the graph it has yet to read."""
    found = standing_of(store, config.home)
    if found is None or found.manifest is None:
        shown = "none yet: the next load, or whoever reads it first, makes it"
        return Finding(subject="history", status="optional", found=shown)
    if found.stale is not None:
        advice = "nothing to do: the next reader builds it anew; or relgraph history rebuild"
        return Finding(subject="history", status="todo", found=f"stale: {found.stale}", advice=advice)
    rows = sum(file.rows for files in found.manifest.tables.values() for file in (*files.base, *files.delta))
    missing = f", {len(found.missing):,} not read yet" if found.missing else ""
    shown = f"{rows:,} rows, {found.manifest.position:,} changes{missing}; relgraph history check compares"
    return Finding(subject="history", status="ok", found=shown)
