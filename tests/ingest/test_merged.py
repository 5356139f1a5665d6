"""Loads after a merge land at the one record, and at its own once the merge is undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.history import check_history
from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.service import run_sync
from graph.writing import Author
from tests.conftest import wipe
from tests.ingest.conftest import COMPANY, FILES, NOW, Workshop
from tests.merge.export import export

EVA = Author("crm:eva", "k1", NOW, NOW + timedelta(days=1))
LATER = {
    "accounts.csv": FILES["accounts.csv"].replace("2,Beta,,", "2,Beta Ltd.,55,"),
    "people.csv": FILES["people.csv"].replace("采购经理", "Buyer") + "c@beta.com,Cat,CFO,2\n",
    "lines.csv": FILES["lines.csv"] + "O3,2024-07-01,2,P2,1,9\n",
}
STAFF = """
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: id}}]
"""
MAPPING = COMPANY.rstrip() + STAFF


@pytest.fixture
def loaded(company: Workshop) -> Workshop:
    company.put(staff_csv="id\neva\n")
    company.load(MAPPING)
    return company


def put(workshop: Workshop, files: dict[str, str]) -> None:
    workshop.put(**{name.replace(".", "_"): content for name, content in files.items()})


@pytest.mark.slow
def test_a_later_load_lands_at_the_one_record_and_an_unmerge_is_as_if_nothing_had_been_merged(
    loaded: Workshop,
) -> None:
    run_sync(loaded.store, merge, EVA, MergeWords("Customer", "crm:1", "crm:2"))
    assert not loaded.load(MAPPING).changed
    put(loaded, LATER)
    loaded.load(MAPPING)
    of_customer = "MATCH (c:Customer) RETURN c.customer_id AS id, c.name AS name, c.employees AS staff"
    assert loaded.ask(of_customer) == [{"id": "crm:1", "name": "Alpha", "staff": 10}]
    placed = "MATCH (:Customer {customer_id: 'crm:1'})-[:PLACED]->(o) RETURN count(*) AS n"
    works = (
        "MATCH (:Customer {customer_id: 'crm:1'})<-[:WORKS_AT]-(p) RETURN count(DISTINCT p.contact_id) AS n"
    )
    assert (loaded.ask(placed), loaded.ask(works)) == ([{"n": 3}], [{"n": 3}])
    assert check_history(loaded.store, loaded.home).equal
    run_sync(loaded.store, unmerge, replace(EVA, key="k2"), UnmergeWords("crm:2"))
    assert check_history(loaded.store, loaded.home).equal
    found = export(loaded.store)
    wipe(loaded.store)
    put(loaded, FILES)
    fresh = replace(loaded, home=loaded.home.with_name("other"))
    fresh.load(MAPPING)
    put(fresh, LATER)
    fresh.load(MAPPING)
    assert [row for row in found if "'run_id'" not in row] == [
        row for row in export(fresh.store) if "'run_id'" not in row
    ]


def test_a_value_that_only_the_other_record_had_still_finds_it(loaded: Workshop) -> None:
    """Mail is looked up by address: that of the contact who was absorbed, too."""
    people = "crm:a@alpha.com", "crm:b@beta.com"
    run_sync(loaded.store, merge, EVA, MergeWords("Contact", *people))
    loaded.put(mails_csv="id,at,who\nm1,2024-08-01,b@beta.com\nm2,2024-08-02,a@alpha.com\n")
    mails = """
  mails:
    file: mails.csv
    nodes: [{label: Interaction, key: id, fields: {at: at}}]
    links: [{type: PARTICIPATED_IN, from: {label: Contact, by: {email: who}}}]
"""
    report = loaded.load(MAPPING + mails)
    assert not report.reasons
    met = "MATCH (p:Contact)-[:PARTICIPATED_IN]->(i) RETURN p.contact_id AS who, count(i) AS n"
    assert loaded.ask(met) == [{"who": people[0], "n": 2}]
    run_sync(loaded.store, unmerge, replace(EVA, key="k2"), UnmergeWords(people[1]))
    assert sorted((row["who"], row["n"]) for row in loaded.ask(met)) == [(people[0], 1), (people[1], 1)]
