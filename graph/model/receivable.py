"""What customers owe and pay: invoices and payments."""

from typing import ClassVar, Literal

from graph.model.base import Instant, Node


class Invoice(Node):
    """A bill to a customer; unpaid after `due_at` it is overdue. A credit note has a negative amount."""

    label: ClassVar[str] = "Invoice"
    key: ClassVar[str] = "invoice_id"
    mutable: ClassVar[bool] = True

    invoice_id: str
    issued_at: Instant
    due_at: Instant | None = None
    paid_at: Instant | None = None
    """When the last of it was paid; does not exist before it happened."""
    kind: Literal["invoice", "credit_note"] = "invoice"
    status: str | None = None
    amount: float | None = None
    amount_with_tax: float | None = None
    open_amount: float | None = None
    """What the source says is still owed, tax included; payments that are loaded tell it, too."""
    currency: str | None = None


class Payment(Node):
    """Money received, or paid back with a negative amount; append-only."""

    label: ClassVar[str] = "Payment"
    key: ClassVar[str] = "payment_id"

    payment_id: str
    paid_at: Instant
    amount: float | None = None
    currency: str | None = None
    method: str | None = None
