"""Tables that go on with one another or name each other's records, and headers of two rows."""

from pathlib import Path

from openpyxl import Workbook

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose
from tests.ingest.proposal.folder import meanings


def test_sheets_by_month_are_of_one_source(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for month, name in enumerate(("Jan", "Feb", "Mar"), start=1):
        sheet = book.create_sheet(name)
        sheet.append(["Order No", "Order Date", "Customer", "Amount"])
        for number in range(3):
            sheet.append([f"O{month}{number}", f"2025-0{month}-0{number + 1}", "Alpha GmbH", 10 * number])
    book.save(tmp_path / "orders.xlsx")
    datasets = mapping_of(propose([tmp_path]))["datasets"]
    assert (len(datasets), {one.get("source") for one in datasets.values()}) == (3, {None})


def test_a_table_of_another_source_names_the_records_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "invoices.csv").write_text(
        "Invoice No,Invoice Date,Due Date,Customer,Amount\n"
        "I1,2025-01-01,2025-01-31,Alpha GmbH,500\nI2,2025-01-05,2025-02-04,Beta Ltd,200\n"
    )
    (tmp_path / "bank_payments.csv").write_text(
        "Transaction ID,Payment Date,Amount,Currency,Invoice No\nB77,2025-01-21,500.00,EUR,I1\n"
    )
    (tmp_path / "stripe_payments.csv").write_text(
        "id,created,amount,currency,invoice\nch_1,2025-01-20 10:00:00,200.00,eur,I2\n"
    )
    stripe = mapping_of(propose([tmp_path]))["datasets"]["stripe_payments"]
    (link,) = [one for one in stripe["links"] if one["type"] == "ABOUT"]
    assert stripe["source"] != "exports"
    assert link["to"] == {"label": "Invoice", "key": "invoice", "source": "exports"}


def test_the_group_above_a_name_that_stands_twice_tells_whose_it_is(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["", "", "Revenue", "", "Contact", ""])
    sheet.append(["No", "Name", "2023", "2024", "Name", "Email"])
    for number, (firm, person) in enumerate((("Alpha GmbH", "Ann Lee"), ("Beta Ltd", "Bob Ray")), start=1):
        sheet.append([number, firm, 10, 20, person, f"{person.split()[0].lower()}@x{number}.example"])
    sheet.merge_cells("C1:D1")
    sheet.merge_cells("E1:F1")
    book.save(tmp_path / "customers.xlsx")
    found = meanings(tmp_path, "customers.xlsx")
    assert (found["Name"], found["Name_2"]) == ("Customer name", "Contact key")
