"""Calendar files: meetings, series with what was moved or declined of them, and what is planned."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from ingest.mapping.read import read_mapping
from ingest.run import ingest
from ingest.staging import calendar
from ingest.staging.calendar import read_calendar
from tests.ingest.conftest import NOW, Workshop
from tests.paths import REPO

PEOPLE = """
source: crm
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail}}]
"""
WEEKLY = """
UID:w
DTSTAMP:20251215T080000Z
DTSTART;TZID=Europe/Berlin:20251013T100000
DURATION:PT45M
RRULE:FREQ=WEEKLY;UNTIL=20251103T090000Z
EXDATE;TZID=Europe/Berlin:20251027T100000
SUMMARY:Jour fixe
ORGANIZER;CN=Eve:MAILTO:Eve@us.example
ATTENDEE;CN=Bo:mailto:bo@x.example
ATTENDEE;CN=Li;PARTSTAT=DECLINED:mailto:li@x.example
ATTENDEE;CUTYPE=ROOM:mailto:room.1@us.example
"""
MOVED = """
UID:w
DTSTAMP:20251215T080000Z
RECURRENCE-ID;TZID=Europe/Berlin:20251103T100000
DTSTART;TZID=Europe/Berlin:20251104T150000
DTEND;TZID=Europe/Berlin:20251104T160000
SUMMARY:Jour fixe, moved
ORGANIZER:mailto:eve@us.example
ATTENDEE:mailto:li@x.example
"""
PLANNED = """
UID:p
DTSTAMP:20251215T080000Z
DTSTART:20260210T090000Z
DTEND:20260210T093000Z
CLASS:PRIVATE
SUMMARY:not for others
ORGANIZER:mailto:bo@x.example
ATTENDEE:mailto:eve@us.example
"""
CANCELLED = PLANNED.replace("UID:p", "UID:c").replace("CLASS:PRIVATE", "STATUS:CANCELLED")
HOLIDAY = (
    "\nUID:h\nDTSTAMP:20251215T080000Z\nDTSTART;VALUE=DATE:20251225\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas\n"
)
NO_START = "\nUID:n\nDTSTAMP:20251215T080000Z\nSUMMARY:whenever\n"


def written(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT{event}END:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{body}END:VCALENDAR\n"


def rows(*events: str) -> list[dict[str, str]]:
    columns, *found = read_calendar(Path("a.ics"), written(*events).encode(), None)
    return [dict(zip(columns, row, strict=True)) for row in found]


def test_a_series_is_its_occurrences_by_the_clock_of_its_zone() -> None:
    found = rows(WEEKLY, MOVED)
    assert [(one["id"], one["start"], one["minutes"]) for one in found] == [
        ("w/2025-10-13T08:00:00+00:00", "2025-10-13T08:00:00+00:00", "45"),
        ("w/2025-10-20T08:00:00+00:00", "2025-10-20T08:00:00+00:00", "45"),
        ("w/2025-11-03T09:00:00+00:00", "2025-11-04T14:00:00+00:00", "60"),
    ]
    assert (found[0]["attendees"], found[0]["declined"]) == ("bo@x.example", "li@x.example")
    assert found[0]["organizer"] == "eve@us.example"


def test_a_series_without_end_goes_on_for_a_year_behind_the_stamp_of_the_file() -> None:
    assert [one["start"] for one in rows(HOLIDAY)] == ["2025-12-25"]
    later = HOLIDAY.replace("20251215", "20251226")
    assert [one["start"] for one in rows(later)] == ["2025-12-25", "2026-12-25"]


def test_of_several_states_of_a_meeting_the_last_counts() -> None:
    moved = PLANNED.replace("20260210T09", "20260211T09")
    newer = moved.replace("UID:p", "UID:p\nSEQUENCE:2")
    for events in ((newer, PLANNED), (PLANNED, newer), (PLANNED, moved)):
        assert [one["start"] for one in rows(*events)] == ["2026-02-11T09:00:00+00:00"]


def test_times_without_zone_are_those_of_the_calendar_and_unknown_zones_stand_beside_them() -> None:
    floating = PLANNED.replace("0000Z\nDTEND", "0000\nDTEND")
    foreign = PLANNED.replace("DTSTART:20260210T090000Z", "DTSTART;TZID=Our Zone:20260210T090000")
    text = written(floating, foreign.replace("UID:p", "UID:q"))
    text = text.replace("PRODID", "X-WR-TIMEZONE:Asia/Shanghai\nPRODID")
    columns, *found = read_calendar(Path("a.ics"), text.encode(), None)
    starts = [row[columns.index("start")] for row in found]
    assert starts == ["2026-02-10T01:00:00+00:00", "2026-02-10T09:00:00 Our Zone"]
    assert rows(floating)[0]["start"] == "2026-02-10T09:00:00"


def test_a_message_that_cancels_cancels_its_meetings() -> None:
    text = written(PLANNED).replace("PRODID", "METHOD:CANCEL\nPRODID")
    columns, row = read_calendar(Path("a.ics"), text.encode(), None)
    assert row[columns.index("status")] == "CANCELLED"


def test_private_titles_are_not_read() -> None:
    assert [(one["summary"], one["class"]) for one in rows(PLANNED)] == [("", "PRIVATE")]


def test_meetings_load_with_those_who_take_part(workshop: Workshop) -> None:
    workshop.put(staff_csv="id,name,mail\n1,Eve,eve@us.example\n",
                 people_csv="id,name,mail\n7,Bo,bo@x.example\n8,Li,li@x.example\n")  # fmt: skip
    workshop.load(PEOPLE)
    (workshop.folder / "eve.ics").write_text(written(WEEKLY, MOVED, PLANNED, CANCELLED, HOLIDAY, NO_START))
    (workshop.folder / "other.ics").write_text(written(PLANNED))
    mapping = read_mapping(REPO / "docs/examples/calendar.yml")
    report = ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW)
    assert report.totals["quarantined"] == 1
    assert any("load as planned" in note for note in report.notes)
    found = workshop.ask(
        """MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i:Interaction) WHERE i.ended_at IS NULL
        RETURN i.at AS at, r.part AS part, coalesce(p.contact_id, p.employee_id) AS who,
          i.duration_minutes AS minutes
        ORDER BY at, part, who"""
    )
    assert [(row["at"].astimezone(UTC), row["part"], row["who"], row["minutes"]) for row in found] == [
        (datetime(2025, 10, 13, 8, tzinfo=UTC), "attendee", "crm:7", 45.0),
        (datetime(2025, 10, 13, 8, tzinfo=UTC), "organizer", "crm:1", 45.0),
        (datetime(2025, 10, 20, 8, tzinfo=UTC), "attendee", "crm:7", 45.0),
        (datetime(2025, 10, 20, 8, tzinfo=UTC), "organizer", "crm:1", 45.0),
        (datetime(2025, 11, 4, 14, tzinfo=UTC), "attendee", "crm:8", 60.0),
        (datetime(2025, 11, 4, 14, tzinfo=UTC), "organizer", "crm:1", 60.0),
        (datetime(2026, 2, 10, 9, tzinfo=UTC), "attendee", "crm:1", 30.0),
        (datetime(2026, 2, 10, 9, tzinfo=UTC), "organizer", "crm:7", 30.0),
    ]
    assert not ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW).changed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (written(WEEKLY)[:-20], "it ends before its calendar does"),
        (written(WEEKLY.replace("20251013T100000", "2025")), "DTSTART"),
        (written(WEEKLY.replace("WEEKLY", "NEVER")), "NEVER"),
    ],
)
def test_what_is_no_calendar_is_refused(text: str, why: str) -> None:
    with pytest.raises(SourceUnreadable, match=why):
        read_calendar(Path("a.ics"), text.encode(), None)


def test_a_rule_that_repeats_without_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "MOST", 500)
    with pytest.raises(SourceUnreadable, match="more than 500 times"):
        rows(HOLIDAY.replace("YEARLY", "SECONDLY").replace(";VALUE=DATE:20251225", ":20251225T000000Z"))
