"""A record that is stated anew replaces what was said of it, its parts included."""

from tests.ingest.conftest import Workshop
from tests.ingest.replacing import HEAD, LINES, MOVED, ORDER_FILES, ORDERS, PLACED


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
