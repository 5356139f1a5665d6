"""What equal values prove and what they do not: numbers that count up, and numbers within a text."""

from pathlib import Path

import pytest

from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import table, write


def customers(folder: Path) -> None:
    rows = [[10001 + n, f"Firm {n} Ltd", "Leeds"] for n in range(60)]
    write(folder, "customers.csv", [["Customer No", "Name", "City"], *rows])


@pytest.mark.parametrize("header", ["Desk", "Team No", "Cost Centre", "Workplace", "Locker"])
def test_numbers_that_count_up_name_no_customer_by_chance(tmp_path: Path, header: str) -> None:
    customers(tmp_path)
    staff = [[f"E{n}", f"Kel{n} Ann", f"a{n}@us.example", 10001 + n % 9] for n in range(30)]
    write(tmp_path, "employees.csv", [["Employee ID", "Full Name", "Email", header], *staff])
    assert not [d for d in table(tmp_path, "employees.csv").columns if d.meaning.label == "Customer"]


def test_a_word_for_a_customer_still_joins_and_no_word_does_so_doubtfully(tmp_path: Path) -> None:
    customers(tmp_path)
    orders = [[f"S{n}", f"2024-0{1 + n % 9}-03", 10001 + n % 60, f"{n * 7}.50"] for n in range(80)]
    write(tmp_path, "orders.csv", [["Order No", "Date", "Customer", "Amount"], *orders])
    write(tmp_path, "sales.csv", [["Order No", "Date", "column_3", "Amount"], *orders])
    named = {
        name: next(d for d in table(tmp_path, name).columns if d.meaning.text == "PLACED end Customer")
        for name in ("orders.csv", "sales.csv")
    }
    assert (named["orders.csv"].column.name, named["sales.csv"].column.name) == ("Customer", "column_3")
    assert named["orders.csv"].confidence > 0.9
    assert named["sales.csv"].confidence < 0.7
    assert named["sales.csv"].reason.startswith("100% of the values stand in `Customer No`")


@pytest.mark.slow
def test_a_number_within_a_text_joins_and_loads(workshop: Workshop) -> None:
    folder = workshop.folder
    customers(folder)
    orders = [[f"SO{10200 + n}", f"2024-0{1 + n % 9}-03", 10001 + n, f"{n * 7 + 1}.50"] for n in range(20)]
    write(folder, "orders.csv", [["Order No", "Date", "Customer No", "Amount"], *orders])
    bills = [
        [
            f"INV{500 + n}",
            f"2024-0{1 + n % 9}-05",
            10001 + n,
            f"Sales Order #SO{10200 + n}",
            f"{n * 7 + 1}.50",
        ]
        for n in range(20)
    ]
    write(folder, "invoices.csv", [["Invoice No", "Date", "Customer No", "Created From", "Amount"], *bills])
    proposal = propose([folder])
    texts = {d.column.name: d.meaning.text for one in proposal.tables for d in one.columns}
    assert texts["Created From"] == "ABOUT end Order"
    report = workshop.load(mapping_text(proposal))
    assert report.totals["quarantined"] == 0, report.reasons
    assert workshop.counts()["ABOUT"] == 20
