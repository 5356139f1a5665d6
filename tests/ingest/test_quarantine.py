"""Rows that wait: listed, corrected in a table, loaded again; and what a dry run says and leaves."""

import csv
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import UsageError
from ingest.look import preview
from ingest.mapping.read import read_mapping
from ingest.preview import Preview
from ingest.quarantine.correct import correct, write_table
from ingest.quarantine.retry import retry
from ingest.quarantine.waiting import BadRow, by_reason, waiting_rows
from ingest.revert.archive import kept_runs
from ingest.staging.database import open_staging
from tests.ingest.conftest import COMPANY, FILES, NOW, Workshop
from tests.merge.export import export

pytestmark = pytest.mark.slow

BAD_ACCOUNTS = "3,Gamma,many,,\n4,Delta,lots,,\n"
ACCOUNTS = FILES["accounts.csv"] + BAD_ACCOUNTS
ORDERS = FILES["lines.csv"] + "O9,2024-07-01,77,P1,1,5\n"


def waiting(workshop: Workshop) -> list[BadRow]:
    with closing(open_staging(workshop.home)) as staging:
        return waiting_rows(staging, kept_runs(workshop.home))


def corrected(workshop: Workshop, table: Path, old: str, new: str) -> int:
    """Write the table of what waits, replace a text in it as a person would, and take it back."""
    rows = waiting(workshop)
    write_table(rows, table)
    table.write_text(table.read_text(encoding="utf-8-sig").replace(old, new), encoding="utf-8")
    with closing(open_staging(workshop.home)) as staging:
        return correct(staging, rows, table)


def test_rows_that_wait_are_corrected_and_loaded_again(company: Workshop, tmp_path: Path) -> None:
    company.put(accounts_csv=ACCOUNTS, lines_csv=ORDERS)
    company.load()
    reasons = {(one.dataset, one.rows) for one in by_reason(waiting(company), 1)}
    assert reasons == {("accounts", 2), ("lines", 1)}
    table = tmp_path / "bad.csv"
    assert corrected(company, table, "many", "12") == 1
    with table.open(encoding="utf-8", newline="") as file:
        assert {row["dataset"] for row in csv.DictReader(file)} == {"accounts", "lines"}
    (report,) = retry(company.store, company.home, NOW)
    assert (report.totals["loaded"], report.quarantined) == (1, 2)
    staff = company.ask("MATCH (c:Customer {customer_id: 'crm:3'}) RETURN c.employees AS staff")
    assert staff == [{"staff": 12}]
    assert len(waiting(company)) == 2, "what is still bad waits once"
    company.put(accounts_csv=FILES["accounts.csv"] + "3,Gamma,12,,\n")
    company.load()
    assert not company.ask("MATCH (c:Customer {customer_id: 'crm:4'}) RETURN c.name AS name")


def test_a_later_load_of_the_file_replaces_what_waited(company: Workshop) -> None:
    company.put(accounts_csv=ACCOUNTS)
    company.load()
    assert len(waiting(company)) == 2
    company.put(accounts_csv=FILES["accounts.csv"] + "3,Gamma,12,,\n4,Delta,9,,\n")
    company.load()
    assert not waiting(company)


def test_a_line_goes_into_its_order_and_leaves_the_others(company: Workshop, tmp_path: Path) -> None:
    lines = FILES["lines.csv"].replace("O1,2024-05-01,1,P2,1,7", "O1,2024-05-01,1,P2,many,7")
    company.put(lines_csv=lines + "O3,2024-05-02,2,P1,some,4\n")
    company.load()
    assert corrected(company, tmp_path / "bad.csv", "many", "1") == 1
    (report,) = retry(company.store, company.home, NOW)
    assert report.quarantined == 1, "the line of O3, which is still bad"
    assert order(company, "O1") == (27.5, {"crm:P1", "crm:P2"})
    assert corrected(company, tmp_path / "bad.csv", "some", "3") == 1
    retry(company.store, company.home, NOW)
    assert order(company, "O1") == (27.5, {"crm:P1", "crm:P2"})
    assert order(company, "O3") == (4, {"crm:P1"})


