"""Cells that hold several mail addresses or telephone numbers: each of them finds whose they are."""

from typing import Any

import pytest

from graph.search import read_index, search
from graph.service import run_sync
from ingest.reading.people import people
from tests.graph.world import NOW
from tests.ingest.conftest import Workshop

PEOPLE = """
source: crm
exported_at: 2025-06-01
valid_from: 2024-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name, phone: phone}}]
  people:
    file: people.csv
    nodes:
      - label: Contact
        key: id
        fields: {name: name, email: {column: mail, clean: email}, phone: phone, mobile: cell}
    links: [{type: WORKS_AT, to: {Customer: acc}}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
"""
MAILS = """
source: mail
datasets:
  mails:
    file: mails.csv
    nodes: [{label: Interaction, key: id, fields: {at: at, channel: {constant: email}}}]
    links:
      - {type: PARTICIPATED_IN, from: {label: Employee, by: {email: ours}}, fields: {part: {constant: from}}}
      - {type: PARTICIPATED_IN, from: {label: Contact, by: {email: theirs}}, fields: {part: {constant: to}}}
"""
MATCHED = """
source: shop
datasets:
  buyers:
    file: buyers.csv
    nodes: [{label: Contact, key: no, match: {email: mail}, fields: {name: name}}]
"""
OTHERS = """MATCH (p:Contact) RETURN p.contact_id AS id, p.email AS email, p.phone AS phone,
  p.other_emails AS emails, p.other_phones AS phones, p.other_mobiles AS mobiles ORDER BY id"""
TALKS = """MATCH (p:Contact|Employee)-[:PARTICIPATED_IN]->(i:Interaction)
RETURN i.interaction_id AS mail, coalesce(p.contact_id, p.employee_id) AS who ORDER BY mail, who"""


@pytest.fixture
def loaded(workshop: Workshop) -> Workshop:
    """Dan with several of each, Eve whose first is one of Dan's, Li as a Chinese export has them."""
    workshop.put(
        accounts_csv="id,name,phone\n1,Alpha,+49 30 111222; +49 30 111333\n",
        people_csv=(
            "id,name,mail,phone,cell,acc\n"
            'd,Dan,"dan@beta.example; Dan Dorr <D.Dorr@home.example>; eve@beta.example",'
            "+49 30 222111 / +49 40 333222,,1\n"
            "e,Eve,eve@beta.example,,,1\n"
            "l,李明,li@alpha.example、lm@qq.example,,13800138000；13900139000,1\n"
        ),
        staff_csv="id,name,mail\nu,Uma,uma@us.example / u.mann@us.example\n",
    )
    report = workshop.load(PEOPLE)
    assert report.datasets["people"].quarantined == 0
    return workshop


def test_the_first_is_shown_and_none_is_lost(loaded: Workshop) -> None:
    dan, eve, li = loaded.ask(OTHERS)
    assert (dan["email"], dan["phone"]) == ("dan@beta.example", "+49 30 222111")
    assert list(dan["emails"]) == ["d.dorr@home.example", "eve@beta.example"]
    assert list(dan["phones"]) == ["+49 40 333222"]
    assert (eve["emails"], eve["phones"], eve["mobiles"]) == (None, None, None)
    assert (list(li["emails"]), list(li["mobiles"])) == (["lm@qq.example"], ["13900139000"])
    assert loaded.ask("MATCH (c:Customer) RETURN c.other_phones AS p") == [{"p": ["+49 30 111333"]}]


@pytest.mark.query("ingest.values")
def test_mails_find_people_by_each_address(loaded: Workshop) -> None:
    """A second address that is somebody's first means that one; what the graph holds counts, too."""
    sent = {
        "1": "D.Dorr@home.example",
        "2": "eve@beta.example",
        "3": "lm@qq.example",
        "4": "dan@beta.example",
    }
    lines = (f"{one},2025-05-0{one},u.mann@us.example,{mail}\n" for one, mail in sent.items())
    loaded.put(mails_csv="id,at,ours,theirs\n" + "".join(lines))
    loaded.load(MAILS)
    found: dict[str, set[str]] = {}
    for row in loaded.ask(TALKS):
        found.setdefault(row["mail"].rpartition(":")[2], set()).add(row["who"])
    theirs = {"1": "crm:d", "2": "crm:e", "3": "crm:l", "4": "crm:d"}
    assert found == {one: {"crm:u", who} for one, who in theirs.items()}


def test_another_source_matches_by_each_address(loaded: Workshop) -> None:
    loaded.put(buyers_csv="no,name,mail\n9,Daniel Dorr,d.dorr@home.example\n")
    loaded.load(MATCHED)
    assert [row["id"] for row in loaded.ask(OTHERS)] == ["crm:d", "crm:e", "crm:l"]


@pytest.mark.slow
def test_a_further_address_of_two_people_is_listed(loaded: Workshop) -> None:
    loaded.put(
        people_csv='id,name,mail,phone,cell,acc\nd,Dan,"d@beta.example; office@beta.example",,,1\n'
        'f,Fay,"f@beta.example; office@beta.example",,,1\n',
        mails_csv="id,at,ours,theirs\n1,2025-05-01,uma@us.example,office@beta.example\n",
    )
    loaded.load(PEOPLE)
    (unclear,) = loaded.load(MAILS).review
    assert (unclear.key, sorted(unclear.candidates)) == ("office@beta.example", ["crm:d", "crm:f"])


