"""What the values of every column are like: how many there are, how many differ, of which kinds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from graph import sql
from graph.sql import fill, run
from ingest.mapping.model import DEFAULT_NULLS
from ingest.proposal.tables import Table
from ingest.proposal.values import kinds_of
from ingest.staging.source import Source

SAMPLE = 300
"""Distinct values of a column that are looked at."""
LONGEST = 300
"""Characters of a value that are looked at."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its numbers, and the share of sampled values of each kind."""

    name: str
    position: int
    rows: int
    filled: int
    distinct: int
    sample: tuple[str, ...]
    """Distinct values."""
    kinds: Mapping[str, float]
    mean_length: float

    @property
    def unique(self) -> bool:
        """Whether every filled cell is another and hardly one is empty."""
        return self.filled >= 1 and self.distinct == self.filled and self.filled >= 0.98 * self.rows

    @property
    def share_filled(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    @property
    def empty(self) -> bool:
        return self.filled == 0

    def is_mostly(self, *kinds: str) -> bool:
        """Whether most sampled values are of one of these kinds."""
        return max(self.kinds.get(kind, 0.0) for kind in kinds) >= 0.6

    def share(self, kind: str) -> float:
        """The share of sampled values that are of a kind."""
        return self.kinds.get(kind, 0.0)


@dataclass(frozen=True, slots=True)
class Profile:
    """A table with its columns; `relation` is its name in the database of the proposal."""

    table: Table
    relation: str
    columns: tuple[Column, ...]
    rows: int
    by_name: Mapping[str, Column] = field(repr=False)


def profile(connection: duckdb.DuckDBPyConnection, table: Table, source: Source, relation: str) -> Profile:
    """Read a table's rows as text into the database and look at its columns. Raises duckdb.Error."""
    run.execute(connection, _staged(source, relation))
    names = source.columns
    counts = run.execute(connection, _counts(relation, names)).fetchone() or ()
    rows = int(counts[0])
    columns = []
    for place, name in enumerate(names):
        filled, distinct = int(counts[1 + 2 * place]), int(counts[2 + 2 * place])
        sample = tuple(
            value for (value,) in run.execute(connection, _sample(relation, name)).fetchall()
        ) if filled else ()  # fmt: skip
        columns.append(_column(name, place, rows, filled, distinct, sample))
    return Profile(table, relation, tuple(columns), rows, {column.name: column for column in columns})


def _column(name: str, place: int, rows: int, filled: int, distinct: int, sample: tuple[str, ...]) -> Column:
    told = Counter(kind for value in sample for kind in kinds_of(value))
    kinds = {kind: count / len(sample) for kind, count in told.items()}
    length = sum(map(len, sample)) / len(sample) if sample else 0.0
    return Column(name, place, rows, filled, distinct, sample, kinds, length)


def _staged(source: Source, relation: str) -> sql.Sql:
    cells = [
        fill("CASE WHEN trim({c}) IN ({nulls}) THEN NULL ELSE left(trim({c}), 300) END AS {c}",
             c=sql.name(column), nulls=sql.listed(sql.bind(text) for text in (*DEFAULT_NULLS, "?")))
        for column in source.columns
    ]  # fmt: skip
    return fill(
        """CREATE OR REPLACE TABLE {t} AS SELECT {cells} FROM read_csv({path}, auto_detect=false,
            header=false, skip={skip}, delim={delimiter}, quote={quote}, escape={quote}, columns={columns},
            ignore_errors=true, null_padding=true, max_line_size=8388608, buffer_size=16777216)""",
        t=sql.name(relation), cells=sql.listed(cells), path=sql.bind(str(source.text_path)),
        skip=sql.bind(source.header_rows), delimiter=sql.bind(source.delimiter), quote=sql.bind(source.quote),
        columns=sql.bind(dict.fromkeys(source.columns, "VARCHAR")),
    )  # fmt: skip


def _counts(relation: str, names: tuple[str, ...]) -> sql.Sql:
    pairs = [fill("count({c}), count(DISTINCT {c})", c=sql.name(name)) for name in names]
    return fill("SELECT count(*), {pairs} FROM {t}", pairs=sql.listed(pairs), t=sql.name(relation))


def _sample(relation: str, name: str) -> sql.Sql:
    """Distinct values of the first rows, in an order that stays the same."""
    return fill(
        """SELECT v FROM (SELECT DISTINCT {c} AS v
            FROM (SELECT {c} FROM {t} WHERE {c} IS NOT NULL LIMIT 20000)) ORDER BY hash(v) LIMIT {n}""",
        c=sql.name(name), t=sql.name(relation), n=sql.bind(SAMPLE),
    )  # fmt: skip
