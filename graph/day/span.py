"""A day of an employee: from midnight to midnight in their time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph.errors import UsageError
from graph.moment import FIRST_YEAR, LAST_YEAR


class DayNotReached(UsageError):
    """The data say nothing of the day yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` until before `until`, read as of `as_of`, all in UTC; `now` is the company's."""

    day: date
    zone: str
    begin: datetime
    until: datetime
    as_of: datetime
    now: datetime

    @property
    def past(self) -> bool:
        """Whether the day is over."""
        return self.as_of < self.now


def span(day: date | None, zone: str, now: datetime) -> Span:
    """The day in this zone, by default that of the company's `now`.

    The day of `now` is read as of `now`, an earlier one as of its midnight, when it began. Raises UsageError
    for a zone that does not exist and a day far outside of any data, DayNotReached for a later day.
    """
    known = _zone(zone)
    today = now.astimezone(known).date()
    chosen = today if day is None else day
    if not FIRST_YEAR <= chosen.year <= LAST_YEAR:
        raise UsageError(f"`date` must lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    if chosen > today:
        raise DayNotReached(f"the data end on {today}; ask for that day or an earlier one")
    begin = datetime.combine(chosen, time(), known).astimezone(UTC)
    until = datetime.combine(chosen + timedelta(days=1), time(), known).astimezone(UTC)
    return Span(chosen, zone, begin, until, now if chosen == today else begin, now)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"no time zone {name[:40]!r}; write one such as Asia/Shanghai") from error
