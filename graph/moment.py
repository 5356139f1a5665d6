"""Moments: everything is stored and compared in UTC."""

from datetime import UTC, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Beyond these, engines and clocks overflow."""
BEGINNING, END = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
"""Before and after all that anybody tells."""


def in_utc(moment: datetime) -> datetime:
    """The same instant as an aware UTC datetime; a naive one is read as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def naive(moment: datetime) -> datetime:
    """The moment as the history holds moments: UTC without a zone."""
    return in_utc(moment).replace(tzinfo=None)
