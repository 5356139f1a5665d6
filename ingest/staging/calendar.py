"""Rows of calendar files (iCalendar, RFC 5545): a row per meeting, of a series one per occurrence.

A series goes on for ever, so it is expanded until `AHEAD` after the newest stamp of the file. What a meeting
is about in its own words (DESCRIPTION) is not read, nor the title of a private one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar, Component, Event, vDDDTypes, vRecur, vText

from ingest.errors import SourceUnreadable
from ingest.staging.encoding import read_text

AHEAD = timedelta(days=366)
"""How far behind the newest stamp (DTSTAMP) of a file its series are expanded."""
MOST = 100_000
"""Occurrences of all series of a file; a rule that gives more is no meeting."""
COLUMNS = (
    "id", "uid", "start", "end", "all_day", "minutes", "summary", "location", "status", "class", "organizer",
    "attendees", "declined", "series", "stamp",
)  # fmt: skip
"""`id`: `uid`, of a series with the time at which the rule puts the occurrence, wherever it was moved to.
Times are in UTC; one without zone is in that of its calendar (X-WR-TIMEZONE), else it stays without. People
are mail addresses, rooms and resources left out."""
FLOATING = ("DTSTART", "DTEND", "RECURRENCE-ID")
STAMPS = ("DTSTAMP", "DTSTART")
PRIVATE = {"PRIVATE", "CONFIDENTIAL"}
THINGS = {"ROOM", "RESOURCE"}


def read_calendar(path: Path, data: bytes, encoding: str | None) -> list[list[str]]:
    """The columns, then the rows as text. Raises SourceUnreadable."""
    text = read_text(path, data, encoding).text
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise SourceUnreadable(path, "is no whole calendar file: it ends before its calendar does")
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in _events(calendar)]
        rows = [_row(event) for event in _occurrences(path, _newest_states(events))]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise SourceUnreadable(path, f"is no whole calendar file: {error}") from error
    return [list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows)]


def _events(calendar: Component) -> Iterator[Event]:
    """Its meetings: all cancelled where it is a message that says so, times without zone in its own zone."""
    cancels = _text(calendar, "METHOD").upper() == "CANCEL"
    zone = _zone(_text(calendar, "X-WR-TIMEZONE"))
    for event in calendar.walk("VEVENT"):
        if isinstance(event, Event):
            if cancels:
                event["STATUS"] = vText("CANCELLED")
            for name in FLOATING if zone is not None else ():
                when = _when(event, name)
                if isinstance(when, datetime) and when.tzinfo is None and "TZID" not in event[name].params:
                    event[name] = vDDDTypes(when.replace(tzinfo=zone))
            yield event


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _newest_states(events: list[Event]) -> list[Event]:
    """Of several states of one meeting, or of one changed occurrence, the last (RFC 5546, SEQUENCE)."""
    newest: dict[tuple[str, str], Event] = {}
    for place, event in enumerate(events):
        key = (_text(event, "UID") or f" {place}", _shown(_when(event, "RECURRENCE-ID")))
        if key not in newest or _revision(event) >= _revision(newest[key]):
            newest[key] = event
    return list(newest.values())


def _revision(event: Event) -> tuple[int, datetime]:
    stamps = [_utc(at) for name in ("LAST-MODIFIED", "DTSTAMP") if (at := _when(event, name)) is not None]
    return int(event.get("SEQUENCE", 0)), max(stamps, default=datetime.min.replace(tzinfo=UTC))


def _occurrences(path: Path, events: list[Event]) -> Iterator[Event]:
    """Every meeting, a series as its occurrences: of one that was changed by itself what was changed."""
    until = _newest(events) + AHEAD
    changed = {(_text(one, "UID"), _utc(place)) for one in events if (place := _when(one, "RECURRENCE-ID"))}
    left = MOST
    for event in events:
        if "DTSTART" not in event or not ("RRULE" in event or "RDATE" in event):
            yield event
            continue
        places = list(islice(takewhile(lambda place: _utc(place) <= until, _places(event)), left + 1))
        left -= len(places)
        if left < 0:
            raise SourceUnreadable(path, f"repeats meetings more than {MOST:,} times until {until.date()}")
        yield from (_at(event, one) for one in places if (_text(event, "UID"), _utc(one)) not in changed)


def _places(event: Event) -> Iterator[date]:
    """The days or times at which a series takes place, by its rules, in their order.

    A rule counts in the zone of the series: at ten o'clock in summer and in winter.
    """
    start = _when(event, "DTSTART") or date.min
    first = start if isinstance(start, datetime) else datetime.combine(start, time())
    found = rruleset()
    for rule in _listed(event, "RRULE"):
        found.rrule(rrulestr(_ending(rule, first), dtstart=first.replace(tzinfo=None)))
    for name, add in (("RDATE", found.rdate), ("EXDATE", found.exdate)):
        for one in _dates(event, name):
            add(_local(one, first))
    found.rdate(first.replace(tzinfo=None))
    for place in found:
        yield place.replace(tzinfo=first.tzinfo) if isinstance(start, datetime) else place.date()


def _ending(rule: Any, first: datetime) -> str:
    """The rule with its end (UNTIL, in UTC) in the zone of the series."""
    ends = [_local(one, first) for one in rule.get("UNTIL", ())]
    local = {name: value for name, value in rule.items() if name != "UNTIL"}
    text: str = vRecur(local).to_ical().decode()  # type: ignore[no-untyped-call] # it has no annotations
    return f"{text};UNTIL={ends[0]:%Y%m%dT%H%M%S}" if ends else text


def _dates(event: Event, name: str) -> Iterator[date]:
    for cell in _listed(event, name):
        for one in cell.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _local(when: date, first: datetime) -> datetime:
    """In the zone of the series, without saying so. A bare day is meant at the time of the series."""
    if not isinstance(when, datetime):
        return datetime.combine(when, first.time())
    moved = when.astimezone(first.tzinfo) if when.tzinfo is not None and first.tzinfo is not None else when
    return moved.replace(tzinfo=None)


def _at(series: Event, place: date) -> Event:
    """The occurrence of a series that the rule puts there."""
    start, end = _when(series, "DTSTART"), _end(series)
    made: Event = series.copy()
    made["DTSTART"] = made["RECURRENCE-ID"] = vDDDTypes(place)
    if start is not None and end is not None:
        made["DTEND"] = vDDDTypes(place + (end - start))
    return made


def _newest(events: list[Event]) -> datetime:
    """When the file was written, as far as it says so; else when the last of its meetings begins."""
    stamps, starts = ([_utc(at) for one in events if (at := _when(one, name))] for name in STAMPS)
    return max(stamps or starts, default=datetime.min.replace(tzinfo=UTC))


def _utc(when: date) -> datetime:
    """Only to compare: a day is its midnight, a time without zone is taken as UTC."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _row(event: Event) -> dict[str, str]:
    private = _text(event, "CLASS").upper() in PRIVATE
    uid, place = _text(event, "UID"), _when(event, "RECURRENCE-ID")
    start, end = _when(event, "DTSTART"), _end(event)
    people = [one for one in _listed(event, "ATTENDEE") if one.params.get("CUTYPE", "") not in THINGS]
    declined = {_mail(one) for one in people if one.params.get("PARTSTAT", "").upper() == "DECLINED"}
    return {
        "id": uid if place is None or not uid else f"{uid}/{_shown(place)}",
        "uid": uid,
        "start": _told(event, "DTSTART", start),
        "end": _told(event, "DTEND", end),
        "all_day": str(start is not None and not isinstance(start, datetime)).lower(),
        "minutes": _minutes(start, end),
        "summary": "" if private else _text(event, "SUMMARY"),
        "location": "" if private else _text(event, "LOCATION"),
        "status": _text(event, "STATUS").upper(),
        "class": _text(event, "CLASS").upper(),
        "organizer": "; ".join(map(_mail, _listed(event, "ORGANIZER"))),
        "attendees": "; ".join(mail for one in people if (mail := _mail(one)) not in declined),
        "declined": "; ".join(sorted(declined)),
        "series": str(place is not None).lower(),
        "stamp": _shown(_when(event, "LAST-MODIFIED") or _when(event, "DTSTAMP")),
    }


