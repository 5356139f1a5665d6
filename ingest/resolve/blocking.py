"""Which pairs are compared at all: keys of columns, chosen by how many pairs each makes."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from ingest.resolve.prepare import Prepared
from ingest.resolve.profile import Column, Meaning

PAIRS_PER_RECORD = 30
LEAST_PAIRS = 300_000
MOST_RULES = 16
SESSIONS_PER_COLUMN, MOST_SESSIONS = 1, 5


_COARSE: dict[Meaning, tuple[str, ...]] = {
    "given_name": ("left({n}, 3)",),
    "surname": ("left({n}, 4)",),
    "person_name": ("left({n}, 5)",),
    "company_name": ("left({n}, 5)",),
    "title": ("left({n}, 5)",),
    "word": ("left({n}, 4)",),
    "date": ("left({n}, 4)", "right({n}, 4)"),
    "postcode": ("left({n}, 3)",),
    "phone": ("right({n}, 6)",),
    "email": ("split_part({n}, '@', 1)",),
    "street": ("left({n}, 8)",),
    "place": ("left({n}, 4)",),
    "code": ("left({n}, 5)",),
}
_NO_KEY: frozenset[Meaning] = frozenset({"text", "number"})


@dataclass(frozen=True, slots=True)
class Key:
    """What two records must have in common, as SQL over one record, and how many pairs have it."""

    parts: tuple[str, ...]
    columns: tuple[str, ...]
    """Prepared columns that it reads."""
    pairs: int
    filled: float


def keys(prepared: Prepared, connection: duckdb.DuckDBPyConnection) -> list[Key]:
    """Blocking keys within the budget: those of one column first, the most telling first."""
    budget = max(LEAST_PAIRS, PAIRS_PER_RECORD * len(prepared.table))
    single = [key for column in prepared.columns for key in _atoms(prepared, column, connection)]
    chosen, left = list[Key](), budget
    wide = [key for key in single if key.pairs > budget / 6]
    narrow = sorted((key for key in single if 0 < key.pairs <= budget / 6), key=lambda key: key.pairs)
    combined = sorted(_combined(wide, connection, budget), key=lambda key: key.pairs)
    for key in itertools.chain(narrow, combined):
        if key.pairs <= left and len(chosen) < MOST_RULES:
            chosen.append(key)
            left -= key.pairs
    return chosen


def _atoms(prepared: Prepared, column: Column, connection: duckdb.DuckDBPyConnection) -> Iterator[Key]:
    if column.meaning in _NO_KEY:
        return
    name = prepared.names[column.name]
    for part in (name, *(form.format(n=name) for form in _COARSE.get(column.meaning, ()))):
        yield _counted((part,), (name,), connection)


def _combined(wide: list[Key], connection: duckdb.DuckDBPyConnection, budget: int) -> Iterator[Key]:
    for one, other in itertools.combinations(wide, 2):
        if one.columns != other.columns:
            key = _counted((*one.parts, *other.parts), (*one.columns, *other.columns), connection)
            if 0 < key.pairs <= budget / 6:
                yield key


def _counted(parts: tuple[str, ...], columns: tuple[str, ...], connection: duckdb.DuckDBPyConnection) -> Key:
    filled = " and ".join(f"({part}) is not null" for part in parts)
    sizes = f"select count(*) as n from prepared where {filled} group by {', '.join(parts)}"  # noqa: S608 - names made here
    pairs, rows, total = connection.execute(
        f"select sum(n * (n - 1) // 2), sum(n), (select count(*) from prepared) from ({sizes})"  # noqa: S608 - the same
    ).fetchall()[0]
    return Key(parts, columns, int(pairs or 0), float(rows or 0) / max(1, total))


def training_keys(prepared: Prepared, connection: duckdb.DuckDBPyConnection, least: int) -> list[Key]:
    """Keys of few pairs, of which many match: learning on them finds people rather than households.

    Every column is left free by at least one key, where there are so many.
    """
    exact = [
        _counted((name,), (name,), connection)
        for column in prepared.columns
        if column.meaning not in _NO_KEY and (name := prepared.names[column.name])
    ]
    pairs = (
        _counted((*one.parts, *other.parts), (*one.columns, *other.columns), connection)
        for one, other in itertools.combinations([key for key in exact if key.pairs], 2)
    )
    enough = sorted((key for key in (*exact, *pairs) if key.pairs >= least), key=lambda key: key.pairs)
    chosen, free = list[Key](), Counter[str]()
    names = [prepared.names[column.name] for column in prepared.columns]
    for key in enough:
        left_free = [name for name in names if _reads(name, prepared).isdisjoint(key.columns)]
        if any(free[name] < SESSIONS_PER_COLUMN for name in left_free) and len(chosen) < MOST_SESSIONS:
            chosen.append(key)
            free.update(left_free)
    return chosen


def _reads(name: str, prepared: Prepared) -> set[str]:
    """The columns that a comparison reads: swapped given names and surnames are told by both."""
    persons = {
        prepared.names[column.name]
        for column in prepared.columns
        if column.meaning in ("given_name", "surname")
    }
    return persons if name in persons else {name}
