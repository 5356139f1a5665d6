"""The history: the graph's long tables as DuckDB relations, read once and then asked with SQL.

The graph is the truth; what stands here is a keyed copy of it. Every row is there, private ones too: whoever
makes something for everybody applies the macro `seen_by_company(visibility)`.
"""

from graph.history.history import History
from graph.history.read import read_history
from graph.history.tables import TABLES, Table

__all__ = ["TABLES", "History", "Table", "read_history"]
