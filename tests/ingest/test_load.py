"""A small company through the whole of ingest, on every engine."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.facts import fact_id
from ingest.errors import RowsRefused
from ingest.report import Report
from tests.conftest import wipe
from tests.ingest.conftest import COMPANY, FILES, Workshop


def totals(report: Report) -> dict[str, int]:
    assert all(item.adds_up for item in report.datasets.values())
    return {name: count for name, count in report.as_dict()["totals"].items() if count}


def test_rows_become_nodes_and_relationships(company: Workshop) -> None:
    report = company.load()
    assert totals(report) == {"read": 7, "loaded": 7}
    counts = company.counts()
    expected = {
        "Customer": 2,
        "Contact": 2,
        "Order": 2,
        "Product": 2,
        "PLACED": 2,
        "CONTAINS": 3,
        "WORKS_AT": 2,
    }
    assert expected.items() <= counts.items()
    assert counts["PARENT_OF"] == 1
    assert counts["Alias"] == counts["ALIAS_OF"] == counts["SourceRecord"] == counts["RECORD_OF"] == 6


def test_values_are_typed_and_defaults_filled(company: Workshop) -> None:
    company.load()
    order = company.ask("MATCH (o:Order {order_id: 'crm:O1'}) RETURN o")[0]["o"]
    assert order == {
        "order_id": "crm:O1", "ordered_at": datetime(2024, 5, 1, tzinfo=UTC), "kind": "sale",
        "amount": 27.5, "currency": "EUR",
    }  # fmt: skip
    assert company.ask("MATCH (o:Order {order_id: 'crm:O2'}) RETURN o.kind AS kind") == [{"kind": "return"}]
    customer = company.ask("MATCH (c:Customer {customer_id: 'crm:2'}) RETURN c")[0]["c"]
    assert {name: value for name, value in customer.items() if not name.startswith("name_")} == {
        "customer_id": "crm:2", "name": "Beta", "tax_id": "913456789012345678",
    }  # fmt: skip


def test_facts_carry_clocks_source_and_the_models_identity(company: Workshop) -> None:
    company.load()
    found = company.ask("MATCH (:Contact {contact_id: 'crm:b@beta.com'})-[r:WORKS_AT]->() RETURN r")[0]["r"]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    assert found["fact_id"] == fact_id(
        "WORKS_AT", "crm:b@beta.com", "crm:2", "crm", found["source_key"], start
    )
    assert (found["valid_from"], found["known_from"], found["basis"]) == (start, start, "observed")
    assert (found["title"], found["seniority"]) == ("采购经理", "manager")


def test_the_same_files_twice_change_nothing_and_say_so(company: Workshop) -> None:
    company.load()
    before = company.counts()
    again = company.load()
    assert not again.changed
    assert totals(again) == {"read": 7, "unchanged": 7}
    assert company.counts() == before


@pytest.mark.slow
@pytest.mark.query("ingest.run")
def test_a_graph_that_was_emptied_is_filled_again(company: Workshop) -> None:
    """The ledger is believed only where its newest run stands in the graph."""
    company.load()
    before = company.counts()
    assert not company.load().changed
    wipe(company.store)
    again = company.load()
    assert totals(again)["loaded"] == 7
    after = company.counts()
    for name in ("Change", "Run"):
        after.pop(name), before.pop(name)
    assert after == before


BAD_LINES = (
    "order,day,account,product,quantity,amount\n"
    "O1,2024-05-01,1,P1,2,20.5\nO3,2024-13-01,1,P1,1,1\nO4,2024-06-01,9,P1,1,1\n"
    "O5,2024-06-01,1,P1,1,many\n,2024-06-01,1,P1,1,1\nO6,2024-06-01\nO1,2024-05-01,1,P1,2,20.5\n"
)


def test_bad_rows_wait_with_a_reason_and_the_rest_loads(company: Workshop) -> None:
    company.put(lines_csv=BAD_LINES)
    report = company.load()
    assert totals(report) == {"read": 11, "loaded": 5, "unchanged": 1, "quarantined": 5, "duplicates": 1}
    assert company.counts()["Order"] == 1
    told = {reason["reason"] for reason in report.reasons}
    assert told == {
        "Order.ordered_at: `…` is not a date: there is no day `…` (column day)",
        "PLACED: no Customer `…` is known in crm",
        "Order.amount: `…` is not a number: its form is not known: clean or map it (column amount)",
        "Order key: is empty (column order)",
        "line … is not a row: expected number of columns: 6 found: 2",
    }
    assert report.quarantine_file is not None
    with Path(report.quarantine_file).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {json.loads(row["cells"])["order"] for row in rows if row["cells"].startswith("{")} >= {
        "O3",
        "O4",
        "O5",
    }


def test_strict_loads_nothing(company: Workshop) -> None:
    company.put(lines_csv=BAD_LINES)
    with pytest.raises(RowsRefused, match="5 bad rows, nothing was loaded"):
        company.load(strict=True)
    assert "Customer" not in company.counts()


def test_a_link_to_a_row_that_was_set_aside_is_left_out_and_its_record_stays(company: Workshop) -> None:
    company.put(accounts_csv="id,name,staff,tax,parent\n1,Alpha,ten,,\n2,Beta,5,,1\n3,Gamma,5,,2\n")
    report = company.load()
    assert report.datasets["accounts"].quarantined == 1
    assert report.datasets["accounts"].without == {"PARENT_OF": {"unknown": 1}}
    assert company.ask(
        "MATCH (c:Customer) OPTIONAL MATCH (p:Customer)-[:PARENT_OF]->(c) "
        "RETURN c.name AS name, p.name AS parent ORDER BY name"
    ) == [{"name": "Beta", "parent": None}, {"name": "Gamma", "parent": "Beta"}]


def test_a_repeated_key_with_other_values_is_refused(company: Workshop) -> None:
    company.put(accounts_csv="id,name,staff,tax,parent\n1,Alpha,1,,\n1,Omega,1,,\n2,Beta,,,\n2,Beta,,,\n")
    report = company.load()
    assert report.reasons[0]["reason"] == "Customer key `…` stands twice with other values"
    assert report.datasets["accounts"].duplicates == 1
    assert company.ask("MATCH (c:Customer) RETURN c.name AS name ORDER BY name") == [
        {"name": "Alpha"},
        {"name": "Beta"},
    ]


def test_links_without_an_end_are_left_out_and_counted(company: Workshop) -> None:
    company.put(people_csv="mail,name,title,account\na@alpha.com,Ann,CEO,\nb@beta.com,Bob,CTO,99\n")
    optional = COMPANY.replace("title: title}", "title: title}\n        optional: true")
    report = company.load(optional)
    assert report.datasets["people"].without == {"WORKS_AT": {"empty": 1, "unknown": 1}}
    assert company.counts()["Contact"] == 2
    assert "people: 1 row without WORKS_AT (the end names nothing known)" in report.notes


def test_rows_left_out_by_where_are_counted(company: Workshop) -> None:
    filtered = COMPANY.replace(
        "    file: lines.csv\n", "    file: lines.csv\n    where: {column: product, not_in: [P2]}\n"
    )
    report = company.load(filtered)
    assert report.datasets["lines"].filtered == 1
    assert company.counts()["Product"] == 1


def test_custom_attributes_load_as_declared(company: Workshop) -> None:
    declared = COMPANY.replace(
        "datasets:",
        "attributes:\n  Customer:\n    headcount: {name_zh: 人数, type: integer, pii: false}\ndatasets:",
        1,
    ).replace("tax_id: tax}", "tax_id: tax}\n        attributes: {headcount: staff, code: id}")
    company.load(declared)
    row = company.ask("MATCH (c:Customer {customer_id: 'crm:1'}) RETURN c.x_headcount AS n, c.x_code AS code")
    assert row == [{"n": 10, "code": "1"}]


def test_a_copy_of_a_bad_row_is_as_bad(company: Workshop) -> None:
    company.put(lines_csv=FILES["lines.csv"] + "O3,x,1,P1,1,1\nO3,x,1,P1,1,1\nO4,2024-06-01,9,P1,1,1\n" * 2)
    report = company.load()
    assert totals(report) == {"read": 13, "loaded": 7, "quarantined": 6}
    assert sum(reason["count"] for reason in report.reasons) == 6


STATES = """
source: desk
datasets:
  log:
    file: log.csv
    nodes:
      - label: Ticket
        key: id
        repeats: {repeats}
        known_from: stamp
        fields:
          opened_at: opened
          status: status
          closed_at: {{column: closed, when: {{column: status, equals: closed}}}}
"""
EVENTS = (
    "id,opened,status,closed,stamp\n"
    "1,2024-01-01,Closed,2024-02-01,2024-01-09 10:00\n"
    "1,2024-01-01,New,2024-02-01,2024-01-01 10:00\n"
    "1,2024-01-01,Active,2024-02-01,2024-01-09 09:00\n"
    "2,2024-01-01,New,2024-02-01,2024-01-01 10:00\n2,2024-01-01,Active,2024-02-01,2024-01-01 10:00\n"
)


@pytest.mark.parametrize(("repeats", "records"), [("last", 2), ("versions", 4)])
def test_the_last_state_is_told_by_the_sources_stamp(workshop: Workshop, repeats: str, records: int) -> None:
    workshop.put(log_csv=EVENTS)
    workshop.load(STATES.format(repeats=repeats))
    found = workshop.ask("MATCH (t:Ticket) RETURN t.status AS status, t.closed_at AS at ORDER BY status")
    assert found == [
        {"status": "Active", "at": None}, {"status": "Closed", "at": datetime(2024, 2, 1, tzinfo=UTC)}
    ]  # fmt: skip
    assert workshop.counts()["SourceRecord"] == records
    assert not workshop.load(STATES.format(repeats=repeats)).changed
