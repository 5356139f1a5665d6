"""What to know before a meeting with a customer."""

from datetime import datetime, timedelta
from typing import Any

import strawberry

from graph.account import brief as domain
from graph.receivable import OpenInvoice
from graph.service import Row
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.decision_chain import Gap
from graphql_api.features.enums import DecisionRole
from graphql_api.features.field import resolved
from graphql_api.features.interaction import Task
from graphql_api.features.people import Employee
from graphql_api.features.score import Recommendation

USUAL_SPAN = timedelta(days=180)
"""How far back notes are told where nobody says."""


@strawberry.type(description="Who of us knows an attendee best, and how strong (0…1) the tie is today.")
class BestTie:
    """`strength` is decayed to the day of reading."""

    employee: Employee
    strength: float


@strawberry.type(
    description="Somebody who comes. `unknown`: no contact that the viewer may see answers to `asked`. `tie` "
    "is null where none of us knows them."
)
class MeetingAttendee:
    """`role` and `stance` are those of the account's decision chain."""

    asked: str
    unknown: bool
    contact_id: strawberry.ID | None
    name: str | None
    title: str | None
    works_here: bool
    role: DecisionRole | None
    stance: int | None
    tie: BestTie | None
    last_met_at: datetime | None

    @classmethod
    def of(cls, one: domain.Attendee) -> "MeetingAttendee":
        """From the domain's value."""
        role = None if one.role is None else DecisionRole(one.role)
        return shaped(cls, one, role=role, tie=_tie(one))


@strawberry.type(description="What was noted of an interaction, and what was to come next.")
class Note:
    """`id` leads to the record by `node`."""

    id: strawberry.ID
    at: datetime
    channel: str | None
    subject: str | None
    note: str | None
    next_step: str | None


@strawberry.type(description="A ticket, order or invoice that is open; `id` leads to the record by `node`.")
class OpenItem:
    """`due`: when an order was promised or an invoice due; amounts of invoices are what is owed."""

    id: strawberry.ID
    since: datetime
    due: datetime | None
    subject: str | None
    status: str | None
    amount: float | None
    currency: str | None
    overdue_days: int | None


@strawberry.type(description="What to know before a meeting, as of the moment asked for.")
class MeetingBrief:
    """Notes newest first; tasks by due day; orders by promised day."""

    customer_id: strawberry.ID
    attendees: list[MeetingAttendee] = strawberry.field(metadata=costs(many=20))
    notes: list[Note] = strawberry.field(metadata=costs(many=5))
    tasks: list[Task] = strawberry.field(metadata=costs(many=20))
    tickets: list[OpenItem] = strawberry.field(metadata=costs(many=20))
    orders: list[OpenItem] = strawberry.field(metadata=costs(many=20))
    overdue_invoices: list[OpenItem] = strawberry.field(metadata=costs(many=20))
    gaps: list[Gap]
    offers: list[Recommendation] = strawberry.field(metadata=costs(many=3))


@resolved(weight=80)
async def meeting_brief(
    info: Info,
    account: strawberry.ID,
    attendees: list[strawberry.ID],
    since: datetime | None = None,
    as_of: datetime | None = None,
) -> MeetingBrief | None:
    """Who comes (ids or mail addresses), notes since (half a year), what is open or overdue, gaps, offers."""
    context = info.context
    now, day = await context.now(), moment(as_of)
    meeting = domain.Meeting(
        customer_id=await context.resolve("Customer", account),
        attendees=tuple(attendees),
        since=moment(since, "since") or (day or now) - USUAL_SPAN,
        by_address="email" not in context.grant.values.get("Contact", {}),
    )
    found = await domain.meeting_brief(context.store, meeting, now=now, viewer=context.viewer, as_of=day)
    return MeetingBrief(
        customer_id=strawberry.ID(found.customer_id),
        attendees=[MeetingAttendee.of(one) for one in found.attendees],
        notes=[_note(row) for row in found.notes],
        tasks=[Task.of(one) for one in found.tasks],
        tickets=[_item("Ticket", row["ticket_id"], row["opened_at"], row) for row in found.tickets],
        orders=[
            _item("Order", row["order_id"], row["ordered_at"], row, due=row["promised_at"])
            for row in found.orders
        ],
        overdue_invoices=[_invoice(one) for one in found.overdue],
        gaps=[Gap.of(gap) for gap in found.gaps],
        offers=[Recommendation.of(one) for one in found.offers],
    )


def _tie(one: domain.Attendee) -> BestTie | None:
    if one.tie is None:
        return None
    employee = {name: value for name, value in one.tie.items() if name != "strength"}
    return BestTie(employee=Employee(**employee), strength=one.tie["strength"])


def _note(row: Row) -> Note:
    values: dict[str, Any] = {name: value for name, value in row.items() if name != "interaction_id"}
    return Note(id=strawberry.ID(f"Interaction:{row['interaction_id']}"), **values)


def _item(kind: str, key: str, since: datetime, row: Row, due: datetime | None = None) -> OpenItem:
    return OpenItem(
        id=strawberry.ID(f"{kind}:{key}"),
        since=since,
        due=due,
        subject=row.get("subject"),
        status=row.get("status"),
        amount=row.get("amount"),
        currency=row.get("currency"),
        overdue_days=None,
    )


def _invoice(one: OpenInvoice) -> OpenItem:
    return OpenItem(
        id=strawberry.ID(f"Invoice:{one.invoice_id}"),
        since=one.issued_at,
        due=one.due_at,
        subject=None,
        status=None,
        amount=one.owed,
        currency=one.currency,
        overdue_days=one.overdue_days,
    )
