"""Whether dates, zones, date patterns and regular expressions inside a mapping are well formed."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

FORMATS = ("iso", "day-first", "month-first", "excel", "epoch", "epoch-ms", "epoch-us", "cyyddd")
"""Named date formats."""


def is_iso(text: str) -> bool:
    """An ISO date or time."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_zone(name: str) -> bool:
    """A time zone that the tz database knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_time_pattern(pattern: str) -> bool:
    """A strptime pattern as the staging database reads it."""
    return "%" in pattern and _accepted("SELECT try_strptime('', ?)", pattern)


def is_regex(pattern: str) -> bool:
    """A regular expression as the staging database reads it (RE2)."""
    return _accepted("SELECT regexp_matches('', ?)", pattern)


def _accepted(question: str, text: str) -> bool:
    with duckdb.connect() as connection:
        try:
            connection.execute(question, [text])
        except duckdb.Error:
            return False
    return True
