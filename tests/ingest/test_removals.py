"""Records that a source deletes or no longer exports, and those that return."""

import orjson
import pytest

from ingest.errors import RemovalsNotAccepted
from tests.ingest.conftest import Workshop
from tests.ingest.replacing import versions

PEOPLE = """
source: crm
valid_from: 2020-01-01
exported_at: {at}
datasets:
  accounts:
    file: accounts.csv
    deleted: {{column: gone, equals: "true"}}
    nodes: [{{label: Customer, key: id, fields: {{name: name}}}}]
  people:
    file: people.csv
    complete: true
    nodes: [{{label: Contact, key: id, fields: {{name: name}}}}]
    links: [{{type: WORKS_AT, to: {{Customer: acc}}, fields: {{title: title}}, optional: true}}]
"""
BOTH = "id,name,acc,title\na,Ann,1,CEO\nb,Bob,2,CFO\n"
ENDS = """MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer)
RETURN p.contact_id AS contact, toString(c.ended_at) AS customer_ended, toString(p.ended_at) AS contact_ended,
  toString(w.valid_to) AS until ORDER BY contact, w.valid_from"""


def _ends(workshop: Workshop) -> list[tuple[str, ...]]:
    rows = workshop.ask(ENDS)
    names = ("contact", "customer_ended", "contact_ended", "until")
    return [tuple((row[name] or "")[:10] for name in names) for row in rows]


def test_a_deleted_record_ends_with_its_facts_and_returns(workshop: Workshop) -> None:
    for at, gone in (("2024-01-01", ""), ("2024-02-01", "true"), ("2024-02-01", "true")):
        workshop.put(accounts_csv=f"id,name,gone\n1,Alpha,\n2,Beta,{gone}\n", people_csv=BOTH)
        report = workshop.load(PEOPLE.format(at=at))
    assert not report.changed
    assert _ends(workshop) == [("crm:a", "", "", ""), ("crm:b", "2024-02-01", "", "2024-02-01")]
    assert workshop.ask("MATCH (c:Customer {customer_id: 'crm:2'}) RETURN c.name AS n") == [{"n": "Beta"}]
    workshop.put(accounts_csv="id,name,gone\n1,Alpha,\n2,Beta,\n")
    workshop.load(PEOPLE.format(at="2024-03-01"))
    assert _ends(workshop) == [("crm:a", "", "", ""), ("crm:b", "", "", "")]


