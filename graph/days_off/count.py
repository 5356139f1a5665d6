"""Public holidays and quiet weeks of a country, and how much longer one waits for them.

Weekends count as ever: what a silence is measured by is counted in days of the calendar, weekends included.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from graph.country import country_code
from graph.packaged import packaged_yaml

YEAR = 365
MOST_A_YEAR = 62
"""More days off than any country has in a year."""


def patient_until(since: datetime, patience: timedelta, country: str | None) -> datetime:
    """When so long has passed since a moment, without the days off of a country (its name or code).

    Of a country that is not known every day counts.
    """
    code = None if country is None else country_code(country)
    due, waited = since + patience, 0
    while code is not None and (off := _days_off(code, since.date(), due.date())) > waited:
        due, waited = due + timedelta(days=off - waited), off
    return due


def most_off(patience: timedelta) -> timedelta:
    """No days off make one wait longer than this."""
    return timedelta(days=MOST_A_YEAR * (patience.days // YEAR + 2))


def _days_off(code: str, after: date, until: date) -> int:
    """Days off behind one day, up to another."""
    return sum(
        bisect_right(days, until) - bisect_right(days, after)
        for days in (_of_year(code, year) for year in range(after.year, until.year + 1))
    )


@cache
def _of_year(code: str, year: int) -> tuple[date, ...]:
    """All of a year, rising."""
    known = code in holidays.list_supported_countries(include_aliases=False)
    public = holidays.country_holidays(code, years=year) if known else ()
    return tuple(sorted({day for day in public if day.year == year} | _quiet(code, year)))


def _quiet(code: str, year: int) -> set[date]:
    return {
        first + timedelta(days=number)
        for first, last in _quiet_weeks(code, year)
        for number in range((last - first).days + 1)
    }


def _quiet_weeks(code: str, year: int) -> list[tuple[date, date]]:
    declared = packaged_yaml("graph.days_off", "quiet_weeks.yml").values()
    spans = [rest["days"] for rest in declared if code in rest["countries"]]
    return [
        (date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")) for first, last in spans
    ]
