"""A file of known reporting lines, and who its people are in the graph."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from gnn.features.history import Ints
from graph.errors import UsageError

COLUMNS = ("person", "manager")
BATCH = 1_000
LABELS = ("Employee", "Contact")
NOBODY = -1
"""The number of somebody whom the graph does not know."""


class TruthUnreadable(UsageError):
    """The file of known reporting lines is not one."""


@dataclass(frozen=True)
class Truth:
    """Rows of the file; people are numbered as in the mail log, `NOBODY` where the graph lacks them."""

    person: Ints
    manager: Ints
    names: tuple[str, ...]
    """Persons as the file writes them."""

    @property
    def known(self) -> Ints:
        """Rows that state a line between two different people of the graph."""
        both = (self.person != NOBODY) & (self.manager != NOBODY) & (self.person != self.manager)
        return np.flatnonzero(both)

    @property
    def missing(self) -> int:
        """Rows whose person the graph does not know."""
        return int((self.person == NOBODY).sum())


class Reader(Protocol):
    """The part of a store that is needed to find people."""

    def read(self, asked: str, /, **params: object) -> list[dict[str, object]]:
        """Rows of a read query."""


def read_truth(file: Path) -> list[tuple[str, str]]:
    """The pairs (person, manager) of a CSV file, every row one. Raises TruthUnreadable."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            header = opened.readline()
            opened.seek(0)
            rows = list(csv.DictReader(opened, delimiter=_delimiter(header)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TruthUnreadable(f"{file} cannot be read as a CSV file in UTF-8: {error}") from error
    clean = [{(key or "").strip().casefold(): value for key, value in row.items()} for row in rows]
    found = set(clean[0] if clean else ())
    if not rows or not set(COLUMNS) <= found:
        raise TruthUnreadable(
            f"{file} needs a header with the columns person and manager, and at least one row"
        )
    return [((row["person"] or "").strip(), (row["manager"] or "").strip()) for row in clean]


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def find_people(store: Reader, people: Sequence[str], lines: Sequence[tuple[str, str]]) -> Truth:
    """The people of these lines among `people` (`Label|id`), by our ids, retired ones, or `source:key`."""
    number = {person: place for place, person in enumerate(people)}
    asked = sorted({text for line in lines for text in line if text})
    found = _found(store, number, asked)
    pairs = [(found.get(person, NOBODY), found.get(manager, NOBODY)) for person, manager in lines]
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Truth(array[:, 0], array[:, 1], tuple(person for person, _ in lines))


def _found(store: Reader, number: Mapping[str, int], asked: Sequence[str]) -> dict[str, int]:
    """Text → number. One that could be an employee or a contact is the employee."""
    found: dict[str, int] = {}
    for label in reversed(LABELS):
        for start in range(0, len(asked), BATCH):
            keys = [f"{label}|{text}" for text in asked[start : start + BATCH]]
            for row in store.read("alias.people", alias_ids=keys):
                place = number.get(f"{label}|{row['id']}")
                if place is not None:
                    found[str(row["alias_id"]).removeprefix(f"{label}|")] = place
        found |= {text: number[f"{label}|{text}"] for text in asked if f"{label}|{text}" in number}
    return found
