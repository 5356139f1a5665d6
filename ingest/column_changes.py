"""Columns that came, went, or were renamed since the last load of the same dataset.

A column that the mapping reads and the file lacks stops the load (`ColumnMissing`), with the name that it may
have now. A new column is not loaded until the mapping names it; one that is gone and was not read costs
nothing. Both are said.
"""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Named
from difflib import get_close_matches
from pathlib import Path

from ingest.mapping.model import Mapping
from ingest.revert.archive import newest_runs
from ingest.transform.columns import columns_used

LOOKED_AT = 20
"""Loads among which the last one of a dataset is looked for."""


def column_notes(home: Path, mapping: Mapping, columns: Named[str, Collection[str]]) -> Iterator[str]:
    """A sentence for each change of a dataset's columns since its last load; `columns` are those of this one.

    Events of a live source have the columns that they need, which says nothing.
    """
    before: dict[tuple[str, str], list[str]] = {}
    used = columns_used(mapping)
    for run in newest_runs(home, LOOKED_AT):
        for name, names in run.columns.items() if run.finished else ():
            before.setdefault((run.mapping.source_of(name), name), names)
    for name, now in columns.items():
        past = before.get((mapping.source_of(name), name))
        if past is not None and not mapping.is_live(name):
            yield from _changes(name, past, now, used[name])


def _changes(name: str, past: Collection[str], now: Collection[str], used: Collection[str]) -> Iterator[str]:
    """What changed among the columns that the mapping does not read: those that it reads are there."""
    new = [column for column in now if column not in past and column not in used]
    gone = [column for column in past if column not in now]
    renamed = {column: to for column in gone for to in get_close_matches(column, new, 1)}
    for column, to in renamed.items():
        yield f"{name}: column `{column}` seems to be called `{to}` now; the mapping reads neither"
    if left := [f"`{column}`" for column in new if column not in renamed.values()]:
        yield f"{name}: new {_columns(left)}, not loaded until the mapping names {_it(left)}"
    if left := [f"`{column}`" for column in gone if column not in renamed]:
        yield f"{name}: {_columns(left)} no longer in the file; the mapping does not read {_it(left)}"


def _columns(names: list[str]) -> str:
    return f"{'column' if len(names) == 1 else 'columns'} {', '.join(names)}"


def _it(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"
