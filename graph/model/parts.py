"""Parts of append-only or derived records: light relationships without clocks of their own."""

from typing import ClassVar, Literal

from graph.model.base import Instant, Part

Ends = tuple[tuple[str, str], ...]

IDENTIFIED = (
    "Customer",
    "Contact",
    "Employee",
    "Product",
    "Lead",
    "Opportunity",
    "Contract",
    "Quote",
    "Invoice",
    "Ticket",
    "Task",
    "Campaign",
    "Item",
)
"""Labels that source rows identify: they carry source records and aliases."""


class Placed(Part):
    """Customer placed Order."""

    type: ClassVar[str] = "PLACED"
    ends: ClassVar[Ends] = (("Customer", "Order"),)
    anchor: ClassVar[Literal["start", "end"]] = "end"


class Contains(Part):
    """A line of an order, quote or invoice; negative quantity is a return."""

    type: ClassVar[str] = "CONTAINS"
    ends: ClassVar[Ends] = (("Order", "Product"), ("Quote", "Product"), ("Invoice", "Product"))
    anchor: ClassVar[Literal["start", "end"]] = "start"
    part_key: ClassVar[str | None] = "line"

    line: int
    quantity: float | None = None
    amount: float | None = None


class Bought(Part):
    """Aggregate of a customer's lines of a product: a cache of today."""

    type: ClassVar[str] = "BOUGHT"
    ends: ClassVar[Ends] = (("Customer", "Product"),)
    anchor: ClassVar[Literal["start", "end"]] = "start"

    orders: int
    quantity: float
    amount: float | None = None
    """None where the lines have several currencies."""
    first_at: Instant
    last_at: Instant


class BoughtWith(Part):
    """Products that the same customers buy: a cache of today, of each product the first few others."""

    type: ClassVar[str] = "BOUGHT_WITH"
    ends: ClassVar[Ends] = (("Product", "Product"),)
    anchor: ClassVar[Literal["start", "end"]] = "start"

    customers: int
    """Who bought both."""
    lift: float
    """How many times as often as by chance, shrunk towards 1 (see `purchase.together`)."""
    rank: int


class For(Part):
    """The customer that a record is about."""

    type: ClassVar[str] = "FOR"
    ends: ClassVar[Ends] = (
        ("Opportunity", "Customer"),
        ("Lead", "Customer"),
        ("Contract", "Customer"),
        ("Quote", "Customer"),
        ("Invoice", "Customer"),
        ("Payment", "Customer"),
        ("Ticket", "Customer"),
        ("Task", "Customer"),
        ("Interaction", "Customer"),
        ("Alert", "Customer"),
        ("Recommendation", "Customer"),
    )
    anchor: ClassVar[Literal["start", "end"]] = "start"


class RaisedBy(Part):
    """Ticket raised by a person."""

    type: ClassVar[str] = "RAISED_BY"
    ends: ClassVar[Ends] = (("Ticket", "Contact"),)
    anchor: ClassVar[Literal["start", "end"]] = "start"


class About(Part):
    """What a record concerns."""

    type: ClassVar[str] = "ABOUT"
    ends: ClassVar[Ends] = (
        ("Ticket", "Product"),
        ("Opportunity", "Product"),
        ("Quote", "Opportunity"),
        ("Order", "Quote"),
        ("Order", "Opportunity"),
        ("Invoice", "Order"),
        ("Invoice", "Contract"),
        ("Payment", "Invoice"),
        ("Task", "Opportunity"),
        ("Task", "Ticket"),
        ("Task", "Contact"),
        ("Interaction", "Opportunity"),
        ("Interaction", "Ticket"),
        ("Interaction", "Campaign"),
        ("Alert", "Opportunity"),
        ("Recommendation", "Product"),
        ("Introduction", "Contact"),
    )
    anchor: ClassVar[Literal["start", "end"]] = "start"

    quantity: float | None = None
    amount: float | None = None
    """Of a payment: how much of it settles this invoice."""
    added_at: Instant | None = None
    """Of a product: when it was put on the deal. What has no such day is not learned from."""


class ParticipatedIn(Part):
    """A person took part in an interaction."""

    type: ClassVar[str] = "PARTICIPATED_IN"
    ends: ClassVar[Ends] = (("Contact", "Interaction"), ("Employee", "Interaction"))
    anchor: ClassVar[Literal["start", "end"]] = "end"

    part: str | None = None
    """`from`, `to`, `cc`, `organizer` or `attendee`."""


class Scored(Part):
    """Customer's scores (13 are kept per task)."""

    type: ClassVar[str] = "SCORED"
    ends: ClassVar[Ends] = (("Customer", "RiskScore"),)
    anchor: ClassVar[Literal["start", "end"]] = "end"


class Forecasted(Part):
    """What a model expects of a customer, a deal or a lead."""

    type: ClassVar[str] = "FORECAST"
    ends: ClassVar[Ends] = (("Customer", "Forecast"), ("Opportunity", "Forecast"), ("Lead", "Forecast"))
    anchor: ClassVar[Literal["start", "end"]] = "end"


class RecordOf(Part):
    """Source row of an entity."""

    type: ClassVar[str] = "RECORD_OF"
    ends: ClassVar[Ends] = tuple(("SourceRecord", label) for label in IDENTIFIED)
    anchor: ClassVar[Literal["start", "end"]] = "start"


class AliasOf(Part):
    """Other id of an entity."""

    type: ClassVar[str] = "ALIAS_OF"
    ends: ClassVar[Ends] = tuple(("Alias", label) for label in IDENTIFIED)
    anchor: ClassVar[Literal["start", "end"]] = "start"
