"""Time zones as exports write them, and wall-clock times of a zone as UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ingest.reading.errors import NotUnderstood

HOURS = {
    "utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2,
    "mez": 1,
    "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "edt": -4, "est": -5, "cdt": -5, "mdt": -6, "mst": -7,
    "pdt": -7,
    "pst": -8, "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10,
    "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Hours ahead of UTC by abbreviation (RFC 5322 for the American ones)."""
SHARED = {
    "cst": "China or US Central", "ist": "India, Israel or Ireland", "bst": "Britain or Bangladesh",
    "ast": "Atlantic or Arabia", "gst": "Gulf or Guam", "sst": "Samoa or Singapore",
}  # fmt: skip
"""Abbreviations that several zones share: never guessed."""
FARTHEST = timedelta(hours=14)

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def read_zone(text: str) -> tzinfo:
    """`Z`, `+08:00`, `GMT+2`, `CET` or `Europe/Berlin`. Raises NotUnderstood."""
    name = text.strip().strip("[]")
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        return _offset(text, *offset.groups())
    if name.lower() in HOURS:
        return timezone(timedelta(hours=HOURS[name.lower()]))
    if name.lower() in SHARED:
        places = SHARED[name.lower()]
        raise NotUnderstood(f"the zone `{name}` may be {places}: write an offset such as +08:00")
    try:
        return named_zone(_names().get(name.lower(), name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotUnderstood(f"`{name}` is no time zone") from error


def _offset(text: str, sign: str, hours: str, minutes: str | None) -> tzinfo:
    away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if away > FARTHEST or int(minutes or 0) > 59:
        raise NotUnderstood(f"`{text.strip()}` is no offset from UTC")
    return timezone(-away if sign == "-" else away)


@cache
def _names() -> dict[str, str]:
    """The names of the tz database as it spells them, by lower case."""
    return {name.lower(): name for name in available_timezones()}


@lru_cache(maxsize=64)
def named_zone(name: str) -> ZoneInfo:
    """A zone of the tz database. Raises ZoneInfoNotFoundError or ValueError."""
    return ZoneInfo(name)


def in_utc(local: datetime, zone: tzinfo) -> datetime:
    """A wall-clock time in UTC; the first of two where clocks went back.

    Raises NotUnderstood where the clocks skipped it, and where the zone kept only local mean time.
    """
    aware = local.replace(tzinfo=zone)
    offset = aware.utcoffset() or timedelta()
    if offset.total_seconds() % 900:
        raise NotUnderstood(f"{zone} had no standard time at `{local.isoformat(' ')}`")
    moment = aware.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise NotUnderstood(f"the clocks of {zone} skipped `{local.isoformat(' ')}`: check `timezone:`")
    return moment
