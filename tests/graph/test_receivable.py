"""What customers owe, today and on past days."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.receivable import OpenInvoice, open_invoices, overdue_amounts
from graph.service import run_sync
from graph.store import Store

NOW = datetime(2025, 6, 30, tzinfo=UTC)


def day(text: str) -> str:
    return f"2025-{text}T00:00:00+00:00"


def company(store: Store) -> None:
    """One customer: an invoice paid in two parts, one that the source calls settled, one credit note."""
    store.upsert_nodes("Customer", [{"id": "acme", "props": {"name": "Acme"}}])
    invoices = {
        "late": {
            "issued_at": day("03-01"), "due_at": day("04-01"), "amount_with_tax": 1000.0, "currency": "EUR",
        },
        "settled": {"issued_at": day("03-01"), "due_at": day("04-01"), "amount": 50.0, "open_amount": 0.0},
        "paid": {"issued_at": day("03-01"), "due_at": day("04-01"), "paid_at": day("05-01"), "amount": 70.0},
        "young": {"issued_at": day("06-20"), "due_at": day("07-20"), "amount": 30.0, "currency": "USD"},
        "credit": {"issued_at": day("05-01"), "kind": "credit_note", "amount": -100.0, "currency": "EUR"},
    }  # fmt: skip
    rows = [{"id": key, "props": {"kind": "invoice", **props}} for key, props in invoices.items()]
    store.upsert_nodes("Invoice", rows)
    store.upsert_parts(
        "FOR", "Invoice", "Customer", [{"start": key, "end": "acme", "props": {}} for key in invoices]
    )
    payments = {"p1": ("04-15", 300.0), "p2": ("06-01", 200.0)}
    store.upsert_nodes(
        "Payment",
        [{"id": k, "props": {"paid_at": day(d), "amount": 900.0}} for k, (d, _) in payments.items()],
    )
    store.upsert_parts(
        "ABOUT", "Payment", "Invoice",
        [{"start": key, "end": "late", "props": {"amount": part}} for key, (_, part) in payments.items()],
    )  # fmt: skip


def owed(store: Store, as_of: datetime | None = None) -> dict[str, tuple[float | None, int]]:
    found = run_sync(store, open_invoices, ["acme", "nobody"], NOW, as_of)
    return {invoice.invoice_id: (invoice.owed, invoice.overdue_days) for invoice in found}


@pytest.mark.query("receivable.open")
def test_what_is_owed_today(store: Store) -> None:
    company(store)
    assert owed(store) == {"late": (500.0, 90), "young": (30.0, 0), "credit": (-100.0, 0)}


def test_what_was_owed_on_a_past_day_counts_the_payments_made_by_then(store: Store) -> None:
    company(store)
    april = datetime(2025, 4, 20, tzinfo=UTC)
    assert owed(store, april) == {"late": (700.0, 19), "settled": (50.0, 19), "paid": (70.0, 19)}
    assert owed(store, datetime(2025, 2, 1, tzinfo=UTC)) == {}


def invoice(owed: float | None, currency: str | None, overdue_days: int) -> OpenInvoice:
    return OpenInvoice(
        "acme", "i", "invoice", NOW, NOW - timedelta(overdue_days), owed, owed, currency, overdue_days
    )


def test_overdue_sums_are_per_currency_and_set_off_credit() -> None:
    invoices = [
        invoice(500.0, "EUR", 90), invoice(-100.0, "EUR", 0), invoice(30.0, "USD", 0), invoice(7.5, None, 3),
        invoice(None, "EUR", 9),
    ]  # fmt: skip
    assert overdue_amounts(invoices) == {"EUR": 400.0, None: 7.5}
    assert overdue_amounts([invoice(-5.0, "EUR", 0)]) == {}
