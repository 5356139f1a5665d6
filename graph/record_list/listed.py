"""The lines of the lists: records with what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.profile.model import Owner
from graph.record_list.read import RecordPage
from graph.service import GraphStore, Row


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


async def tickets(
    store: GraphStore, ids: Sequence[str], *, now: datetime, viewer: str | None
) -> Mapping[str, ListedTicket]:
    """The tickets of these ids."""
    rows = await store.read("record_list.tickets", ids=list(ids), as_of=now.isoformat(), viewer=viewer or "")
    return {row["record"]["ticket_id"]: _ticket(row) for row in rows}


async def orders(store: GraphStore, ids: Sequence[str]) -> Mapping[str, ListedOrder]:
    """The orders of these ids."""
    rows = await store.read("record_list.orders", ids=list(ids))
    return {row["record"]["order_id"]: ListedOrder(**row.pop("record"), **row) for row in rows}


async def contacts(
    store: GraphStore, page: RecordPage, *, now: datetime, viewer: str | None
) -> Mapping[str, ListedContact]:
    """The contacts of a page, each with the job at its accounts."""
    rows = await store.read(
        "record_list.contacts", ids=list(page.ids), customer_ids=list(page.customer_ids),
        everyone=not page.customer_ids, as_of=now.isoformat(), viewer=viewer or "",
    )  # fmt: skip
    return {row["record"]["contact_id"]: _contact(row) for row in rows if row["jobs"]}


def _ticket(row: Row) -> ListedTicket:
    owner = next(iter(row["owners"]), None)
    return ListedTicket(
        **row["record"],
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        raised_by=next(iter(row["raised_by"]), None),
        owner=Owner(**owner) if owner else None,
    )


def _contact(row: Row) -> ListedContact:
    return ListedContact(**row["record"], **row["jobs"][0], last_contact_at=next(iter(row["met"]), None))
