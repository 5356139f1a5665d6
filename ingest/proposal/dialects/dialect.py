"""The tables of well-known systems: coded names of columns, and the plain words that they stand for.

One file of a system states its published dictionary: `columns` that any of its tables may have, and `tables`
with the words of file names (`files`), what their rows are (`rows`), what stands before each column's name
(`prefix`) and their own columns. The words are such as the lexicon reads: `customer number`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.reading.bare import bare_text

PACKAGE = "ingest.proposal.dialects"
COMMON = 4
"""Systems from which a column's name tells of none of them."""


@dataclass(frozen=True, slots=True)
class TableNames:
    """One table of a system; its columns by their form."""

    system: str
    files: frozenset[str]
    rows: str
    """Words that say what a row is."""
    own: Mapping[str, str]
    shared: Mapping[str, str]
    """Columns that others of the system's tables have as well."""

    def said(self, form: str) -> str | None:
        """The plain words for a column; None where the table has none of this form."""
        return self.own.get(form) or self.shared.get(form)


@cache
def table_names() -> tuple[TableNames, ...]:
    """The tables of all systems."""
    return tuple(one for system, text in _stated() for one in _tables(system, text))


@cache
def coded_names() -> frozenset[str]:
    """The forms of all columns."""
    return frozenset(form for one in table_names() for form in (*one.own, *one.shared))


@cache
def common_names() -> frozenset[str]:
    """The forms of columns that so many systems have that they tell of none: `status`, `postalCode`."""
    systems = {one.system: set[str]() for one in table_names()}
    for one in table_names():
        systems[one.system].update(one.own, one.shared)
    having = Counter(form for forms in systems.values() for form in forms)
    return frozenset(form for form, count in having.items() if count >= COMMON)


def _stated() -> Iterator[tuple[str, str]]:
    for file in sorted(files(PACKAGE).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yml"):
            yield file.name.removesuffix(".yml"), file.read_text(encoding="utf-8")


def _tables(system: str, text: str) -> Iterator[TableNames]:
    stated: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    shared = stated.get("columns", {})
    for table in stated["tables"]:
        prefix = table.get("prefix", "")
        yield TableNames(
            system,
            frozenset(map(bare_text, table.get("files", []))),
            table["rows"],
            dict(_forms(table.get("columns", {}), prefix)),
            dict(_forms(shared, prefix)),
        )


def _forms(columns: Mapping[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    """Each column by its form, with the table's prefix and without; one key may state several names."""
    for names, words in columns.items():
        for name in names.split():
            yield bare_text(name), words
            if prefix:
                yield bare_text(prefix + name), words