@pytest.mark.query("search.contacts", "search.customers", "search.named")
def test_search_finds_by_each(loaded: Workshop) -> None:
    index = read_index(loaded.store)
    asked = {
        "d.dorr@home.example": "crm:d", "+49 40 333222": "crm:d", "lm@qq.example": "crm:l",
        "13900139000": "crm:l", "+49 30 111333": "crm:1", "u.mann@us.example": "crm:u",
    }  # fmt: skip
    found: dict[str, Any] = {}
    for text in asked:
        hits = run_sync(loaded.store, search, index, text=text, as_of=NOW, viewer=None).hits
        found[text] = hits[0].node_id if hits else None
    assert found == asked


def test_a_cell_that_now_holds_one_address_keeps_no_other(loaded: Workshop) -> None:
    loaded.put(people_csv="id,name,mail,phone,cell,acc\nd,Dan,dan@beta.example,,,1\n")
    loaded.load(PEOPLE)
    (dan, *_) = loaded.ask(OTHERS)
    assert (dan["email"], dan["emails"], dan["phones"]) == ("dan@beta.example", None, None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("李娜/王芳", ["李娜", "王芳"]), ("小李；小王", ["小李", "小王"]), ("李娜,王芳", ["李娜", "王芳"]),
        ("李娜和王芳", ["李娜", "王芳"]), ("张伟、刘洋", ["张伟", "刘洋"]),
        ("Anna Berg; Tom Lee", ["Anna Berg", "Tom Lee"]), ("Anna Berg und Tom Lee", ["Anna Berg", "Tom Lee"]),
        ("Arvid, Ann", []), ("赵和平", []), ("欧阳娜娜", []), ("José Ortega y Gasset", []),
        ("Anna & Tom Berg", []), ("王芳/经理", []), ("Müller/Schmidt", []), ("Anna Berg / Einkauf", []),
        ("欧阳锋/令狐冲", ["欧阳锋", "令狐冲"]), ("司马光、诸葛亮", ["司马光", "诸葛亮"]),
        ("张经理/王总", ["张经理", "王总"]),
        ("张伟(采购)/王芳", ["张伟", "王芳"]), ("Doe, John; Roe, Jane", ["Doe, John", "Roe, Jane"]),
        ("Eva Schmidt (Berlin); Tom Lee", ["Eva Schmidt", "Tom Lee"]), ("Anna Berg;", []),
        ("陈静/项目部", []), ("王芳/商务", []), ("李娜，单证", []),
        ("张伟/成本部", []), ("王芳、应收", []), ("张伟/安全部", []),
        ("王芳/江苏", []), ("Jane Doe | Acme Corp", []), ("Jane Doe | Blue River", []), ("王芳/王芳", []),
        ("Anna Berg & Siemens AG", []), ("Accounts Payable & Sales Office", []),
        ("Vertrieb Innendienst und Technischer Support", []), ("Anna Berg\nTel Nr", []), ("欧阳/上官", []),
    ],
)  # fmt: skip
def test_whole_names_in_one_cell(name: str, found: list[str]) -> None:
    assert people(name) == found


def test_a_row_that_names_several_people_waits(loaded: Workshop) -> None:
    """One person with two names would be found by neither; what only may be two is told."""
    loaded.put(
        people_csv="id,name,mail,phone,cell,acc\nx,李娜/王芳,,,,1\ny,Anna Berg & Tom Lee,,,,1\n"
        'z,"Arvid, Ann",,,,1\nv,赵和平,,,,1\nw,Anna & Tom Berg,,,,1\n',
        staff_csv="id,name,mail\nu,Uma/Vic Us,\n",
    )
    report = loaded.load(PEOPLE)
    assert report.datasets["people"].quarantined == 2
    (refused,) = report.reasons
    assert refused["count"] == 2
    assert refused["example"]["reason"] == (
        "Contact.name: `李娜/王芳` is not a name: it names 2 people (`李娜`, `王芳`): give each a row of "
        "their own (column name)"
    )
    assert [note for note in report.notes if "several people" in note] == [
        "people: Contact.name, 1 row: `Anna & Tom Berg` looks like the names of several people and is one "
        "person: split its rows"
    ]


def test_a_name_beside_a_department_or_itself_is_one_person(loaded: Workshop) -> None:
    loaded.put(
        people_csv="id,name,mail,phone,cell,acc\nx,王芳/王芳,,,,1\ny,陈静/项目部,,,,1\n"
        "z,Jane Doe | Acme Corp,,,,1\n",
    )
    report = loaded.load(PEOPLE)
    assert report.datasets["people"].quarantined == 0
    found = loaded.ask("MATCH (p:Contact) WHERE p.ended_at IS NULL RETURN p.name AS name ORDER BY name")
    assert {"Jane Doe | Acme Corp", "王芳", "陈静/项目部"} <= {row["name"] for row in found}
    (note,) = [note for note in report.notes if "several people" in note]
    assert "2 rows" in note


def test_an_order_is_not_lost_for_the_names_beside_it(loaded: Workshop) -> None:
    loaded.put(orders_csv="no,at,who\n1,2025-05-01,李娜/王芳\n")
    report = loaded.load("""
        source: shop
        datasets:
          orders:
            file: orders.csv
            nodes:
              - {label: Order, key: no, fields: {ordered_at: at}}
              - {label: Contact, key: who, fields: {name: who}}
        """)
    assert (report.datasets["orders"].loaded, report.quarantined) == (1, 0)
    assert any("several people" in note for note in report.notes)
