"""What customers owe: open invoices, how long they are overdue, and sums per currency."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice that is not wholly paid; a credit note owes a negative amount."""

    customer_id: str
    invoice_id: str
    kind: str
    issued_at: datetime
    due_at: datetime | None
    billed: float | None
    owed: float | None
    """In `currency`, tax included; None where the source gave no amount."""
    currency: str | None
    overdue_days: int
    """Whole days since the invoice was due; 0 where it is not due yet, or never said when."""


async def open_invoices(
    store: GraphStore, customer_ids: Iterable[str], now: datetime, as_of: datetime | None = None
) -> list[OpenInvoice]:
    """What these customers owe at `as_of` (default: the company's now), by customer, the earliest due first.

    Today's answer takes what the source itself says is owed, a past one the payments made by then.
    """
    moment = as_of or now
    rows = await store.read(
        "receivable.open",
        customer_ids=sorted(set(customer_ids)),
        as_of=moment.isoformat(),
        current=moment >= now,
    )
    return [OpenInvoice(**row, overdue_days=_overdue(row["due_at"], moment)) for row in rows]


def overdue_amounts(invoices: Iterable[OpenInvoice]) -> Mapping[str | None, float]:
    """What is overdue, by currency; credit notes are set off against it, whenever they are due."""
    amounts: dict[str | None, float] = defaultdict(float)
    for invoice in invoices:
        if invoice.overdue_days or (invoice.owed or 0.0) < 0:
            amounts[invoice.currency] += invoice.owed or 0.0
    return {currency: round(amount, 2) for currency, amount in amounts.items() if round(amount, 2) > 0}


def _overdue(due_at: datetime | None, moment: datetime) -> int:
    return max((moment - due_at).days, 0) if due_at else 0
