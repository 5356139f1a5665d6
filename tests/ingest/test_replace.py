"""What a later export replaces and ends, whatever the order of loading."""

from typing import Any

import duckdb
import orjson
import pytest

from ingest.errors import RemovalsNotAccepted, StagingForeign
from tests.ingest.conftest import Workshop
from tests.ingest.reading import contents

ORDERS = """
source: erp
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  products:
    file: products.csv
    nodes: [{label: Product, key: id, fields: {name: id}}]
  orders:
    file: orders-*.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: date, amount: amount}}]
    links: [{type: PLACED, from: {Customer: cust}}]
  lines:
    file: lines.csv
    links: [{type: CONTAINS, from: {Order: no}, to: {Product: prod}, fields: {quantity: qty, line: line}}]
"""
ORDER_FILES = {
    "accounts_csv": "id,name\n1,Alpha\n2,Beta\n",
    "products_csv": "id\nP1\nP2\nP3\n",
    "lines_csv": "no,line,prod,qty\nO1,1,P1,1\nO1,2,P2,1\nO1,3,P1,4\nO2,1,P3,1\n",
}
HEAD = "no,cust,date,amount\n"

PLACED = """MATCH (c:Customer)-[:PLACED]->(o:Order)
RETURN o.order_id AS placed, c.customer_id AS by, o.amount AS amount ORDER BY placed, by"""
LINES = """MATCH (o:Order)-[r:CONTAINS]->(p:Product)
RETURN o.order_id AS of, r.line AS line, p.product_id AS product ORDER BY of, line, product"""

MOVED = [
    {"placed": "erp:O1", "by": "erp:2", "amount": 250.0},
    {"placed": "erp:O2", "by": "erp:1", "amount": 7.0},
]


def test_an_order_moves_and_its_lines_are_those_of_the_newest_export(workshop: Workshop) -> None:
    workshop.put(**ORDER_FILES, **{"orders-1_csv": HEAD + "O1,1,2024-01-10,300\nO2,1,2024-01-11,7\n"})
    workshop.load(ORDERS)
    workshop.put(**{"orders-1_csv": HEAD + "O1,2,2024-01-10,250\nO2,1,2024-01-11,7\n"})
    workshop.put(lines_csv="no,line,prod,qty\nO1,1,P2,1\nO1,3,P1,4\nO2,1,P3,1\n")
    workshop.load(ORDERS)
    assert workshop.ask(PLACED) == MOVED
    assert [(row["of"], row["line"], row["product"]) for row in workshop.ask(LINES)] == [
        ("erp:O1", 1, "erp:P2"), ("erp:O1", 3, "erp:P1"), ("erp:O2", 1, "erp:P3"),
    ]  # fmt: skip
    assert not workshop.load(ORDERS).changed


def test_a_later_file_of_the_same_run_corrects_an_earlier_one(workshop: Workshop) -> None:
    workshop.put(**ORDER_FILES, **{"orders-2_csv": HEAD + "O1,1,2024-01-10,300\nO2,1,2024-01-11,7\n"})
    workshop.put(**{"orders-10_csv": HEAD + "O1,2,2024-01-10,250\n"})
    report = workshop.load(ORDERS)
    assert workshop.ask(PLACED) == MOVED
    assert report.datasets["orders"].replaced == 1
    assert all(counts.adds_up for counts in report.datasets.values())
    assert "orders: 1 row replaced by newer ones of another file" in report.notes


