"""The SQL of the domain: constant statements over DuckDB in `graph/sql/<subject>/<verb>.sql`, one per file.

The first line of a file says what the statement takes and is checked against its text; `-` means none:

    -- name: tie.sums  params: half_life_days  relations: -

Values are bound as `$name`; `{{name}}` takes a Relation. Another room keeps its statements in a package of
its own and reads them with a `Catalogue`, as `ingest.sql` does. What depends on columns that are not known
before is put together in Python from pieces: `fill`, `name` for identifiers, `bind` for values.
"""

from graph.sql.catalogue import Catalogue, Statement, StatementError, parse
from graph.sql.pieces import (
    NULL,
    Sql,
    ValueInText,
    any_of,
    as_parquet,
    bind,
    bind_all,
    coalesce,
    every,
    fill,
    listed,
    name,
    packed,
    packed_whole,
)
from graph.sql.relation import ColumnUnknown, Identifier, Relation, RelationDiffers

_CATALOGUE = Catalogue(__name__)
statement = _CATALOGUE.statement
statements = _CATALOGUE.statements

__all__ = [
    "NULL",
    "Catalogue",
    "ColumnUnknown",
    "Identifier",
    "Relation",
    "RelationDiffers",
    "Sql",
    "Statement",
    "StatementError",
    "ValueInText",
    "any_of",
    "as_parquet",
    "bind",
    "bind_all",
    "coalesce",
    "every",
    "fill",
    "listed",
    "name",
    "packed",
    "packed_whole",
    "parse",
    "statement",
    "statements",
]
