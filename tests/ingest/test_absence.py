"""Who of us is away, by leave forms: until when, who stands in, and what a later export changes."""

from datetime import UTC, datetime

from ingest.templates.read import read_template
from tests.ingest.conftest import Workshop

MAPPING = """
source: office
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
  leave:
    file: leave.csv
    links:
      - type: ABSENT
        from: {label: Employee, by: {name: who}}
        to: {label: Employee, by: {name: {columns: [stand_in, who]}}}
        valid_from: first
        valid_to: last
        known_from: approved
        optional: true
"""
STAFF = "id,name\n1,Eva\n2,Bob\n3,Kim\n"
HEAD = "who,stand_in,first,last,approved\n"
LEAVES = """
MATCH (e:Employee)-[a:ABSENT]->(o:Employee) WHERE a.known_to IS NULL
RETURN e.name AS who, o.name AS other, a.valid_from AS since, a.valid_to AS until ORDER BY who, since, other
"""


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2025, 8, number, hour, tzinfo=UTC)


def leaves(workshop: Workshop) -> list[tuple[str, str, datetime, datetime]]:
    return [tuple(row.values()) for row in workshop.ask(LEAVES)]


def test_leaves_load_with_who_stands_in(workshop: Workshop) -> None:
    rows = (
        "Eva,Bob,2025-08-04,2025-08-06,2025-07-01\nEva,Bob,2025-08-18,2025-08-20,2025-07-01\n"
        "Kim,,2025-08-05 09:00,2025-08-05 12:00,2025-07-01\nEva,Nobody,2025-08-25,2025-08-26,2025-07-01\n"
    )
    workshop.put(staff_csv=STAFF, leave_csv=HEAD + rows)
    report = workshop.load(MAPPING)
    assert leaves(workshop) == [
        ("Eva", "Bob", day(4), day(7)),  # the whole of the last day
        ("Eva", "Bob", day(18), day(21)),
        ("Kim", "Kim", day(5, 9), day(5, 12)),  # nobody stands in
    ]
    assert report.datasets["leave"].quarantined == 0
    assert any("without ABSENT (the end names nothing known)" in note for note in report.notes)


def test_a_later_form_for_the_same_days_replaces_who_stands_in(workshop: Workshop) -> None:
    workshop.put(staff_csv=STAFF, leave_csv=HEAD + "Eva,Bob,2025-08-04,2025-08-06,2025-07-01\n")
    workshop.load(MAPPING)
    workshop.put(leave_csv=HEAD + "Eva,Kim,2025-08-04,2025-08-08,2025-07-10\n")
    workshop.load(MAPPING)
    assert [row for row in leaves(workshop) if row[3] > day(6)] == [("Eva", "Kim", day(4), day(9))]
    assert not workshop.load(MAPPING).changed


def test_the_template_reads_neither_why_somebody_is_away_nor_what_was_refused() -> None:
    (leave,) = read_template("dingtalk").datasets.values()
    (link,) = leave.links
    assert not link.fields
    assert {one.column for one in leave.where} == {"审批状态", "审批结果"}
