"""What a later export changes, and what it leaves as history."""

from datetime import UTC, datetime

import pytest

from tests.ingest.conftest import COMPANY, FILES, Workshop

LATER = datetime(2025, 3, 1, tzinfo=UTC)
LATER_EXPORT = COMPANY.replace("source: crm", "source: crm\nexported_at: 2025-03-01")


def test_a_changed_row_becomes_a_new_version_of_its_record(company: Workshop) -> None:
    company.load()
    company.put(accounts_csv=FILES["accounts.csv"].replace("Beta,,", "Beta Group,7,"))
    report = company.load(LATER_EXPORT)
    assert (report.datasets["accounts"].loaded, report.datasets["accounts"].unchanged) == (1, 1)
    versions = company.ask(
        """MATCH (s:SourceRecord {source_key: '2'})-[:RECORD_OF]->(c:Customer)
        RETURN s.known_from AS known_from, s.known_to AS known_to, c.name AS name ORDER BY known_from"""
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    assert versions == [
        {"known_from": start, "known_to": LATER, "name": "Beta Group"},
        {"known_from": LATER, "known_to": None, "name": "Beta Group"},
    ]


def test_a_value_that_is_gone_is_removed(company: Workshop) -> None:
    company.load()
    company.put(accounts_csv=FILES["accounts.csv"].replace("Alpha,10,", "Alpha,,"))
    company.load(LATER_EXPORT)
    assert company.ask("MATCH (c:Customer {customer_id: 'crm:1'}) RETURN c.employees AS n") == [{"n": None}]


@pytest.mark.slow
def test_a_person_who_changes_company_leaves_the_old_job_as_history(company: Workshop) -> None:
    company.load()
    company.put(people_csv=FILES["people.csv"].replace("采购经理,2", "采购经理,1"))
    company.load(LATER_EXPORT)
    jobs = company.ask(
        """MATCH (:Contact {contact_id: 'crm:b@beta.com'})-[r:WORKS_AT]->(c)
        RETURN c.name AS name, r.valid_from AS since, r.valid_to AS until ORDER BY since"""
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    assert jobs == [
        {"name": "Beta", "since": start, "until": LATER},
        {"name": "Alpha", "since": LATER, "until": None},
    ]
    assert not company.load(LATER_EXPORT).changed


def test_going_back_opens_a_third_job(company: Workshop) -> None:
    company.load()
    company.put(people_csv=FILES["people.csv"].replace("采购经理,2", "采购经理,1"))
    company.load(LATER_EXPORT)
    company.put(people_csv=FILES["people.csv"])
    company.load(LATER_EXPORT.replace("2025-03-01", "2025-06-01"))
    jobs = company.ask(
        """MATCH (:Contact {contact_id: 'crm:b@beta.com'})-[r:WORKS_AT]->(c)
        RETURN c.name AS name, r.valid_to IS NULL AS open ORDER BY r.valid_from"""
    )
    assert [(job["name"], job["open"]) for job in jobs] == [("Beta", False), ("Alpha", False), ("Beta", True)]


def test_a_correction_of_a_dated_fact_leaves_what_was_known(company: Workshop) -> None:
    dated = LATER_EXPORT.replace("title: title}", "title: title}\n        valid_from: since")
    head = "mail,name,title,account,since\n"
    company.put(people_csv=head + "a@alpha.com,Ann,CEO,1,2021-05-01\n")
    company.load(dated.replace("2025-03-01", "2021-06-01"))
    company.put(people_csv=head + "a@alpha.com,Ann,CTO,1,2021-05-01\n")
    company.load(dated)
    jobs = company.ask(
        """MATCH (:Contact)-[r:WORKS_AT]->() RETURN r.title AS title, r.valid_from AS since, r.known_from
            AS known,
        r.known_to AS until, r.reason AS reason ORDER BY known"""
    )
    since = datetime(2021, 5, 1, tzinfo=UTC)
    assert jobs == [
        {"title": "CEO", "since": since, "known": since, "until": LATER, "reason": "corrected by its source"},
        {"title": "CTO", "since": since, "known": LATER, "until": None, "reason": None},
    ]


DEALS = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  deals:
    file: deals.csv
    nodes: [{label: Opportunity, key: deal, fields: {name: deal, opened_at: opened}}]
    links: [{type: FOR, to: {Customer: account}}]
"""


def test_a_part_of_a_record_follows_the_record(company: Workshop) -> None:
    company.put(deals_csv="deal,opened,account\nD1,2024-01-01,1\nD2,2024-01-01,1\n")
    company.load(DEALS)
    company.put(deals_csv="deal,opened,account\nD1,2024-01-01,2\n")
    report = company.load(DEALS)
    assert report.datasets["deals"].loaded == 1
    pairs = company.ask(
        """MATCH (o:Opportunity)-[:FOR]->(c:Customer)
        RETURN o.opportunity_id AS deal, c.customer_id AS customer ORDER BY deal"""
    )
    assert pairs == [{"deal": "crm:D1", "customer": "crm:2"}, {"deal": "crm:D2", "customer": "crm:1"}]


def test_lines_in_another_order_are_the_same_lines(company: Workshop) -> None:
    company.load()
    head, *lines = FILES["lines.csv"].splitlines(keepends=True)
    company.put(lines_csv=head + "".join(reversed(lines)))
    assert not company.load().changed


def test_a_circle_of_parents_is_told(company: Workshop) -> None:
    head = "id,name,staff,tax,parent\n"
    company.put(accounts_csv=f"{head}1,Alpha,,,3\n2,Beta,,,1\n3,Gamma,,,2\n4,Delta,,,3\n5,Epsilon,,,\n")
    assert any(
        note.startswith("PARENT_OF: 3 records stand above themselves") for note in company.load().notes
    )
    company.put(accounts_csv=f"{head}1,Alpha,,,5\n2,Beta,,,1\n3,Gamma,,,2\n4,Delta,,,3\n5,Epsilon,,,\n")
    assert not any("above themselves" in note for note in company.load().notes)


def test_a_job_that_ends_before_it_begins_is_told(company: Workshop) -> None:
    company.put(people_csv="mail,name,title,account,from,to\na@alpha.com,Ann,CEO,1,2024-05-01,2023-05-01\n")
    title = "fields: {title: title}"
    dated = COMPANY.replace(title, f"{title}\n        valid_from: from\n        valid_to: to")
    (note,) = [note for note in company.load(dated).notes if note.startswith("WORKS_AT")]
    assert "1 with an end before the beginning, such as `crm:a@alpha.com → crm:1`" in note