FLAGGED = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: changed}]
    links: [{type: OWNS, from: {Employee: owner}, known_from: changed}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
"""
OF_THE_DAY = "id,name,owner,changed,gone\n"
STATE = """MATCH (c:Customer {customer_id: 'crm:2'}) OPTIONAL MATCH (e:Employee)-[o:OWNS]->(c)
RETURN toString(c.ended_at) AS ended, e.name AS owner, toString(o.valid_to) AS until ORDER BY o.valid_from"""


@pytest.mark.slow
def test_what_was_said_before_a_deletion_does_not_undo_it(workshop: Workshop) -> None:
    """A file of tombstones moves now; an older export that is loaded after it changes the past."""
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    workshop.put(accounts_csv=f"{OF_THE_DAY}1,Alpha,e1,2024-01-01,\n2,Beta,e2,2024-01-01,\n")
    workshop.load(FLAGGED)
    workshop.put(accounts_csv=f"{OF_THE_DAY}2,,,2024-03-01,true\n")
    assert str(workshop.load(FLAGGED).clock.now.date()) == "2024-03-01"
    workshop.put(accounts_csv=f"{OF_THE_DAY}2,Beta,e1,2024-02-01,\n")
    report = workshop.load(FLAGGED)
    assert "1 state is older than the end of the record, which stays ended" in report.notes
    seen = [
        tuple((row[name] or "")[:10] for name in ("ended", "owner", "until")) for row in workshop.ask(STATE)
    ]
    assert seen == [("2024-03-01", "Vic", "2024-02-01"), ("2024-03-01", "Uma", "2024-03-01")]
    workshop.put(accounts_csv=f"{OF_THE_DAY}2,Beta,e1,2024-04-01,\n")
    workshop.load(FLAGGED)
    assert [row["ended"] for row in workshop.ask(STATE)][-1] is None


LATE = ("Beta AG", "2024-02-01"), ("Beta SE", "2024-02-15")


@pytest.mark.slow
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_is_loaded_after_a_deletion_is_a_version_of_the_past(
    workshop: Workshop, order: tuple[int, int]
) -> None:
    def load(name: str, day: str, gone: str = "") -> None:
        workshop.put(accounts_csv=f"{OF_THE_DAY}2,{name},e1,{day},{gone}\n")
        workshop.load(FLAGGED)

    workshop.put(staff_csv="id,name\ne1,Uma\n")
    load("Beta", "2024-01-01")
    load("", "2024-03-01", "true")
    for place in (*order, order[0]):
        load(*LATE[place])
    past = [
        ("Beta", "2024-01-01", "2024-02-01"),
        ("Beta AG", "2024-02-01", "2024-02-15"),
        ("Beta SE", "2024-02-15", "2024-03-01"),
    ]
    assert versions(workshop, "crm:2") == past
    assert {row["ended"][:10] for row in workshop.ask(STATE)} == {"2024-03-01"}
    load("Beta SE", "2024-04-01")
    load("Beta Ltd", "2024-02-20")
    *_, (_, since, _) = past
    assert versions(workshop, "crm:2") == [
        *past[:2],
        ("Beta SE", since, "2024-02-20"),
        ("Beta Ltd", "2024-02-20", "2024-03-01"),
        ("Beta SE", "2024-04-01", ""),
    ]
    assert workshop.ask("MATCH (c:Customer) RETURN c.name AS name, c.ended_at AS ended") == [
        {"name": "Beta SE", "ended": None}
    ]


def test_an_older_export_of_all_records_is_of_the_past(workshop: Workshop) -> None:
    """Bob is missing in March; what the export of February says of him, loaded last, he was until then."""
    exports = (("2024-01-01", "b,Bob,2,CFO\n"), ("2024-03-01", ""), ("2024-02-01", "b,Rob,2,CFO\n"))
    for at, bob in exports:
        files = {"accounts_csv": "id,name,gone\n1,Alpha,\n2,Beta,\n"}
        workshop.put(**files, people_csv=f"id,name,acc,title\na,Ann,1,CEO\n{bob}")
        workshop.load(PEOPLE.format(at=at), accept_removals=True)
    said = """MATCH (s:SourceRecord)-[:RECORD_OF]->(:Contact {contact_id: 'crm:b'})
    RETURN s.values AS said, toString(s.known_to) AS until ORDER BY s.known_from"""
    told = [(orjson.loads(row["said"])["name"], row["until"][:10]) for row in workshop.ask(said)]
    assert told == [("Bob", "2024-02-01"), ("Rob", "2024-03-01")]
    assert _ends(workshop)[1] == ("crm:b", "", "2024-03-01", "2024-03-01")


def test_a_complete_export_that_is_loaded_late_does_not_end_what_a_newer_one_states(
    workshop: Workshop,
) -> None:
    exports = (("2024-01-01", "b,Bob,2,CFO\n"), ("2024-03-01", "b,Bob,2,CFO\n"), ("2024-02-01", ""))
    for at, bob in exports:
        files = {"accounts_csv": "id,name,gone\n1,Alpha,\n2,Beta,\n"}
        workshop.put(**files, people_csv=f"id,name,acc,title\na,Ann,1,CEO\n{bob}")
        workshop.load(PEOPLE.format(at=at), accept_removals=True)
    assert _ends(workshop)[1] == ("crm:b", "", "", "")


def test_a_complete_export_that_ends_much_asks_first(workshop: Workshop) -> None:
    workshop.put(accounts_csv="id,name,gone\n1,Alpha,\n2,Beta,\n", people_csv=BOTH)
    workshop.load(PEOPLE.format(at="2024-01-01"))
    workshop.put(people_csv="id,name,acc,title\na,Ann,1,CEO\n")
    with pytest.raises(RemovalsNotAccepted, match="lacks 1 of 2 records"):
        workshop.load(PEOPLE.format(at="2024-02-01"))
    assert _ends(workshop)[1] == ("crm:b", "", "", "")
    workshop.load(PEOPLE.format(at="2024-02-01"), accept_removals=True)
    assert _ends(workshop)[1] == ("crm:b", "", "2024-02-01", "2024-02-01")


def test_a_filtered_row_of_something_in_the_graph_is_told(workshop: Workshop) -> None:
    filtered = PEOPLE.replace("deleted: {{column: gone, equals:", "where: {{column: gone, not_equals:")
    for gone in ("", "true"):
        workshop.put(accounts_csv=f"id,name,gone\n1,Alpha,\n2,Beta,{gone}\n", people_csv=BOTH)
        report = workshop.load(filtered.format(at="2024-01-01"))
    assert any(note.startswith("accounts: 1 filtered row is in the graph and stays") for note in report.notes)


TWO = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Customer, key: id, fields: {name: name, tax_id: tax}, known_from: changed}]
  debtors:
    file: debtors.csv
    source: erp
    deleted: {column: gone, equals: "true"}
    nodes:
      - label: Customer
        key: id
        match: [{tax_id: tax}]
        fields: {name: name, tax_id: tax}
        known_from: changed
"""
TAX = "DE136695976"
TWICE = [
    ("accounts", f"1,Alpha,{TAX},2024-01-01,"),
    ("debtors", f"A,Alpha AG,{TAX},2024-01-01,"),
    ("accounts", f"1,,{TAX},2024-03-01,true"),
    ("debtors", f"A,,{TAX},2024-05-01,true"),
    ("accounts", f"1,Alpha old,{TAX},2024-02-01,"),
    ("debtors", f"A,Alpha SE,{TAX},2024-04-01,"),
    ("accounts", f"1,,{TAX},2024-06-01,true"),
    ("debtors", f"A,,{TAX},2024-05-15,true"),
]
"""One customer of two sources, both of which delete it; what comes late moves neither end."""


@pytest.mark.slow
@pytest.mark.parametrize("order", [range(8), (0, 1, 3, 2, 7, 6, 5, 4), (0, 1, 6, 4, 7, 2, 5, 3)])
def test_the_end_of_an_entity_of_two_datasets_is_that_of_the_last_to_end(
    workshop: Workshop, order: tuple[int, ...]
) -> None:
    head = "id,name,tax,changed,gone\n"
    for place in order:
        name, row = TWICE[place]
        workshop.put(accounts_csv=head, debtors_csv=head)
        workshop.put(**{f"{name}_csv": f"{head}{row}\n"})
        workshop.load(TWO)
    found = workshop.ask("MATCH (c:Customer) RETURN c.name AS name, toString(c.ended_at) AS ended")
    assert [(row["name"], row["ended"][:10]) for row in found] == [("Alpha SE", "2024-05-01")]


TOMBSTONES = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: changed}]
    links: [{type: OWNS, from: {Employee: owner}, known_from: changed}]
  gone:
    file: gone.csv
    deleted: {column: id, filled: true}
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: at}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
"""
BELIEVED = """MATCH (e:Employee)-[o:OWNS]->(c:Customer {customer_id: 'crm:2'}) WHERE o.known_to IS NULL
RETURN toString(c.ended_at) AS ended, toString(o.valid_from) AS since, toString(o.valid_to) AS until"""
STATED = "2,Beta,e1,2024-01-01\n", "2,Beta AG,e1,2024-02-01\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "order", [("0", "gone", "1"), ("gone", "1", "0"), ("1", "0", "gone"), ("0gone", "1"), ("gone1", "0")]
)
def test_a_deletion_in_another_dataset_has_its_place_in_time(
    workshop: Workshop, order: tuple[str, ...]
) -> None:
    """States before the deletion are of the past, in any order of files; a later one returns the record."""

    def load(accounts: str, gone: bool) -> None:
        for file in workshop.folder.glob("*.csv"):
            file.unlink()
        workshop.put(staff_csv="id,name\ne1,Uma\n")
        if accounts:
            workshop.put(accounts_csv=f"id,name,owner,changed\n{accounts}")
        if gone:
            workshop.put(gone_csv="id,name,at\n2,,2024-03-01\n")
        workshop.load(TOMBSTONES)

    for step in order:
        load("".join(STATED[int(place)] for place in "01" if place in step), "gone" in step)
    assert versions(workshop, "crm:2") == [
        ("Beta", "2024-01-01", "2024-02-01"), ("Beta AG", "2024-02-01", "2024-03-01"),
    ]  # fmt: skip
    (seen,) = workshop.ask(BELIEVED)
    days = tuple(seen[name][:10] for name in ("ended", "since", "until"))
    assert days == ("2024-03-01", "2024-01-01", "2024-03-01")
    load("2,Beta SE,e1,2024-04-01\n", gone=False)
    assert versions(workshop, "crm:2")[-1] == ("Beta SE", "2024-04-01", "")
    assert {row["ended"] for row in workshop.ask(STATE)} == {None}


ALL = """
source: crm
exported_at: {at}
datasets:
  accounts:
    file: accounts.csv
    complete: true
    nodes: [{{label: Customer, key: id, fields: {{name: name}}, known_from: changed}}]
