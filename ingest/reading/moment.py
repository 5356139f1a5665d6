"""Dates and times as people and programs write them, read exactly or not at all.

Only what has one meaning is read. A day and a month that are both numbers need a stated order, unless
one of them is above 12. A year of two digits means 1969-2068 (the rule of POSIX and of
Oracle's RR). A day without time is that day in UTC, in whatever zone the source writes its times: a
calendar day is no instant.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal

from ingest.reading.errors import NotUnderstood
from ingest.reading.names import AFTERNOON, FORENOON, folded, months, weekdays
from ingest.reading.zone import HOURS, SHARED, in_utc, named_zone, read_zone
from ingest.reading.zone_names import zone_called

Order = Literal["day-first", "month-first"]
PIVOT = 69
"""Two-digit years from here on are of the 20th century."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are no dates of business; a mistyped or empty date looks so."""
OPEN_END = 9999
"""The year by which databases write that something has no end."""
UNKNOWN_FORM = 'it is no date in a known form: declare its format, such as "%d.%m.%Y %H:%M"'
SERIALS = (20_000, 80_000)
"""Spreadsheet serials of 1954 to 2119."""

_HALF = r"[ap]\.?\s?m\.?(?![^\W\d_])|上午|早上|午前|오전|下午|晚上|午後|오후"
_ZONE = (
    r"(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[a-z][a-z_]+/[a-z_/+-]+\d*|(?:"
    + "|".join([*HOURS, *SHARED])
    + r")(?![^\W_])"
)
_CLOCK = re.compile(
    rf"(?:(?P<early>{_HALF})\s?)?(?<!\d)(?P<hour>\d{{1,2}})\s?(?:[:時时点點]|h(?=\d))\s?(?P<minute>\d{{2}})\s?分?"
    r"(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?\s?秒?)?(?!\d)"
    rf"\s?(?P<late>{_HALF})?\s?(?P<zone>{_ZONE})?\s?(?:\[(?P<place>[A-Za-z_/+-]+)\]|\((?P<comment>[^)]*)\))?",
    re.IGNORECASE,
)
_DOTTED_CLOCK = re.compile(r"(?<=\s)(\d{1,2})\.(\d{2})\.(\d{2})(?=(?:\.\d+)?\s?[AP]M)", re.IGNORECASE)
"""Oracle's `30-JUL-23 03.11.22.123456 PM`."""
_FILLERS = frozenset(
    {"de", "del", "of", "the", "at", "um", "uhr", "den", "der", "le", "a", "on", "kl", "d", "г", "г.", "r"}
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er)\b", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{8})T?(\d{2})(\d{2})(\d{2})?(Z)?")
_YEAR_FIRST = re.compile(
    r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?|(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号日일]?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")


_HOURS_WORD = re.compile(r"^\s?uhr\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day, the zone beside it, and the text without them."""

    at: time | None
    zone: tzinfo | None
    rest: str


def read_moment(
    text: str,
    zone: str = "UTC",
    order: Order | None = None,
    *,
    open_end: bool = False,
    year_last: bool = False,
) -> str:
    """Canonical UTC text, such as `2024-01-31T09:30:00+00:00`.

    `zone` holds for times that name none; `order` for numeric dates, and `year_last` says that their years of
    two digits stand last. With `open_end` the year 9999 is a date. Raises NotUnderstood.
    """
    if any(unicodedata.category(character) == "No" for character in text):
        raise NotUnderstood(UNKNOWN_FORM)
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    clock = _clock(plain)
    year, month, day = _date(clock.rest, order, year_last)
    _check_year(year, open_end)
    try:
        local = datetime.combine(datetime(year, month, day), clock.at or time())  # noqa: DTZ001 - made aware below
    except ValueError as error:
        raise NotUnderstood(f"there is no day `{year:04}-{month:02}-{day:02}`") from error
    _check_weekday(clock.rest, local)
    if clock.at is None:
        return canonical(local.replace(tzinfo=UTC))
    return canonical(in_utc(local, clock.zone or named_zone(zone)))


def canonical(moment: datetime) -> str:
    """UTC text; microseconds only where there are any."""
    return moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds")


def _clock(text: str) -> _Clock:
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        day, hour, minute, second, utc = compact.groups()
        return _Clock(_time(hour, minute, second, None, None), UTC if utc else None, day)
    text = _DOTTED_CLOCK.sub(r"\1:\2:\3", text)
    found = _CLOCK.search(text)
    if found is None:
        return _Clock(None, None, text)
    at = _time(
        found["hour"], found["minute"], found["second"], found["fraction"], found["early"] or found["late"]
    )
    named = found["zone"] or found["place"] or found["comment"]
    zone = read_zone(named) if named else None
    before = re.sub(r"(?<=\d)[T:]$", "", text[: found.start()])
    behind = _HOURS_WORD.sub("", text[found.end() :])
    if zone is None:
        zone, before, behind = _called(before, behind)
    return _Clock(at, zone, f"{before} {behind}".strip(" ,;-"))


def _called(before: str, behind: str) -> tuple[tzinfo | None, str, str]:
    """The zone that stands by its name before the date or behind the time, and both texts without it."""
    if behind and (zone := zone_called(behind)) is not None:
        return zone, before, ""
    word = re.match(r"[^\d]+", before)
    if word is not None and (zone := zone_called(word[0])) is not None:
        return zone, before[word.end() :], behind
    return None, before, behind


def _time(hour: str, minute: str, second: str | None, fraction: str | None, half: str | None) -> time:
    hours = int(hour)
    if half is not None:
        late = half in AFTERNOON or half[0].lower() == "p"
        if not 1 <= hours <= 12 or not (late or half in FORENOON or half[0].lower() == "a"):
            raise NotUnderstood(f"`{hour} {half}` is no hour of the day")
        hours = hours % 12 + (12 if late else 0)
    micro = int((fraction or "0").ljust(6, "0")[:6])
    try:
        return time(hours, int(minute), int(second or 0), micro)
    except ValueError as error:
        raise NotUnderstood(f"`{hour}:{minute}` is no time of day") from error


def _date(text: str, order: Order | None, year_last: bool) -> tuple[int, int, int]:
    bare = text.strip(" ,;")
    found = _YEAR_FIRST.fullmatch(_without_weekday(bare))
    if found is not None:
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return int(year), int(month), int(day)
    if re.fullmatch(r"\d{8}", bare):
        return int(bare[:4]), int(bare[4:6]), int(bare[6:])
    numeric = _YEAR_LAST.fullmatch(_without_weekday(bare))
    if numeric is not None:
        if not year_last and _year_may_be_first(numeric[1], numeric[3], numeric[4]):
            raise NotUnderstood(
                "which number is the year? declare its format (such as day-first or month-first)"
            )
        return _ordered(numeric[1], numeric[3], numeric[4], order)
    if re.fullmatch(r"\d+([.,]\d+)?", bare):
        raise NotUnderstood(_number_advice(bare))
    return _worded(bare)


def _year_may_be_first(first: str, second: str, third: str) -> bool:
    """Whether `23-07-30` may also mean 2023-07-30."""
    return len(first) == len(third) == 2 and int(second) <= 12 and 1 <= int(third) <= 31


def _without_weekday(text: str) -> str:
    word = re.match(r"(?:[^\W\d_]{2,}|[^\W\d_](?!\d))\.?,?\s*", text)  # of `H31.4.30` the letter is an era
    bare = text[word.end() :] if word is not None and folded(word[0].strip(" ,")) in weekdays() else text
    return re.sub(r"\s*(?:星期.|周.|\([日月火水木金土]\)|[월화수목금토일]요일)$", "", bare)


def _ordered(first: str, second: str, year: str, order: Order | None) -> tuple[int, int, int]:
    one, two = int(first), int(second)
    if one > 12 >= two:
        shown: Order | None = "day-first"
    elif two > 12 >= one:
        shown = "month-first"
    else:
        shown = order
    if shown is None and one == two:
        shown = "day-first"
    if shown is None:
        raise NotUnderstood("day or month first? declare its format (such as day-first or month-first)")
    if order is not None and shown != order:
        raise NotUnderstood(f"it is not {order} as its column is")
    day, month = (one, two) if shown == "day-first" else (two, one)
    return full_year(year), month, day


def full_year(digits: str) -> int:
    """The year that two or four digits mean."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= PIVOT else 2000)


def _worded(text: str) -> tuple[int, int, int]:
    """A month by name, with day and year in any usual order: a year of two digits stands last."""
    tokens = re.findall(r"\d+|[^\W\d_]+", _ORDINAL.sub("", text))
    if re.sub(r"[^\W_]+|[\s.,/'’-]+", "", text):
        raise NotUnderstood(UNKNOWN_FORM)
    kept = [token for token in tokens if token.isdigit() or folded(token) not in _FILLERS]
    if kept and not kept[0].isdigit() and folded(kept[0]) in weekdays() and len(kept) == 4:
        kept = kept[1:]
    if len(kept) == 2 and sum(folded(token) in months() for token in kept) == 1:
        raise NotUnderstood("it names no day or no year")
    return _day_of_month_name(kept)


def _day_of_month_name(tokens: list[str]) -> tuple[int, int, int]:
    match [token if token.isdigit() else months().get(folded(token), "") for token in tokens]:
        case [str(year), int(month), str(day)] if len(year) == 4 and len(day) <= 2:
            return int(year), month, int(day)
        case [str(day), int(month), str(year)] | [int(month), str(day), str(year)]:
            if day and len(day) <= 2 and len(year) in (2, 4):
                return full_year(year), month, int(day)
    raise NotUnderstood(UNKNOWN_FORM)


def _number_advice(number: str) -> str:
    value = float(number.replace(",", "."))
    if SERIALS[0] <= value <= SERIALS[1]:
        day = datetime(1899, 12, 30) + timedelta(days=int(value))  # noqa: DTZ001 - only its date is shown
        return f"as a spreadsheet's serial it is `{day:%Y-%m-%d}`: declare `format: [iso, excel]`"
    if 10**8 <= value < 10**10:
        return "as seconds since 1970 it is a date: declare `format: [iso, epoch]`"
    if 10**11 <= value < 10**13:
        return "as milliseconds since 1970 it is a date: declare `format: [iso, epoch-ms]`"
    return "a number alone is no date: declare its format"


def _check_year(year: int, open_end: bool) -> None:
    if FIRST_YEAR <= year <= LAST_YEAR or (open_end and LAST_YEAR < year <= OPEN_END):
        return
    raise NotUnderstood(f"the year `{year:04}` is implausible ({FIRST_YEAR} to {LAST_YEAR})")


def _check_weekday(text: str, local: datetime) -> None:
    word = re.match(r"[^\W\d_]+", text)
    named = weekdays().get(folded(word[0])) if word is not None else None
    if (
        named is not None
        and word is not None
        and folded(word[0]) not in months()
        and local.weekday() not in named
    ):
        raise NotUnderstood(f"`{local:%Y-%m-%d}` was no `{word[0]}`")
