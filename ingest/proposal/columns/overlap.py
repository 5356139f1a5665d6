"""Which columns of other tables hold a column's values: what shows that one record names another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from ingest.proposal.columns.profile import Column, Profile

_SEVERAL = re.compile(r"[;,，；、|]\s*")
_NUMBERED = re.compile(r"[^#]*\s#\s?(\S+)")
"""A number behind what it is the number of: `Sales Order #SO10235`."""
MOST = 40
"""Columns of another table that are looked at."""
MANY = 10
"""Different codes from which they number records rather than classes."""
ASKED = 500
"""Values that are looked for."""


@dataclass(slots=True)
class Overlap:
    """Shares of a column's sampled values that occur in columns of other tables; each pair is asked once."""

    _known: dict[tuple[int, str, int], dict[str, float]] = field(default_factory=dict)
    _values: dict[tuple[int, str], pa.Array] = field(default_factory=dict)

    def shares(self, column: Column, home: Profile, other: Profile) -> dict[str, float]:
        """The share of `column`'s values that occur in each column of `other` that tells its rows apart."""
        at = (id(home), column.name, id(other))
        if at not in self._known:
            self._known[at] = dict(self._asked(column, other)) if column.sample else {}
        return self._known[at]

    def best(self, column: Column, home: Profile, other: Profile) -> tuple[str | None, float]:
        """The column of `other` that holds most of the values, and which share."""
        shares = self.shares(column, home, other)
        name = max(shares, key=lambda one: shares[one], default=None)
        return name, shares.get(name, 0.0) if name else 0.0

    def _asked(self, column: Column, other: Profile) -> Iterator[tuple[str, float]]:
        values = sorted({part.casefold() for value in column.sample for part in _parts(value)})[:ASKED]
        asked = pa.array(values, pa.string())
        referring = all(map(numbered, column.sample))  # then a few numbers are those of records, too
        for there in [
            one for one in other.columns if _identifies(one) or (referring and one.is_mostly("code"))
        ][:MOST]:
            found = pc.sum(pc.is_in(asked, value_set=self._there(there, other))).as_py() or 0
            if found:
                yield there.name, found / len(values)

    def _there(self, column: Column, other: Profile) -> pa.Array:
        """The distinct values of a column in lower case."""
        at = (id(other), column.name)
        if at not in self._values:
            cells = pc.utf8_lower(pc.drop_null(other.data.column(column.name)))
            self._values[at] = pc.unique(cells)
        return self._values[at]


def depends(column: Column, key: Column, home: Profile) -> bool | None:
    """Whether a column says the same in all rows of one key; None where no key has several rows."""
    if key.distinct == key.filled:
        return None
    if column.name == key.name:
        return True
    pairs = home.data.select([key.name, column.name]).filter(pc.is_valid(home.data.column(key.name)))
    keys = pairs.group_by(key.name).aggregate([(column.name, "count_distinct")])
    return bool(pc.max(keys.column(f"{column.name}_count_distinct")).as_py() <= 1)


def _parts(value: str) -> list[str]:
    """The several addresses or keys of one cell, a key in a text alone."""
    if (number := numbered(value)) is not None:
        return [number]
    return [part for part in _SEVERAL.split(value) if part] if "@" in value or ";" in value else [value]


def numbered(value: str) -> str | None:
    """The number at the end of a text behind `#`; None where there is none."""
    found = _NUMBERED.fullmatch(value)
    return found[1] if found else None


def _identifies(column: Column) -> bool:
    """Whether a column's values may tell its rows apart."""
    coded = column.is_mostly("code") or (column.is_mostly("integer") and not column.is_mostly("small"))
    numbered = coded and column.distinct >= MANY  # each may stand on several lines
    told_apart = column.filled > 0 and column.distinct >= (0.15 if numbered else 0.5) * column.filled
    return told_apart and not column.is_mostly("date") and column.share("decimal") < 0.5
