"""Which columns of other tables hold a column's values: what shows that one record names another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from graph import sql
from graph.sql import fill, run
from ingest.proposal.profile import Column, Profile

_SEVERAL = re.compile(r"[;,，；、|]\s*")
MOST = 40
"""Columns of another table that are looked at."""


@dataclass(slots=True)
class Overlap:
    """Shares of a column's sampled values that occur in columns of other tables; each pair is asked once."""

    connection: duckdb.DuckDBPyConnection
    _known: dict[tuple[str, str, str], dict[str, float]] = field(default_factory=dict)

    def shares(self, column: Column, home: Profile, other: Profile) -> dict[str, float]:
        """The share of `column`'s values that occur in each column of `other` that tells its rows apart."""
        at = (home.relation, column.name, other.relation)
        if at not in self._known:
            self._known[at] = dict(self._asked(column, other)) if column.sample else {}
        return self._known[at]

    def best(self, column: Column, home: Profile, other: Profile) -> tuple[str | None, float]:
        """The column of `other` that holds most of the values, and which share."""
        shares = self.shares(column, home, other)
        name = max(shares, key=lambda one: shares[one], default=None)
        return name, shares.get(name, 0.0) if name else 0.0

    def depends(self, column: Column, key: Column, home: Profile) -> bool | None:
        """Whether a column says the same in all rows of one key; None where no key has several rows."""
        asked = fill(
            """SELECT max(differ), max(rows) FROM (SELECT count(DISTINCT {c}) AS differ, count(*) AS rows
                FROM {t} WHERE {k} IS NOT NULL GROUP BY {k})""",
            c=sql.name(column.name), k=sql.name(key.name), t=sql.name(home.relation),
        )  # fmt: skip
        differ, rows = run.execute(self.connection, asked).fetchone() or (0, 0)
        return None if not rows or rows < 2 else bool(differ <= 1)

    def _asked(self, column: Column, other: Profile) -> Iterator[tuple[str, float]]:
        values = sorted({part.casefold() for value in column.sample for part in _parts(value)})[:500]
        for there in [one for one in other.columns if _identifies(one)][:MOST]:
            asked = fill(
                "SELECT count(*) FROM unnest({v}) AS u(v) WHERE v IN (SELECT lower({c}) FROM {t})",
                v=sql.bind(values), c=sql.name(there.name), t=sql.name(other.relation),
            )  # fmt: skip
            found = (run.execute(self.connection, asked).fetchone() or (0,))[0]
            if found:
                yield there.name, found / len(values)


def _parts(value: str) -> list[str]:
    """The several addresses or keys of one cell."""
    return [part for part in _SEVERAL.split(value) if part] if "@" in value or ";" in value else [value]


def _identifies(column: Column) -> bool:
    """Whether a column's values may tell its rows apart."""
    told_apart = column.filled > 0 and column.distinct >= 0.5 * column.filled
    return told_apart and not column.is_mostly("date") and column.share("decimal") < 0.5