"""
TWENTY = "id,name,changed\n" + "".join(f"{n},Nord {n},2024-01-{n + 1:02}\n" for n in range(25))
LIVE = "MATCH (c:Customer) WHERE c.ended_at IS NULL RETURN count(*) AS n"


def test_a_complete_export_loaded_late_ends_nothing_whatever_its_rows_bear(workshop: Workshop) -> None:
    """The rows' own stamps do not say in which exports they stood; the dates of the exports do."""
    for at, newest in (("2024-03-31", "new,Dora,2024-02-20\n"), ("2024-02-28", "")):
        workshop.put(accounts_csv=TWENTY + newest)
        workshop.load(ALL.format(at=at))
    assert workshop.ask(LIVE) == [{"n": 26}]
    workshop.load(ALL.format(at="2024-04-30"))
    assert workshop.ask(LIVE) == [{"n": 25}]


@pytest.mark.slow
def test_a_complete_export_without_a_date_that_its_rows_show_to_be_late_ends_nothing(
    workshop: Workshop,
) -> None:
    """Older stamps of what is known, and no newer one; where something is newer, what it lacks has ended."""
    undated = ALL.replace("exported_at: {at}\n", "").format()
    newer = TWENTY.replace("3,Nord 3,2024-01-04", "3,Nord III,2024-03-04") + "new,Dora,2024-02-20\n"
    for rows, live in ((newer, 26), (TWENTY, 26), (newer.replace("new,Dora,2024-02-20\n", ""), 25)):
        workshop.put(accounts_csv=rows)
        report = workshop.load(undated)
        assert workshop.ask(LIVE) == [{"n": live}]
        told = "older than what was loaded before (1 record with an older stamp" in " ".join(report.notes)
        assert told == (rows is TWENTY)
    assert workshop.ask("MATCH (c:Customer {customer_id: 'crm:3'}) RETURN c.name AS name") == [
        {"name": "Nord III"}
    ]
    workshop.put(accounts_csv=newer.replace("5,Nord 5,2024-01-06\n", "").replace("2024-01-09", "2024-03-09"))
    workshop.load(undated)
    assert workshop.ask(LIVE) == [{"n": 25}]  # Dora has returned


