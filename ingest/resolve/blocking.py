"""Which pairs are compared at all: keys of columns, chosen by how many pairs each makes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.resolve.prepare import Prepared
from ingest.resolve.profile import Column, Meaning

PAIRS_PER_RECORD = 30
LEAST_PAIRS = 300_000
MOST_RULES = 16

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


def keys(prepared: Prepared, connection: object) -> list[Key]:
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


def _atoms(prepared: Prepared, column: Column, connection: object) -> Iterator[Key]:
    if column.meaning in _NO_KEY:
        return
    name = prepared.names[column.name]
    for part in (name, *(form.format(n=name) for form in _COARSE.get(column.meaning, ()))):
        yield _counted((part,), (name,), connection)


def _combined(wide: list[Key], connection: object, budget: int) -> Iterator[Key]:
    for one, other in itertools.combinations(wide, 2):
        if one.columns != other.columns:
            key = _counted((*one.parts, *other.parts), (*one.columns, *other.columns), connection)
            if 0 < key.pairs <= budget / 6:
                yield key


def _counted(parts: tuple[str, ...], columns: tuple[str, ...], connection: object) -> Key:
    filled = " and ".join(f"({part}) is not null" for part in parts)
    sizes = f"select count(*) as n from prepared where {filled} group by {', '.join(parts)}"  # noqa: S608 - names made here
    pairs, rows, total = connection.execute(  # type: ignore[attr-defined]
        f"select sum(n * (n - 1) // 2), sum(n), (select count(*) from prepared) from ({sizes})"  # noqa: S608 - the same
    ).fetchall()[0]
    return Key(parts, columns, int(pairs or 0), float(rows or 0) / max(1, total))