OWNERS = """
source: crm
valid_from: 2023-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: modified}]
    links: [{type: OWNS, from: {Employee: owner}, known_from: modified}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
"""
STATES = (
    "1,Alpha,e1,2024-01-01\n",
    "1,Alpha Holding,e2,2024-02-01\n",
    "1,Alpha Holding,e2,2024-03-01\n",
    "1,Alpha Holding,e3,2024-04-01T10:00:00\n",
)
HEAD_OF_STATES = "id,name,owner,modified\n"
OWNED = """MATCH (e:Employee)-[r:OWNS]->(c:Customer)
WHERE r.known_to IS NULL AND (r.valid_to IS NULL OR r.valid_to > r.valid_from)
RETURN e.employee_id AS owner, c.name AS name, toString(r.valid_from) AS since, toString(r.valid_to) AS until
ORDER BY since"""


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_the_order_of_loading_changes_nothing(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\ne3,Wes\n")
    for place in order:
        workshop.put(accounts_csv="id,name,owner,modified\n" + STATES[place])
        workshop.load(OWNERS)
    owned: list[dict[str, Any]] = workshop.ask(OWNED)
    assert [(row["owner"], row["name"], row["since"][:10], (row["until"] or "")[:10]) for row in owned] == [
        ("crm:e1", "Alpha Holding", "2023-01-01", "2024-02-01"),
        ("crm:e2", "Alpha Holding", "2024-02-01", "2024-04-01"),
        ("crm:e3", "Alpha Holding", "2024-04-01", ""),
    ]


VERSIONS = """MATCH (s:SourceRecord)-[:RECORD_OF]->(:Customer)
RETURN s.values AS said, toString(s.known_from) AS since, toString(s.known_to) AS until ORDER BY since"""
NAMES = (
    ("Alpha", "2024-01-01"), ("Alpha AG", "2024-02-01"), ("Alpha", "2024-03-01"), ("Alpha SE", "2024-04-01"),
)  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (0, 3, 1, 2), (2, 0, 3, 1)])
def test_an_older_export_becomes_a_past_version(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n")
    for place in (*order, order[-1]):
        name, stamp = NAMES[place]
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,{name},e1,{stamp}\n")
        report = workshop.load(OWNERS)
    assert not report.changed
    read = [
        (orjson.loads(row["said"])["name"], row["since"][:10], (row["until"] or "")[:10])
        for row in workshop.ask(VERSIONS)
    ]
    ends = [stamp for _, stamp in NAMES[1:]] + [""]
    assert read == [(*state, end) for state, end in zip(NAMES, ends, strict=True)]
    assert workshop.ask("MATCH (c:Customer) RETURN c.name AS name") == [{"name": "Alpha SE"}]


def test_an_older_state_of_a_known_second_adds_no_version(workshop: Workshop) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n")
    for name, stamp in (("B", "2024-02-01T10:00:00.900"), ("A", "2024-02-01T10:00:00.100")):
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,{name},e1,{stamp}\n")
        workshop.load(OWNERS)
    assert [orjson.loads(row["said"])["name"] for row in workshop.ask(VERSIONS)] == ["B"]


_OLD = (
    """ALTER TABLE source_record DROP COLUMN ended_at; DROP TABLE fact_state; DROP TABLE IF EXISTS layout"""
)


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (_OLD, "an earlier"),
        ("DROP TABLE layout", "an earlier"),
        ("UPDATE layout SET version = 0", "an earlier"),
        ("UPDATE layout SET version = version + 1", "a later"),
    ],
)
def test_a_home_of_another_version_says_what_to_do(workshop: Workshop, change: str, made: str) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n", accounts_csv=HEAD_OF_STATES + STATES[0])
    workshop.load(OWNERS)
    before, path = contents(workshop.store), workshop.home / "staging.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)
    with pytest.raises(StagingForeign, match=rf"made by {made} version of relgraph.*`relgraph ingest PATH"):
        workshop.load(OWNERS)
    assert contents(workshop.store) == before
    path.unlink()
    workshop.load(OWNERS)
    assert contents(workshop.store) == before
    assert not workshop.load(OWNERS).changed


OWNED_IN_FILES = OWNERS.replace("file: accounts.csv", "file: accounts-*.csv")


def _owned(workshop: Workshop) -> list[tuple[str, str]]:
    return [(row["owner"], row["name"]) for row in workshop.ask(OWNED)]


