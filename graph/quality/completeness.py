"""Completeness: of how many records of a label a field has a value, over the views of a history."""

from dataclasses import dataclass

import duckdb

from graph.history import TABLES
from graph.history.tables import Table
from graph.quality.rules import own_fields
from graph.sql import fill, listed, name
from graph.sql.run import first


@dataclass(frozen=True, slots=True)
class Completeness:
    """A field of a label: how many records there are, and how many have a value."""

    label: str
    field: str
    records: int
    filled: int

    @property
    def share(self) -> float:
        """The share of the records that have a value."""
        return self.filled / self.records


def completeness(history: duckdb.DuckDBPyConnection) -> list[Completeness]:
    """Every declared field of every label that has records; ended records do not count."""
    nodes = [table for table in TABLES.values() if table.kind == "node"]
    return [one for table in nodes for one in _of_label(history, table)]


def _of_label(history: duckdb.DuckDBPyConnection, table: Table) -> list[Completeness]:
    fields = own_fields(table)
    counts = listed(fill("count({c})", c=name(field)) for field in ("position", *fields))
    living = "SELECT {counts} FROM {t} WHERE ended_at IS NULL"
    found = first(history, fill(living, counts=counts, t=name(table.name)))
    records, *filled = found or (0,)
    if not records:
        return []
    return [
        Completeness(table.of, field, records, count) for field, count in zip(fields, filled, strict=True)
    ]
