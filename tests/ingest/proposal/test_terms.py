"""Days of invoices: which is due is told by the terms between them, or by a word for it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ingest.proposal.propose import propose


def invoices(folder: Path, headers: str, terms: tuple[int, ...]) -> list[str]:
    """What the two days of 30 invoices mean, the first so many days behind the second, in turn."""
    first = [date(2024, 1, 3) + timedelta(days=3 * n) for n in range(30)]
    later = [day + timedelta(days=terms[n % len(terms)]) for n, day in enumerate(first)]
    rows = [
        f"I-{n},K{n % 7},{due:%d.%m.%Y},{day:%d.%m.%Y},{n * 37 + 90}.50"
        for n, (day, due) in enumerate(zip(first, later, strict=True))
    ]
    head = f"invoice_no,customer_no,{headers},amount"
    (folder / "invoices.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    (table,) = propose([folder]).tables
    return [one.meaning.text for one in table.columns[2:4]]


@pytest.mark.parametrize("headers", ["d1,d2", "Termin,Datum", "日期,单据日期", "qwert,zuiop"])
def test_a_few_terms_tell_which_day_is_due(tmp_path: Path, headers: str) -> None:
    assert invoices(tmp_path, headers, (30, 14, 30, 60)) == ["Invoice due_at", "Invoice issued_at"]


@pytest.mark.parametrize("terms", [tuple(range(7, 37)), (0,)])
def test_any_distance_and_none_tell_nothing(tmp_path: Path, terms: tuple[int, ...]) -> None:
    assert invoices(tmp_path, "qwert,zuiop", terms) == ["Invoice issued_at", "Invoice due_at"]


def test_a_word_for_due_is_no_day_of_issue(tmp_path: Path) -> None:
    found = invoices(tmp_path, "应收日期,开票日期", tuple(range(7, 37)))
    assert found == ["Invoice due_at", "Invoice issued_at"]
    assert invoices(tmp_path, "应收日期,日期", tuple(range(7, 37))) == found


def test_what_is_due_and_partly_open_is_an_invoice_in_a_file_called_by_sales(tmp_path: Path) -> None:
    start, end = date(2024, 1, 3), date(2024, 2, 3)
    rows = [
        f"S-{n},{start + timedelta(days=3 * n)},{end + timedelta(days=4 * n)},K{n % 7},{n}0.5,{n}.5"
        for n in range(30)
    ]
    head = "doc no,doc date,due,customer no,total,outstanding"
    (tmp_path / "sales ledger.csv").write_text("\n".join([head, *rows]))
    (table,) = propose([tmp_path]).tables
    assert [one.meaning.text for one in table.columns][:3] == [
        "Invoice key", "Invoice issued_at", "Invoice due_at",
    ]  # fmt: skip


def test_a_payment_that_was_created_was_paid(tmp_path: Path) -> None:
    rows = [f"P-{n},{date(2024, 1, 3) + timedelta(days=3 * n)},{n}0.5,K{n % 7}" for n in range(30)]
    (tmp_path / "payments.csv").write_text("\n".join(["id,created,amount,customer no", *rows]))
    (table,) = propose([tmp_path]).tables
    assert table.columns[1].meaning.text == "Payment paid_at"