@pytest.mark.parametrize("order", [(0, 3), (3, 0), (1, 3, 0)])
def test_the_newest_stamp_of_several_files_counts(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\ne3,Wes\n")
    for file, state in enumerate(order, start=1):
        workshop.put(**{f"accounts-{file}_csv": HEAD_OF_STATES + STATES[state]})
    report = workshop.load(OWNED_IN_FILES)
    assert _owned(workshop) == [("crm:e3", "Alpha Holding")]
    assert report.datasets["accounts"].replaced == len(order) - 1
    assert not workshop.load(OWNED_IN_FILES).changed


@pytest.mark.parametrize("stamps", [(".900", ".100"), (".100", ".900")])
def test_two_states_of_one_second_in_two_files_leave_one(workshop: Workshop, stamps: tuple[str, str]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    for file, part in enumerate(stamps, start=1):
        owner = "e2" if part == ".900" else "e1"
        row = f"1,Alpha,{owner},2024-01-01T10:00:00{part}\n"
        workshop.put(**{f"accounts-{file}_csv": HEAD_OF_STATES + row})
    workshop.load(OWNED_IN_FILES)
    assert _owned(workshop) == [("crm:e2", "Alpha")]


@pytest.mark.parametrize("second", ["", "2024-02-01"])
def test_a_file_without_stamps_counts_as_later(workshop: Workshop, second: str) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    workshop.put(**{"accounts-1_csv": HEAD_OF_STATES + f"1,Alpha,e1,{'' if second else '2024-01-01'}\n"})
    workshop.put(**{"accounts-2_csv": HEAD_OF_STATES + f"1,Beta,e2,{second}\n"})
    workshop.load(OWNED_IN_FILES)
    assert _owned(workshop) == [("crm:e2", "Beta")]


STAMPED_ORDERS = ORDERS.replace("amount: amount}}]", "amount: amount}, known_from: modified}]")


def test_the_newest_stamp_of_several_files_moves_an_order(workshop: Workshop) -> None:
    workshop.put(**ORDER_FILES)
    head = "no,cust,date,amount,modified\n"
    workshop.put(**{"orders-1_csv": head + "O1,2,2024-01-10,250,2024-03-01\nO2,1,2024-01-11,7,2024-01-11\n"})
    workshop.put(**{"orders-2_csv": head + "O1,1,2024-01-10,300,2024-02-01\nO2,1,2024-01-11,7,2024-01-11\n"})
    workshop.load(STAMPED_ORDERS)
    assert workshop.ask(PLACED) == MOVED


ORDER_LINES = """
source: erp
currency: EUR
datasets:
  products:
    file: products.csv
    nodes: [{label: Product, key: id, fields: {name: id}}]
  orders:
    file: orders-*.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: date}, known_from: modified}]
    links: [{type: CONTAINS, to: {Product: prod}, fields: {quantity: qty, line: line}}]
"""


def test_lines_are_those_of_the_file_with_the_newest_stamp(workshop: Workshop) -> None:
    head = "no,date,line,prod,qty,modified\n"
    same = "O1,2024-01-10,1,P1,1,2024-01-10\n"
    workshop.put(products_csv=ORDER_FILES["products_csv"])
    workshop.put(**{"orders-1_csv": head + same + "O1,2024-01-10,2,P2,1,2024-03-01\n"})
    workshop.put(**{"orders-2_csv": head + same + "O1,2024-01-10,2,P3,1,2024-02-01\n"})
    report = workshop.load(ORDER_LINES)
    assert [(row["line"], row["product"]) for row in workshop.ask(LINES)] == [(1, "erp:P1"), (2, "erp:P2")]
    assert all(counts.adds_up for counts in report.datasets.values())


def test_two_states_within_one_second_leave_one(workshop: Workshop) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    for owner, at in (("e1", "2024-01-01T10:00:00.100"), ("e2", "2024-01-01T10:00:00.900")):
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,Alpha,{owner},{at}\n")
        workshop.load(OWNERS)
    assert [row["owner"] for row in workshop.ask(OWNED)] == ["crm:e2"]


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


MAIL = """
source: mail
datasets:
  mails:
    file: mails.csv
    nodes:
      - {label: Interaction, key: id, fields: {at: at, channel: {constant: email}}}
      - {label: Contact, key: sender, fields: {name: who, email: sender}}
      - {label: Contact, key: to, fields: {email: to}}
    links:
      - {type: PARTICIPATED_IN, from: {Contact: sender}, fields: {part: {constant: from}}}
      - {type: PARTICIPATED_IN, from: {Contact: to}, fields: {part: {constant: to}}}
"""


def test_sender_and_recipient_keep_their_records(workshop: Workshop) -> None:
    head = "id,at,sender,who,to\nm1,2024-01-01,a@x.com,Ann,b@y.com\n"
    workshop.put(mails_csv=head + "m2,2024-01-02,b@y.com,Bob,a@x.com\n")
    workshop.load(MAIL)
    closed = "MATCH (s:SourceRecord) WHERE s.known_to IS NOT NULL RETURN s.record_id AS id"
    assert workshop.ask(closed) == []
    assert not workshop.load(MAIL).changed
    workshop.put(mails_csv=head + "m2,2024-01-02,b@y.com,Bob,c@z.com\n")
    workshop.load(MAIL)
    people = "MATCH (p:Contact)-[:PARTICIPATED_IN]->(i {interaction_id: 'mail:m2'}) RETURN p.email AS email"
    assert sorted(row["email"] for row in workshop.ask(people)) == ["b@y.com", "c@z.com"]


def test_a_bad_link_does_not_cost_the_record(workshop: Workshop) -> None:
    mapping = """
    source: crm
    datasets:
      accounts:
        file: accounts.csv
        nodes: [{label: Customer, key: id, fields: {name: name}}]
        links: [{type: PARENT_OF, from: {Customer: parent}}]
    """
    workshop.put(accounts_csv="id,name,parent\n1,Alpha,1\n2,Beta,9\n3,Cyan,4\n4,Dune,3\n")
    report = workshop.load(mapping)
    assert (report.datasets["accounts"].loaded, report.quarantined) == (4, 0)
    assert report.datasets["accounts"].without == {"PARENT_OF": {"itself": 1, "unknown": 1}}
    assert workshop.counts()["PARENT_OF"] == 2