@pytest.mark.parametrize("broken", ["7,Nord,7,2024-01-08\n", '7,"Nord 7,2024-01-08\n'])
def test_a_line_that_is_no_row_ends_nothing(workshop: Workshop, broken: str) -> None:
    workshop.put(accounts_csv=TWENTY)
    workshop.load(ALL.format(at="2024-03-31"))
    workshop.put(
        accounts_csv=TWENTY.replace("7,Nord 7,2024-01-08\n", "").replace("3,Nord 3,2024-01-04\n", "") + broken
    )
    report = workshop.load(ALL.format(at="2024-04-30"), accept_removals=True)
    assert report.datasets["accounts"].quarantined == 1
    ended = workshop.ask("MATCH (c:Customer) WHERE c.ended_at IS NOT NULL RETURN c.customer_id AS id")
    assert ended == [{"id": "crm:3"}]


PAIRS = """
source: crm
exported_at: {at}
datasets:
  accounts:
    file: accounts.jsonl
    complete: true
    nodes: [{{label: Customer, key: {{template: "{{land}}/{{id}}"}}, fields: {{name: name}}}}]
"""


def test_a_line_of_json_that_is_no_object_ends_nothing(workshop: Workshop) -> None:
    """Nor where the key is put together from several fields, and its letters are written as numbers."""
    lines = [f'{{"land": "\\u00d6", "id": {n}, "name": "Nord {n}"}}' for n in range(100, 125)]
    file = workshop.folder / "accounts.jsonl"
    file.write_text("\n".join(lines))
    workshop.load(PAIRS.format(at="2024-03-31"))
    file.write_text("\n".join([lines[0][:-1], *lines[2:]]))
    report = workshop.load(PAIRS.format(at="2024-04-30"), accept_removals=True)
    assert (report.datasets["accounts"].read, report.datasets["accounts"].quarantined) == (24, 1)
    ended = workshop.ask("MATCH (c:Customer) WHERE c.ended_at IS NOT NULL RETURN c.customer_id AS id")
    assert ended == [{"id": "crm:Ö/101"}]
    (kept,) = (workshop.home / "quarantine").glob("*.csv")
    assert 'accounts.jsonl,1,"line 1 is no object' in kept.read_text()


