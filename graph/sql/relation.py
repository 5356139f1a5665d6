"""A table of a DuckDB database whose columns are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from graph.sql.pieces import Sql, listed, name

Identifier = NewType("Identifier", Sql)
"""The quoted name of a known table or column; what a slot of a statement takes."""


class ColumnUnknown(KeyError):
    """A relation has no such column; a defect."""


class RelationDiffers(RuntimeError):
    """A statement made other columns than its relation declares; a defect."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A named table: `database.name` (or `name` in its main file) and its columns with DuckDB types."""

    name: str
    columns: Mapping[str, str]

    @property
    def table(self) -> Identifier:
        """The quoted name of the table."""
        return Identifier(listed(map(name, self.name.split(".", 1)), "."))

    def column(self, column: str) -> Identifier:
        """The quoted name of one of its columns; raises ColumnUnknown."""
        if column not in self.columns:
            raise ColumnUnknown(f"{self.name} has no column {column}")
        return Identifier(name(column))

    @property
    def definition(self) -> Sql:
        """Its columns as CREATE TABLE lists them."""
        return listed(Sql(f"{name(column)} {kind}") for column, kind in self.columns.items())
