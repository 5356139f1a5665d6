"""Which stamp is now: the newest that does not stand alone.

A stamp stands alone where it follows every earlier stamp by more than the load's *quiet time* and no other
record is stamped near it: a mistyped year looks so, a company's last days do not.

The quiet time is eight times the median distance of the days on which events happened, and at least a quarter
of a year. Where fewer than four days have events it is measured over all stamped days, of which thirty are
needed: the few start days of a contact list lie far apart and say nothing about each other. A load too small
for either takes the quiet time of the loads before it; where there is none, its newest stamp counts.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

LEAST_QUIET_DAYS = 92.0
"""A quarter of a year: shops that close for a season are silent as long."""
GAPS = 8.0
"""Distances between days of events that a company may be silent for."""
EVENT_DAYS = 4
STAMPED_DAYS = 30
"""Days from which a quiet time can be measured: of events, and of anything that is stamped."""
ONE_IN = 1000
"""Of this many records one may be mistyped: so many more must stand near the newest stamp of a large load."""


class Day(NamedTuple):
    """A day with stamps: how many records bear one, and whether any of them is an event."""

    first: datetime
    last: datetime
    records: int
    event: bool


def quiet_days(days: Sequence[Day], before: float | None) -> float | None:
    """The quiet time that the days show, in days. before: that of earlier loads."""
    events = [day.first for day in days if day.event]
    measured = events if len(events) >= EVENT_DAYS else [day.first for day in days]
    if len(measured) < (EVENT_DAYS if measured is events else STAMPED_DAYS):
        return before
    gaps = [(later - earlier).total_seconds() / 86400.0 for earlier, later in pairwise(measured)]
    return max(LEAST_QUIET_DAYS, GAPS * median_low(gaps))


def newest(days: Sequence[Day], quiet: float | None, known: datetime | None) -> Day | None:
    """The newest day that does not stand alone. Where every day does, the newest of all, unless now is known.

    days: at least one, oldest first. known: the company's now before this load, which nothing near it
    stands alone beside.
    """
    needed = max(2, sum(day.records for day in days) // ONE_IN)
    for group in reversed(_groups(days, quiet)):
        if sum(day.records for day in group) >= needed or _near(known, group, quiet):
            return group[-1]
    return days[-1] if known is None else None


def _groups(days: Sequence[Day], quiet: float | None) -> list[list[Day]]:
    """The days, parted where it was quiet for longer than `quiet` days."""
    groups = [[days[0]]]
    for earlier, later in pairwise(days):
        if quiet is not None and later.first - earlier.last > timedelta(days=quiet):
            groups.append([])
        groups[-1].append(later)
    return groups


def _near(known: datetime | None, group: Sequence[Day], quiet: float | None) -> bool:
    if quiet is None:
        return True
    return known is not None and group[0].first - known <= timedelta(days=quiet)
