"""Records that a source deletes or no longer exports, and those that return."""

import pytest

from ingest.errors import RemovalsNotAccepted
from tests.ingest.conftest import Workshop

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
