"""Signs around a cell that nobody sees, guards against spreadsheets, quotes that close far below."""

import pytest

from tests.ingest.conftest import Workshop

PEOPLE = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name, revenue: revenue}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, phone: phone}}]
    links: [{type: WORKS_AT, to: {Customer: account}}]
"""
JOBS = """MATCH (p:Contact)-[:WORKS_AT]->(c:Customer)
RETURN p.contact_id AS id, p.name AS name, p.phone AS phone, c.name AS at ORDER BY id"""
HEAD = "id,name,account,phone\n"


@pytest.mark.parametrize(
    "row",
    [
        "a,Ann,00123,+49 30 123456\n",
        "\u200ba,\u200eAnn,00123\u00ad,\u202a+49 30 123456\u202c\n",
        '"=""a""",Ann,"=""00123""",\'+49 30 123456\n',
        '="a",="Ann",\'00123,"=""+49 30 123456"""\n',
        "a\u2009,Ann\x1a,\u206000123,\u2066+49 30 123456\u2069\n",
    ],
)
def test_what_guards_a_cell_is_no_part_of_it(workshop: Workshop, row: str) -> None:
    workshop.put(accounts_csv="id,name,revenue\n00123,'s-Gravenhage BV,\n", people_csv=HEAD + row)
    workshop.load(PEOPLE)
    assert workshop.ask(JOBS) == [
        {"id": "crm:a", "name": "Ann", "phone": "+49 30 123456", "at": "'s-Gravenhage BV"}
    ]


def test_files_put_together_with_their_byte_order_marks(workshop: Workshop) -> None:
    head = "\ufeffid,name,revenue\n"
    workshop.put(accounts_csv=f"{head}1,Alpha,\n{head}2,Beta,\n\x1a", people_csv=HEAD)
    report = workshop.load(PEOPLE)
    assert [why for why in report.reasons if "repeats the header" in str(why)]
    assert workshop.ask("MATCH (c:Customer) RETURN c.customer_id AS id ORDER BY id") == [
        {"id": "crm:1"}, {"id": "crm:2"},
    ]  # fmt: skip


@pytest.mark.parametrize("amount", ["1e400", "-1e309", "1e-400", "9" * 400])
def test_amounts_beyond_what_is_kept_wait(workshop: Workshop, amount: str) -> None:
    workshop.put(accounts_csv=f"id,name,revenue\n1,Alpha,{amount}\n2,Beta,5\n", people_csv=HEAD)
    report = workshop.load("currency: EUR\n" + PEOPLE.lstrip())
    assert report.datasets["accounts"].quarantined == 1
    assert workshop.ask("MATCH (c:Customer) RETURN c.revenue AS r") == [{"r": 5.0}]


QUOTED = """
source: crm
datasets:
  accounts: {file: accounts.csv, nodes: [{label: Customer, key: id, fields: {name: name, city: city}}]}
"""
NAMES = "MATCH (c:Customer) RETURN c.name AS name ORDER BY c.customer_id"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ('2,Rom,"Beta\n3,Bonn,Gamma\n4,Bern,Delta"\n', "`Beta⏎3,Bonn,Gamma⏎4,Bern,Delta` holds lines"),
        ('2,"Rom,Beta\n3,Bonn,Gamma\n4,Bern",Delta\n', "`Rom,Beta⏎3,Bonn,Gamma⏎4,Bern` holds lines"),
        ('2,Rom,"Beta\n3,Bonn,Gamma\n', "line 3 is not a row: value with unterminated quote found. "
         "(the line below it belongs to it)"),
        ('2,Rom,"Beta\n3,Bonn,Gamma\n4,"Bern, CH",Delta\n', "line 3 is not a row: value with unterminated "
         "quote found. (the 2 lines below it belong to it)"),
    ],
)  # fmt: skip
def test_a_quote_that_closes_far_below_hides_no_rows(workshop: Workshop, rows: str, why: str) -> None:
    workshop.put(accounts_csv=f"id,city,name\n1,Oslo,Alpha\n{rows}")
    report = workshop.load(QUOTED)
    assert workshop.ask(NAMES) == [{"name": "Alpha"}]
    assert [reason for reason in report.reasons if str(reason).find(why) >= 0]


def test_a_cell_of_several_lines_is_a_cell(workshop: Workshop) -> None:
    address = "1st floor, east, left\n12 High Street, Leeds, UK\nopen, daily, 9-5"
    workshop.put(accounts_csv=f'id,city,name\nA-1,"{address}",Alpha\nA-2,Rom,"Beta\n& Sons"\n')
    assert workshop.load(QUOTED).datasets["accounts"].loaded == 2
    assert workshop.ask(NAMES) == [{"name": "Alpha"}, {"name": "Beta\n& Sons"}]