def test_a_complete_export_that_lacks_only_the_newest_records_ends_nothing(workshop: Workshop) -> None:
    """So does an older one that is loaded late; a deletion hardly meets just the newest."""
    undated = ALL.replace("exported_at: {at}\n", "").format()
    for rows, live in ((TWENTY + "new,Dora,2024-02-20\n", 26), (TWENTY, 26)):
        workshop.put(accounts_csv=rows)
        report = workshop.load(undated)
        assert workshop.ask(LIVE) == [{"n": live}]
    assert "accounts: lacks 1 record, newer than all that it has" in "\n".join(report.notes)
    workshop.load(undated, accept_removals=True)
    assert workshop.ask(LIVE) == [{"n": 25}]


DATED = FLAGGED.replace("known_from: changed}]\n  staff", "valid_from: since}]\n  staff")
OWNS = """MATCH (e:Employee)-[o:OWNS]->(:Customer) WHERE o.known_to IS NULL
RETURN e.employee_id AS owner, left(toString(o.valid_from), 10) AS since,
  left(toString(o.valid_to), 10) AS until ORDER BY since"""


@pytest.mark.parametrize("between", ["e1,2023-01-01,2024-06-01,true", "e2,2024-06-01,2024-06-01,"])
def test_what_returns_with_its_old_beginning_stands_once_on_every_day(
    workshop: Workshop, between: str
) -> None:
    """After a deletion, or after another owner: not a second time over the years before."""
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    for row in ("e1,2023-01-01,2024-01-01,", between, "e1,2023-01-01,2024-09-01,"):
        workshop.put(accounts_csv=f"id,name,owner,since,changed,gone\n2,Beta,{row}\n")
        workshop.load(DATED)
    first, *others, last = workshop.ask(OWNS)
    assert (first["since"], first["until"]) == ("2023-01-01", "2024-06-01")
    assert last == {"owner": "crm:e1", "since": "2024-09-01", "until": None}
    assert [(one["since"], one["until"]) for one in others] == [("2024-06-01", "2024-09-01")] * len(others)