def test_a_line_whose_order_was_misread_goes_into_the_right_one(company: Workshop, tmp_path: Path) -> None:
    company.put(lines_csv=FILES["lines.csv"].replace("O1,2024-05-01,1,P2,1,7", ",2024-05-01,1,P2,1,7"))
    company.load()
    assert corrected(company, tmp_path / "bad.csv", ",2024-05-01", "O1,2024-05-01") == 1
    retry(company.store, company.home, NOW)
    assert order(company, "O1") == (27.5, {"crm:P1", "crm:P2"})


def order(workshop: Workshop, key: str) -> tuple[float, set[str]]:
    """An order's amount and the products of its lines."""
    rows = workshop.ask(
        f"MATCH (o:Order {{order_id: 'crm:{key}'}})-[:CONTAINS]->(p:Product) "
        "RETURN o.amount AS amount, p.product_id AS product"
    )
    return rows[0]["amount"], {row["product"] for row in rows}


def test_bad_rows_of_two_loads_wait_apart(company: Workshop) -> None:
    for name in ("first.csv", "second.csv"):
        text = FILES["accounts.csv"] + f"{name[0]},Gamma,many,,\n"
        mapping = COMPANY.replace("file: accounts.csv", f"file: {name}")
        company.put(**{name.replace(".", "_"): text})
        company.load(mapping)
    for _ in range(2):
        retry(company.store, company.home, NOW)
        assert sorted((one.cells or {})["id"] or "" for one in waiting(company)) == ["f", "s"]


def test_files_of_one_name_from_two_sources_wait_apart(company: Workshop) -> None:
    company.put(accounts_csv=ACCOUNTS)
    company.load()
    company.put(accounts_csv=FILES["accounts.csv"])
    company.load(COMPANY.replace("source: crm", "source: erp"))
    assert len(waiting(company)) == 2


def test_a_table_that_names_no_waiting_row_is_refused(company: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    company.load()
    with closing(open_staging(company.home)) as staging:
        for text, why in (("a,b\n1,2\n", "no column `id`"), ("id\nx\n", "no row 'x' waits")):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(UsageError, match=why):
                correct(staging, [], path)


def looked_at(workshop: Workshop) -> Preview:
    mapping = read_mapping(workshop.folder / "mapping.yml")
    return preview(workshop.store, mapping, workshop.folder, workshop.home, NOW)


@pytest.mark.query("ingest.standing")
def test_a_dry_run_says_what_would_change_and_writes_nothing(company: Workshop) -> None:
    company.load(COMPANY)
    before = export(company.store), sorted(path.name for path in company.home.rglob("*"))
    company.put(
        accounts_csv=FILES["accounts.csv"].replace("Alpha", "Alpha AG") + BAD_ACCOUNTS,
        lines_csv=FILES["lines.csv"].replace("O2,2024-06-01,2,P1,-1,-10.25\n", "O3,2024-06-02,2,P1,1,3\n"),
    )
    would = looked_at(company)
    assert would.items["Customer"] == {"changed": 1}
    assert would.fields["Customer"] == {"name": 1}
    assert {
        "name": "Customer",
        "verb": "changed",
        "id": "crm:1",
        "fields": {"name": ("Alpha", "Alpha AG")},
    } in would.samples
    assert would.items["Order"] == {"new": 1}
    assert would.report["totals"]["quarantined"] == 2
    assert (export(company.store), sorted(path.name for path in company.home.rglob("*"))) == before
    report = company.load(COMPANY)
    assert report.written["Customer"] == 1, "the load does what was said"


def test_a_dry_run_of_a_home_without_staging_makes_none(company: Workshop) -> None:
    company.load(COMPANY)
    other = replace(company, home=company.home.with_name("new-home"))
    assert looked_at(other).items["Customer"] == {"new": 2}
    assert not list(other.home.glob("*.duckdb"))
