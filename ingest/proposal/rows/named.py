"""A table and what its rows are; a column of it that names another record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.record import Record

LEAST = 0.62
"""Score from which a header names a record."""
SAID_PLAINLY = 0.99
"""Score of a header that says whose number it is without a further word: `Customer No`."""
FEW_CELLS = 15
"""Cells from which it says something how many of them differ."""
SAYS_OWN = 0.75
"""Score from which a header is a field of the row's own record."""
HELD = 0.3
"""Share of values from which another table's column is taken for the one that is named."""
SURE_BY_VALUES = 0.9
"""Share from which values alone show it, where a header says nothing."""
HALF = 0.5
"""Score of a header of which half says what it is: 申请部门."""
MOST = 0.8
"""Share of them that must stand with several others."""
PEOPLE = ("Employee", "Contact")


@dataclass(frozen=True, slots=True)
class Held:
    """A table and what its rows are."""

    profile: Profile
    record: Record


@dataclass(frozen=True, slots=True)
class Named:
    """A column that names a record of `label` by its key, name or mail address."""

    column: Column
    label: str
    by: str | None
    score: float
    role: str | None = None
    """A link that the header's word tells of."""
    part: str | None = None
    held: Profile | None = None
    """Another table that holds such records."""
    there: str | None = None
    """Its column that holds the values."""
    share: float = 0.0
    said: bool = True
    """Whether the header says so; else only values do."""


def groups(found: Sequence[Named]) -> Mapping[tuple[str, str | None, str | None], list[Named]]:
    """Columns that name one and the same record, by label and role."""
    by: dict[tuple[str, str | None, str | None], list[Named]] = defaultdict(list)
    for one in found:
        by[one.label, one.role, one.part].append(one)
    return by
