"""Deals: leads, opportunities, quotes, orders and contracts."""

from typing import ClassVar, Literal

from graph.model.base import Instant, Node


class Lead(Node):
    """Interest that is not yet an opportunity."""

    label: ClassVar[str] = "Lead"
    key: ClassVar[str] = "lead_id"
    mutable: ClassVar[bool] = True

    lead_id: str
    name: str | None = None
    stage: str | None = None
    channel: str | None = None
    amount: float | None = None
    currency: str | None = None
    opened_at: Instant | None = None
    closed_at: Instant | None = None
    outcome: str | None = None


class Opportunity(Node):
    """A deal in work; `closed_at` and `outcome` do not exist before they happened."""

    label: ClassVar[str] = "Opportunity"
    key: ClassVar[str] = "opportunity_id"
    mutable: ClassVar[bool] = True

    opportunity_id: str
    name: str | None = None
    stage: str | None = None
    amount: float | None = None
    currency: str | None = None
    opened_at: Instant | None = None
    expected_at: Instant | None = None
    closed_at: Instant | None = None
    outcome: Literal["won", "lost"] | None = None
    lost_reason: str | None = None


class Quote(Node):
    """An offer with prices, valid until a day; its lines are `CONTAINS`."""

    label: ClassVar[str] = "Quote"
    key: ClassVar[str] = "quote_id"
    mutable: ClassVar[bool] = True

    quote_id: str
    name: str | None = None
    quoted_at: Instant
    valid_until: Instant | None = None
    status: str | None = None
    amount: float | None = None
    currency: str | None = None


class Order(Node):
    """An order as booked; a return is an order of its own kind with negative amounts."""

    label: ClassVar[str] = "Order"
    key: ClassVar[str] = "order_id"

    order_id: str
    ordered_at: Instant
    kind: Literal["sale", "return"] = "sale"
    status: str | None = None
    promised_at: Instant | None = None
    """The delivery date that was agreed."""
    delivered_at: Instant | None = None
    """When the last of it was delivered; does not exist before it happened."""
    amount: float | None = None
    amount_with_tax: float | None = None
    currency: str | None = None
    reporting_amount: float | None = None
    """The amount in the reporting currency, by the rate of its day; None where no rate is loaded."""
    reporting_currency: str | None = None


class Contract(Node):
    """A contract with its term."""

    label: ClassVar[str] = "Contract"
    key: ClassVar[str] = "contract_id"
    mutable: ClassVar[bool] = True

    contract_id: str
    name: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    renewal: Literal["automatic", "manual"] | None = None
    amount: float | None = None
    currency: str | None = None
