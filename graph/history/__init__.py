"""The history: the graph's long tables as DuckDB relations, kept as Parquet and asked with SQL.

The graph is the truth; what stands here is a keyed copy of it (decision record 0022). Every row is there,
private ones too: whoever makes something for everybody applies the macro `seen_by_company(visibility)`.
"""

from graph.history.append import Acknowledged, append_load
from graph.history.check import Check, check_history
from graph.history.history import History
from graph.history.opening import open_history, rebuild_history, standing_of
from graph.history.read import read_history
from graph.history.tables import TABLES, Table
from graph.history.touched import ENDED, MERGED, packed, touched_by

__all__ = [
    "ENDED",
    "MERGED",
    "TABLES",
    "Acknowledged",
    "Check",
    "History",
    "Table",
    "append_load",
    "check_history",
    "open_history",
    "packed",
    "read_history",
    "rebuild_history",
    "standing_of",
    "touched_by",
]
