"""The lines of the lists: records with what stands beside them."""

from dataclasses import dataclass
from datetime import datetime

from graph.profile.model import Owner
from graph.service import Row


@dataclass(frozen=True, slots=True)
class ListedTicket:
    """A ticket with its account, who raised it, and who of us has it."""

    ticket_id: str
    subject: str | None
    kind: str | None
    opened_at: datetime
    closed_at: datetime | None
    priority: str | None
    status: str | None
    category: str | None
    sla_breached: bool | None
    satisfaction: float | None
    customer_id: str
    customer_name: str
    raised_by: str | None
    """Id of a contact that the viewer may see."""
    owner: Owner | None


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order with its account."""

    order_id: str
    ordered_at: datetime
    kind: str
    status: str | None
    promised_at: datetime | None
    delivered_at: datetime | None
    amount: float | None
    amount_with_tax: float | None
    currency: str | None
    customer_id: str
    customer_name: str
    lines: int


@dataclass(frozen=True, slots=True)
class ListedContact:
    """A person with the newest job at the accounts that were asked for."""

    contact_id: str
    name: str | None
    email: str | None
    phone: str | None
    mobile: str | None
    title: str | None
    department: str | None
    seniority: str | None
    since: datetime
    customer_id: str
    customer_name: str
    last_contact_at: datetime | None


def ticket(row: Row) -> ListedTicket:
    """From a line of a page of tickets."""
    owner = next(iter(row["owners"]), None)
    return ListedTicket(
        **row["record"],
        **row["customers"][0],
        raised_by=next(iter(row["raised_by"]), None),
        owner=Owner(**owner) if owner else None,
    )


def order(row: Row) -> ListedOrder:
    """From a line of a page of orders."""
    return ListedOrder(**row["record"], **row["customers"][0], lines=row["lines"])


def contact(row: Row) -> ListedContact:
    """From a line of a page of contacts."""
    return ListedContact(**row["record"], **row["jobs"][0], last_contact_at=next(iter(row["met"]), None))
