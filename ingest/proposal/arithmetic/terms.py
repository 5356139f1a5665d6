"""Which day of a paper is which: one that lies a few terms behind another is when it is due."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.words.header import readings
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import Order, read_moment

LEAST_ROWS = 8
"""Rows with both days from which their distance says something."""
MOST_ROWS = 300
"""First rows whose days are looked at."""
SURE = 0.9
"""Share of rows in which a day must lie behind another."""
TERMS = 6
"""Different terms, in days, that papers may have: 14, 30, 60."""
LEAST_TERM = 5
"""Days of the average term from which the later day is no copy of the first."""


def told_by_terms(profile: Profile, first: str, due: str) -> dict[str, str]:
    """By column: which of the days `first` and `due` (fields of a paper) it is, where a few terms tell.

    Of several pairs with few terms the one is taken whose headers say most; empty where there is none.
    """
    dated = [one for one in profile.columns if one.is_mostly("date") and one.share_filled >= SURE]
    days = {one.name: _days(profile, one) for one in dated}
    pairs = [
        (_says(one, first) + _says(other, due), one.name, other.name)
        for one in dated
        for other in dated
        if one is not other and _in_terms(days[one.name], days[other.name])
    ]
    if not pairs:
        return {}
    _, start, end = max(pairs, key=lambda pair: pair[0])
    return {start: first, end: due}


def _in_terms(first: Sequence[date | None], later: Sequence[date | None]) -> bool:
    """Whether days lie behind others by one of a few terms."""
    apart = [(b - a).days for a, b in zip(first, later, strict=True) if a is not None and b is not None]
    usual = sum(count for term, count in Counter(apart).most_common(TERMS) if term >= 0)
    return len(apart) >= LEAST_ROWS and usual >= SURE * len(apart) and sum(apart) >= LEAST_TERM * len(apart)


def _says(column: Column, name: str) -> float:
    """How much a header says for a day; one that says something else wholly speaks against it."""
    found = readings(column.said)
    other = max((one.score for one in found if one.said in ("attribute", "technical")), default=0.0)
    return max((one.score for one in found if one.name == name), default=-other)


def _days(profile: Profile, column: Column) -> list[date | None]:
    cells = profile.data.column(column.name).slice(0, MOST_ROWS).to_pylist()
    by_order = [[_day(cell, order) for cell in cells] for order in ("day-first", "month-first")]
    return max(by_order, key=lambda days: sum(one is not None for one in days))


def _day(cell: str | None, order: Order) -> date | None:
    try:
        return (
            None if cell is None else date.fromisoformat(read_moment(cell, order=order, year_last=True)[:10])
        )
    except (NotUnderstood, ValueError):
        return None
