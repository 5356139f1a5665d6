"""Durations as people and programs write them, in minutes; a number alone counts minutes."""

import re
import unicodedata
from decimal import Decimal

from ingest.reading.errors import NotUnderstood
from ingest.reading.number import read_number

SECONDS = frozenset({"sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos", "秒"})
"""Words of a header that count a duration in seconds."""
HOUR, LONGEST_TALK = 60, 480
"""Minutes; a talk of more than `LONGEST_TALK` would take more than a working day."""
ROUND, MOSTLY = 5, 0.9
"""People round minutes to fives, mostly."""

_UNITS: dict[Decimal, str] = {
    Decimal(60): r"h|hrs?|hours?|std|stunden?|heures?|horas?|ore|uur|小时|小時|时|時間|시간",
    Decimal(1): r"m|mins?|minutes?|minuten?|minutos?|minuti|分钟|分鐘|分|분",
    Decimal(1) / 60: r"s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|secondi|秒钟|秒|초",
}
_PART = re.compile("|".join(
    rf"(?P<n{place}>\d+(?:[.,]\d+)?)\s*(?:{words})\.?(?![a-zäöü])"
    for place, words in enumerate(_UNITS.values())
))  # fmt: skip
_BETWEEN = re.compile(r"(\s|,|\b(and|und|et|y|e)\b)*")
_CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d)(?:\.0+)?")
_SHORT = re.compile(r"\d+:\d\d")


def read_minutes(text: str, decimal: str | None = None, thousands: str | None = None) -> Decimal:
    """The minutes that a text means: `1h 20m`, `90 s`, `0:05:30`, `PT1H20M`, `5 分钟`, `12.5`.

    Raises NotUnderstood; `12:05` may be hours or minutes.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return round(Decimal(60 * hours + minutes) + Decimal(seconds) / 60, 6)
    if _SHORT.fullmatch(plain):
        raise NotUnderstood("it may be hours and minutes or minutes and seconds: write it as h:mm:ss")
    bare = plain.removeprefix("pt")
    parts = list(_PART.finditer(bare))
    if parts and _BETWEEN.fullmatch(_PART.sub(" ", bare)):
        return round(sum((_minutes(part) for part in parts), Decimal()), 6)
    return read_number(text, decimal, thousands).value


def _minutes(part: re.Match[str]) -> Decimal:
    place, number = next((place, part[f"n{place}"]) for place in range(len(_UNITS)) if part[f"n{place}"])
    return Decimal(number.replace(",", ".")) * list(_UNITS)[place]
