"""Books with a debit and a credit side: what customers owe and what they paid."""

from pathlib import Path

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import meanings, write

NAMES = [f"{name} GmbH" for name in ("Alba", "Berta", "Cora", "Dora", "Emil")]
CUSTOMERS = [["Kundennummer", "Name"], *([str(10001 + n), name] for n, name in enumerate(NAMES))]


def _day(number: int) -> str:
    return f"2025-03-{1 + number % 28:02d}"


def test_invoices_stand_in_debit_and_payments_in_credit(workshop: Workshop) -> None:
    """What only carries a balance on is neither, and a credit note is no payment."""
    rows: list[list[object]] = [
        ["Belegnr", "Buchungsdatum", "Kundennummer", "Text", "Soll", "Haben", "Saldo"]
    ]
    rows.append(["", "2025-01-01", 10001, "Saldovortrag", "5000,00", "", "5000,00"])
    for number in range(24):
        owed, paid = ("119,50", "0,00") if number % 2 == 0 else ("0,00", "100,25")
        text = "Rechnung" if number % 2 == 0 else "Gutschrift" if number == 1 else "Zahlung"
        rows.append([f"B{number:03d}", _day(number), 10001 + number % 5, text, owed, paid, "77,00"])
    write(workshop.folder, "Debitorenposten.csv", rows)
    write(workshop.folder, "Kunden.csv", CUSTOMERS)
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert report.totals["quarantined"] == 0
    found = workshop.ask(
        "MATCH (n:Invoice)-[:FOR]->(:Customer)"
        " RETURN n.kind AS kind, count(*) AS rows, sum(n.amount) AS amount, count(n.open_amount) AS open"
    )
    assert {(row["kind"], row["rows"], round(row["amount"], 2), row["open"]) for row in found} == {
        ("invoice", 12, 1434.0, 0), ("credit_note", 1, -100.25, 0),
    }  # fmt: skip
    (paid_in,) = workshop.ask(
        "MATCH (n:Payment)-[:FOR]->(:Customer) RETURN count(*) AS rows, sum(n.amount) AS amount"
    )
    assert (paid_in["rows"], round(paid_in["amount"], 2)) == (11, 1102.75)


def test_payments_with_two_sides_are_negative_where_they_were_paid_back(workshop: Workshop) -> None:
    rows: list[list[object]] = [["Payment No", "Payment Date", "Customer", "Debit", "Credit"]]
    for number in range(12):
        back, paid = ("40.00", "") if number == 3 else ("", "250.50")
        rows.append([f"P{number}", _day(number), NAMES[number % 5], back, paid])
    write(workshop.folder, "payments.csv", rows)
    workshop.load(mapping_text(propose([workshop.folder])))
    found = workshop.ask("MATCH (n:Payment) RETURN n.payment_id AS id, n.amount AS amount")
    assert {row["id"]: row["amount"] for row in found} == {
        f"exports:P{number}": -40.0 if number == 3 else 250.5 for number in range(12)
    }


@pytest.mark.parametrize(
    ("header", "debit", "credit"),
    [("DR/CR", "DR", "CR"), ("Soll/Haben-Kennz.", "S", "H"), ("借贷方向", "借", "贷"), ("D/H", "D", "H")],
)
def test_marks_tell_the_side(tmp_path: Path, header: str, debit: str, credit: str) -> None:
    rows: list[list[object]] = [["Document No", "Posting Date", "Customer No", "Amount", header]]
    rows += [
        [f"D{n}", _day(n), 10001 + n % 5, f"{100 + n}.20", debit if n % 2 else credit] for n in range(24)
    ]
    write(tmp_path, "customer_ledger.csv", rows)
    write(tmp_path, "customers.csv", [["Customer No", "Name"], *CUSTOMERS[1:]])
    datasets = mapping_of(propose([tmp_path]))["datasets"]
    assert datasets["customer_ledger"]["where"] == [{"column": header, "in": [debit]}]
    assert datasets["customer_ledger_payments"]["where"] == [{"column": header, "in": [credit]}]
    assert datasets["customer_ledger_payments"]["nodes"][0]["label"] == "Payment"


def test_a_bank_statement_holds_payments_and_what_was_paid_out_is_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [["交易流水号", "交易日期", "对方户名", "借方发生额", "贷方发生额", "余额"]]
    rows += [
        [f"L{n}", _day(n), f"{'甲乙丙丁'[n % 4]}方科技有限公司", *sides, "1.00"]
        for n in range(24)
        for sides in [("88.00", "") if n % 3 else ("", "900.00")]
    ]
    write(tmp_path, "银行流水.csv", rows)
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    assert dataset["nodes"][0]["label"] == "Payment"
    assert dataset["nodes"][0]["fields"]["amount"] == "贷方发生额"
    assert dataset["where"] == [{"column": "贷方发生额", "matches": "[1-9]"}]


def test_limits_of_credit_are_no_side(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Customer No", "Name", "Credit Limit", "Credit"]]
    rows += [[10001 + n, f"{NAMES[n % 5]} {n}", "1000.00", "5.00"] for n in range(24)]
    write(tmp_path, "customers.csv", rows)
    assert meanings(tmp_path, "customers.csv")["Customer No"] == "Customer key"
    assert list(mapping_of(propose([tmp_path]))["datasets"]) == ["customers"]
