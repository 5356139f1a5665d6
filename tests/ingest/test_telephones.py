"""Telephone numbers match by the number that is dialled, however they are written."""

import pytest

from ingest.errors import MappingInvalid
from ingest.reading.country import read_country
from ingest.reading.telephone import NO_KEY, phone_key, phone_keys
from tests.ingest.conftest import Workshop


@pytest.mark.parametrize(
    ("text", "country", "key"),
    [
        ("+34 91 123 45 67", None, "+34911234567"),
        ("0034 911 23 45 67", "DE", "+34911234567"),
        ("(0034) 911234567", None, "+34911234567"),
        ("91-123-45-67", "ES", "+34911234567"),
        ("+49 (0)30 1234568", None, "+49301234568"),
        ("030/1234568", "DE", "+49301234568"),
        ("138 0013 8001", "CN", "+8613800138001"),
        ("010-62345678", "CN", "+861062345678"),
        ("０３０ １２３４５６８", "DE", "+49301234568"),
        ("030 1234568", None, "0301234568"),
        ("030-123 45 68", None, "0301234568"),
    ],
)
def test_one_number_has_one_key(text: str, country: str | None, key: str) -> None:
    assert phone_key(text, country) == key
    assert key in phone_keys(text, country)


@pytest.mark.parametrize(
    "text",
    [
        "138****1234", "+49 30 1234 xxxx", "+49 30 1234568 ext. 12", "+49 30 1234568 x12", "030 1234568 #12",
        "010-62345678转802", "010-62345678 分机 802", "030 1234568 Durchwahl 12", "91 123 45 67 int. 3",
    ],
)  # fmt: skip
def test_hidden_digits_and_extensions_are_no_keys(text: str) -> None:
    assert phone_key(text, "DE").startswith(NO_KEY)


@pytest.mark.parametrize("name", ["ES", "esp", "Spain", "Spanien", "España", "西班牙"])
def test_countries_are_read_in_several_languages(name: str) -> None:
    assert read_country(name) == "ES"
    assert read_country("Atlantis") is None


DESK = """
source: crm
country: {country}
datasets:
  accounts:
    file: accounts.csv
    nodes: [{{label: Customer, key: id, fields: {{name: name, phone: phone, country: country}}}}]
  debtors:
    file: debtors.csv
    source: erp
    nodes:
      - {{label: Customer, key: no, fields: {{name: name, phone: tel}}, match: [{{phone: tel}}]}}
  people:
    file: people.csv
    nodes: [{{label: Contact, key: id, fields: {{name: name, phone: phone}}}}]
  calls:
    file: calls.csv
    nodes: [{{label: Interaction, key: id, fields: {{channel: {{constant: call}}, at: at}}}}]
    links: [{{type: PARTICIPATED_IN, from: {{label: Contact, by: {{phone: caller}}}}, optional: true}}]
"""
FILES = {
    "accounts_csv": "id,name,phone,country\n1,Iberia,91 123 45 67,Spanien\n2,Ruhr,030 1234568,\n"
    "3,北京,010-62345678,中国\n4,Hidden,138****1234,CN\n5,Desk,+49 30 555666 ext. 7,\n",
    "debtors_csv": "no,name,tel\nA,IBERIA SA,0034 911234567\nB,Ruhr GmbH,+49 (0)30 1234568\n"
    "C,北京公司,+86 10 6234 5678\nD,Other,138****1234\nE,Else,+49 30 555666 ext. 7\n",
    "people_csv": "id,name,phone\np,Ann,030 765432 1\nq,Eve,+1 212 555 0100\n",
    "calls_csv": "id,at,caller\nk,2024-01-01,+49307654321\nl,2024-01-02,001 212-555-0100\n"
    "m,2024-01-03,+49 30 555666\n",
}
JOINED = """MATCH (a:Alias)-[:ALIAS_OF]->(c:Customer)
RETURN c.customer_id AS id, collect(a.alias_id) AS aliases"""
CALLS = "MATCH (p:Contact)-[:PARTICIPATED_IN]->(i:Interaction) RETURN p.name AS who, i.interaction_id AS call"


def joined(workshop: Workshop) -> set[frozenset[str]]:
    found = (frozenset(one.partition("|")[2] for one in row["aliases"]) for row in workshop.ask(JOINED))
    return {names for names in found if len(names) > 1}


@pytest.mark.parametrize("apart", [False, True])
def test_records_are_joined_by_the_number_that_is_dialled(workshop: Workshop, apart: bool) -> None:
    """In one run, and where the graph holds the one side already."""
    later = ("debtors_csv", "calls_csv")
    empty = {name: FILES[name].partition("\n")[0] + "\n" for name in later} if apart else {}
    workshop.put(**(FILES | empty))
    workshop.load(DESK.format(country="Deutschland"))
    workshop.put(**FILES)
    report = workshop.load(DESK.format(country="Deutschland"))
    if not apart:
        assert not report.changed
    pairs = (("crm:1", "erp:A"), ("crm:2", "erp:B"), ("crm:3", "erp:C"))
    assert joined(workshop) == set(map(frozenset, pairs))
    calls = {(row["who"], row["call"]) for row in workshop.ask(CALLS)}
    assert calls == {("Ann", "crm:k"), ("Eve", "crm:l")}
    assert any("138****1234" in note and "hides digits" in note for note in report.notes)
    assert any("ext. 7" in note and "is an extension" in note for note in report.notes)


def test_a_number_of_no_known_country_matches_by_its_digits(workshop: Workshop) -> None:
    workshop.put(
        **(FILES | {"debtors_csv": "no,name,tel\nA,Iberia SA,911234567\nB,Ruhr GmbH,030/123 45-68\n"})
    )
    workshop.load(DESK.replace("country: {country}\n", "").format())
    assert joined(workshop) == {frozenset(("crm:1", "erp:A")), frozenset(("crm:2", "erp:B"))}


def test_a_country_that_is_none_is_refused(workshop: Workshop) -> None:
    workshop.put(**FILES)
    with pytest.raises(MappingInvalid, match="`Atlantis` is no country"):
        workshop.load(DESK.format(country="Atlantis"))
