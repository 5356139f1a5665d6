"""Days as JD Edwards counts them, CYYDDD: years since 1900, day of the year; `125032` is 2025-02-01."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

PLAUSIBLE = (1970, 2069)
"""Years of business: other numbers of six digits are hardly days."""
NO_DAY = "0"
"""What stands where there is no day."""


def read_century_day(text: str) -> date | None:
    """The day that six digits mean, in a plausible year; None where they mean none."""
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    year, day = 1900 + int(text[:3]), int(text[3:])
    if not PLAUSIBLE[0] <= year <= PLAUSIBLE[1] or day == 0:
        return None
    found = date(year, 1, 1) + timedelta(days=day - 1)
    return found if found.year == year else None


def are_century_days(values: Collection[str]) -> bool:
    """Whether all values are such days and cannot be year, month and day (`120115`) as well."""
    days = [value for value in values if value != NO_DAY]
    return bool(days) and all(map(read_century_day, days)) and not all(map(_may_be_year_first, days))


def _may_be_year_first(text: str) -> bool:
    try:
        datetime.strptime(text, "%y%m%d")  # noqa: DTZ007 - only whether there is such a day
    except ValueError:
        return False
    return True
