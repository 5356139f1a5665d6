"""Columns of several files that mean the same under other headers: one file's `ort` is the other's `city`."""

from collections.abc import Collection, Iterator

import pandas as pd

from graph.search_key.fold import words
from ingest.resolve.profile import COMPARED, Column, Meaning, profile
from ingest.resolve.records import Records

SAMPLE = 2_000
"""Values of a column whose words are compared."""
SHARED = 0.3
"""Share of the words of the one with fewer from which two columns of unlike meanings hold the same."""
NAMED: frozenset[Meaning] = frozenset(
    {"title", "word", "person_name", "company_name", "place", "street", "text"}
)
"""Meanings of columns of words, which one header tells better than another."""


def aligned(records: Records, given: Collection[str] = ()) -> Records:
    """The records with each later file's columns under the headers of the files before, where they mean the
    same. Columns that all files have, and `given` ones, stay as they are."""
    rows = records.rows
    for file in range(1, int(records.file.max()) + 1 if len(records.file) else 0):
        here, before = records.file == file, records.file < file
        own = _filled(rows[here]) - _filled(rows[before]) - set(given)
        theirs = _filled(rows[before]) - _filled(rows[here]) - set(given)
        for column, like in _matched(rows[here][sorted(own)], rows[before][sorted(theirs)]):
            moved = {like: rows[like].where(~here, rows[column]), column: rows[column].where(~here, None)}
            rows = rows.assign(**moved)
            if rows[column].isna().all():  # else a later file has it, too
                rows = rows.drop(columns=column)
    return Records(rows, records.file, records.key)


def _filled(rows: pd.DataFrame) -> set[str]:
    return {str(column) for column in rows.columns if rows[column].notna().any()}


def _matched(own: pd.DataFrame, theirs: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Pairs of columns that mean the same, the likeliest first, each column once."""
    left, right = _compared(own), _compared(theirs)
    said = {column.name: _words(own[column.name]) for column in left}
    told = {column.name: _words(theirs[column.name]) for column in right}
    scored = [
        (score, one.name, other.name)
        for one in left
        for other in right
        if (score := _alike(one, other, said[one.name], told[other.name])) > 0
    ]
    taken: set[tuple[str, str]] = set()
    for _, one, other in sorted(scored, reverse=True):
        if ("own", one) not in taken and ("theirs", other) not in taken:
            taken |= {("own", one), ("theirs", other)}
            yield one, other


def _compared(rows: pd.DataFrame) -> list[Column]:
    return [column for column in profile(rows) if column.meaning in COMPARED] if len(rows.columns) else []


def _words(cells: pd.Series) -> frozenset[str]:
    """The different words of a column."""
    return frozenset(word for cell in cells.dropna().iloc[:SAMPLE] for word in words(str(cell)))


def _alike(one: Column, other: Column, said: frozenset[str], told: frozenset[str]) -> float:
    """How likely two columns mean the same: 1 for one meaning, and the share of their words; 0 where not."""
    share = len(said & told) / max(1, min(len(said), len(told)))
    if one.meaning == other.meaning:
        return 1.0 + share
    return share if {one.meaning, other.meaning} <= NAMED and share >= SHARED else 0.0
