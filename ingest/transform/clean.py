"""Staged cells without outer blanks and texts that mean "empty"; columns looked up in other datasets."""

from collections.abc import Mapping, Sequence

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Dataset, Lookup
from ingest.staging.database import Staging
from ingest.transform.text import cell, holds


def clean(
    staging: Staging, raw: Relation, dataset: str, columns: Sequence[str], nulls: Sequence[str]
) -> Relation:
    """The columns of a dataset that its mapping reads, trimmed and numbered in file order.

    Of equal rows the first of the last file counts, as if the files had been loaded one after the other.
    """
    cells = [fill("({v}) AS {n}", v=cell(column, nulls), n=sql.name(column)) for column in columns]
    query = fill(
        """SELECT r.rowid + 1 AS __seq, __file, __row, __hash,
            row_number() OVER (PARTITION BY __hash ORDER BY f.place DESC, __row) AS __copy, {cells}
        FROM {raw} r JOIN (SELECT __file, min(rowid) AS place FROM {raw} GROUP BY __file) f USING (__file)""",
        cells=sql.listed(cells), raw=raw.table,
    )  # fmt: skip
    return staging.make(tables.clean_rows(dataset, columns), query)


def kept(staging: Staging, rows: Relation, dataset: Dataset) -> Relation:
    """The rows of a dataset that only serves look-ups which its conditions keep."""
    query = fill("SELECT * FROM {t} WHERE {all}", t=rows.table, all=sql.every(map(holds, dataset.where)))
    return staging.make(rows, query)


def with_lookup(staging: Staging, dataset: str, cleaned: Mapping[str, Relation], lookup: Lookup) -> Relation:
    """A dataset's rows with the columns that a look-up takes: of several rows the first filled value."""
    mine, other = cleaned[dataset], cleaned[lookup.dataset]
    query = fill(
        """SELECT c.*, {new} FROM {mine} c
        LEFT JOIN (SELECT {keys}, {first} FROM {other} GROUP BY {keys}) o ON {on}""",
        new=sql.listed(fill("o.{t} AS {n}", t=_taken(new), n=sql.name(new)) for new in lookup.take),
        mine=mine.table,
        keys=sql.listed(map(sql.name, lookup.on.values())),
        first=sql.listed(
            fill("arg_min({c}, __seq) AS {t}", c=sql.name(column), t=_taken(new))
            for new, column in lookup.take.items()
        ),
        other=other.table,
        on=sql.every(fill("c.{a} = o.{b}", a=sql.name(a), b=sql.name(b)) for a, b in lookup.on.items()),
    )
    columns = [*mine.columns, *lookup.take]
    own = tables.clean_rows(dataset, ()).columns
    return staging.make(tables.clean_rows(dataset, [name for name in columns if name not in own]), query)


def _taken(column: str) -> Sql:
    """The name of a looked-up column inside the query, where the other dataset may have one of its name."""
    return sql.name(f"__take_{column}")