def _text(event: Component, name: str) -> str:
    return str(event.get(name, "")).strip()


def _when(event: Event, name: str) -> date | None:
    found: Any = event.get(name)
    when: date | None = None if found is None else found.dt
    return when


def _end(event: Event) -> date | None:
    """As stated, or by the length."""
    start = _when(event, "DTSTART")
    length: Any = event.get("DURATION")
    if "DTEND" in event or start is None or length is None:
        return _when(event, "DTEND")
    ends: date = start + length.dt
    return ends


def _minutes(start: date | None, end: date | None) -> str:
    """How long it takes; of whole days nobody knows."""
    if not isinstance(start, datetime) or not isinstance(end, datetime) or _utc(end) < _utc(start):
        return ""
    return f"{(_utc(end) - _utc(start)).total_seconds() / 60:g}"


def _shown(when: date | None) -> str:
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when.astimezone(UTC).isoformat()
    return "" if when is None else when.isoformat()


def _told(event: Event, name: str, when: date | None) -> str:
    """The time; beside one whose zone nobody knows its name, by which its reader refuses it."""
    unknown = isinstance(when, datetime) and when.tzinfo is None and name in event
    zone = event[name].params.get("TZID", "") if unknown else ""
    return f"{_shown(when)} {zone}".strip()


def _listed(event: Event, name: str) -> list[Any]:
    found: Any = event.get(name, [])
    return list(found) if isinstance(found, list) else [found]


def _mail(person: Any) -> str:
    """Of `mailto:`, else what Exchange gives beside its own name for the person."""
    address = str(person)
    if address[:7].lower() != "mailto:":
        address = str(person.params.get("EMAIL", ""))
    return address.removeprefix("mailto:").removeprefix("MAILTO:").strip().lower()
