"""An open history: a DuckDB connection with a view per table."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import reduce
from types import TracebackType
from typing import Self

import duckdb

from graph.history.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class History:
    """The long tables of a graph as relations of `connection`; close it, or use it as a context manager.

    Moments are naive UTC. Views hold what stands in the graph; `attributes` is JSON text.
    """

    connection: duckdb.DuckDBPyConnection
    position: int
    """Of the change log: the newest load that the history holds. Every row has the `position` that put it."""
    opened: ExitStack

    def changed_since(self, position: int) -> duckdb.DuckDBPyRelation:
        """What loads after `position` put or removed.

        Columns: `kind`, the name of the view; `label` and `key`, the node, or of an edge the end that has few
        of its type (its anchor, see `graph.model`); `other_label` and `other_key`, the other end of an edge.
        """
        return reduce(
            duckdb.DuckDBPyRelation.union,
            (self._put_since(table, position) for table in TABLES.values()),
        )

    def _put_since(self, table: Table, position: int) -> duckdb.DuckDBPyRelation:
        rows = self.connection.view(table.name).filter(f"position > {int(position)}")
        return rows.project(", ".join((f"'{table.name}' AS kind", *_ends(table))))

    def close(self) -> None:
        """Close the connection and remove what is temporary."""
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ends(table: Table) -> tuple[str, ...]:
    """The node of a row, or the anchor and the other end of an edge, by the names of `changed_since`."""
    if table.kind == "node":
        none = ("NULL::VARCHAR AS other_label", "NULL::VARCHAR AS other_key")
        return (f"'{table.of}' AS label", f"{table.key[0]} AS key", *none)
    ours, theirs = ("start", "end") if table.anchor == "start" else ("end", "start")
    anchor = (f"{ours}_label AS label", f"{ours}_id AS key")
    return (*anchor, f"{theirs}_label AS other_label", f"{theirs}_id AS other_key")
