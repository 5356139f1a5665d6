"""An open history: a DuckDB connection with a view per table."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import duckdb

from graph.history.manifest import Files
from graph.history.tables import TABLES
from graph.history.views import changes
from graph.sql import listed


@dataclass(frozen=True, slots=True)
class History:
    """The long tables of a graph as relations of `connection`; close it, or use it as a context manager.

    Moments are naive UTC. Views hold what stands in the graph; `attributes` is JSON text.
    """

    connection: duckdb.DuckDBPyConnection
    position: int
    """Of the change log: the newest load that the history holds. Every row has the `position` that put it."""
    complete_since: int
    """The earliest position for which `changed_since` can answer; before it, everything may have changed."""
    tables: Mapping[str, Files]
    """Its files by view."""
    opened: ExitStack

    def changed_since(self, position: int) -> duckdb.DuckDBPyRelation:
        """What loads after `position` put or removed.

        Columns: `kind`, the name of the view; `label` and `key`, the node, or of an edge the end that has few
        of its type (its anchor, see `graph.model`); `other_label` and `other_key`, the other end of an edge.
        """
        queries = (changes(table, self.tables.get(view, Files())) for view, table in TABLES.items())
        all_of_them = self.connection.sql(listed(queries, " UNION ALL ").text)
        later = all_of_them.filter(f"position > {int(position)}")
        return later.project("kind, label, key, other_label, other_key").distinct()

    def close(self) -> None:
        """Close the connection and remove what is temporary."""
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
