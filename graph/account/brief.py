"""What to know before a meeting: who comes, what was said, what is open, what is missing, what to offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.clock import reading_moment
from graph.decision_chain.model import DecisionChain, Gap, Member
from graph.decision_chain.read import chain
from graph.errors import NotFound, UsageError
from graph.model import Contact, Interaction, Order, Ticket
from graph.parameters import parameters_as_of
from graph.past_list import own_then
from graph.profile.read import ProfileRequest, profiles
from graph.receivable import OpenInvoice, open_invoices
from graph.score_view.model import Suggestion
from graph.service import GraphStore, Row
from graph.tie.coverage import Known, coverage_as_of
from graph.writing.task import OpenTask, open_tasks

MOST_ATTENDEES = 50
NOTES, OPEN_ITEMS, OFFERS = 5, 20, 3
"""How many are told at most: notes, open tickets and orders, offers."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who comes, by what the question called them (`asked`).

    `works_here`: at the account, as far as the viewer may see.
    """

    asked: str
    contact_id: str | None = None
    name: str | None = None
    title: str | None = None
    works_here: bool = False
    role: str | None = None
    stance: int | None = None
    tie: Mapping[str, Any] | None = None
    """Who of us knows them best: an employee's values, and `strength` 0…1."""
    last_met_at: datetime | None = None

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of them."""
        return self.contact_id is None


@dataclass(frozen=True, slots=True)
class MeetingBrief:
    """Of an account as of a moment; rows of notes, tickets and orders are plain values."""

    customer_id: str
    attendees: tuple[Attendee, ...]
    notes: tuple[Row, ...]
    tasks: tuple[OpenTask, ...]
    tickets: tuple[Row, ...]
    orders: tuple[Row, ...]
    overdue: tuple[OpenInvoice, ...]
    gaps: tuple[Gap, ...]
    offers: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meeting: with whom of which account; notes count from `since` on.

    attendees: ids of any kind and, unless `by_address` is off, mail addresses of the account's people.
    """

    customer_id: str
    attendees: tuple[str, ...]
    since: datetime
    by_address: bool = True


async def meeting_brief(
    store: GraphStore, meeting: Meeting, *, now: datetime, viewer: str | None, as_of: datetime | None = None
) -> MeetingBrief:
    """The brief, in six statements however many attend, seven with addresses; of a past day in more.

    as_of: a past day, with what was known then; an address is that which somebody has today. Raises
    NotFound, UsageError, AsOfAfterNow.
    """
    if len(meeting.attendees) > MOST_ATTENDEES:
        raise UsageError(f"{len(meeting.attendees)} attend; a brief tells of {MOST_ATTENDEES} at most")
    customer_id, moment = meeting.customer_id, reading_moment(as_of, now)
    standing = await chain(store, customer_id=customer_id, now=now, as_of=as_of, viewer=viewer)
    found = await _people(store, meeting, moment, viewer)
    contacts = [row["contact_id"] for row in found]
    known = await _known(store, meeting, contacts, moment, viewer)
    if moment < now:
        found, known = await _people_then(store, found, moment), await _known_then(store, known, moment)
    attendees = _attendees(meeting, found, standing)
    invoices = await open_invoices(store, [customer_id], now, as_of)
    request = ProfileRequest(
        now, parts=frozenset({"suggestions"}), as_of=as_of, viewer=viewer, suggestions=OFFERS
    )
    profile = (await profiles(store, customer_ids=[customer_id], request=request)).get(customer_id)
    tasks = await open_tasks(
        store, now=now, as_of=as_of, viewer=viewer, customer_id=customer_id, first=OPEN_ITEMS
    )
    return MeetingBrief(
        customer_id=customer_id,
        attendees=attendees,
        notes=_newest(known["notes"]),
        tasks=tuple(tasks),
        tickets=tuple(known["tickets"]),
        orders=tuple(known["orders"]),
        overdue=tuple(one for one in invoices if one.overdue_days > 0),
        gaps=standing.gaps,
        offers=tuple(profile.parts["suggestions"]) if profile else (),
    )


async def _people(store: GraphStore, meeting: Meeting, moment: datetime, viewer: str | None) -> list[Row]:
    """Those of the attendees who are known, each with the job, the best tie of today, and the last talk."""
    asked = tuple(dict.fromkeys(meeting.attendees))
    ids = await _by_address(store, meeting, asked, moment, viewer)
    return await store.read(
        "account.attendees", customer_id=meeting.customer_id, as_of=moment.isoformat(), viewer=viewer or "",
        attendees=[
            {"asked": one, "id": ids.get(one, one), "alias_id": f"Contact|{one}"} for one in asked
        ],
    )  # fmt: skip


async def _people_then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The attendees as they were called, with the best tie that they had then."""
    calibration = (await parameters_as_of(store, moment)).calibration
    people = await own_then(store, Contact, rows, moment)
    known = await coverage_as_of(store, [row["contact_id"] for row in rows], moment, calibration)
    return [row | {"ties": [_tie(one) for one in known.get(row["contact_id"], ())[:1]]} for row in people]


def _tie(known: Known) -> Row:
    return {"employee_id": known.employee_id, **known.employee, "strength": known.tie.strength}


def _attendees(meeting: Meeting, rows: Sequence[Row], standing: DecisionChain) -> tuple[Attendee, ...]:
    """Everybody who comes, in the order that was asked for."""
    found = {row["asked"]: row for row in rows}
    members = {member.contact_id: member for member in standing.members}
    return tuple(
        _attendee(found[one], members.get(found[one]["contact_id"])) if one in found else Attendee(one)
        for one in dict.fromkeys(meeting.attendees)
    )


async def _by_address(
    store: GraphStore, meeting: Meeting, asked: Sequence[str], moment: datetime, viewer: str | None
) -> Mapping[str, str]:
    """Ids of people by what asked for them, where that is the address of somebody who works there."""
    addresses = {one: one.strip().lower() for one in asked if meeting.by_address and "@" in one}
    if not addresses:
        return {}
    rows = await store.read(
        "account.addresses", customer_id=meeting.customer_id, addresses=sorted(set(addresses.values())),
        as_of=moment.isoformat(), viewer=viewer or "",
    )  # fmt: skip
    found = {row["address"]: row["contact_id"] for row in rows}
    return {one: found[address] for one, address in addresses.items() if address in found}


def _attendee(row: Row, member: Member | None) -> Attendee:
    return Attendee(
        asked=row["asked"],
        contact_id=row["contact_id"],
        name=row["name"],
        title=_first(row["titles"]),
        works_here=bool(row["jobs"]),
        role=member.role if member else None,
        stance=member.stance if member else None,
        tie=_first(row["ties"]),
        last_met_at=_first(row["met"]),
    )


async def _known(
    store: GraphStore, meeting: Meeting, contact_ids: Sequence[str], moment: datetime, viewer: str | None
) -> Row:
    rows = await store.read(
        "account.brief", customer_id=meeting.customer_id, contact_ids=list(contact_ids), limit=OPEN_ITEMS,
        since=meeting.since.isoformat(), as_of=moment.isoformat(), viewer=viewer or "",
    )  # fmt: skip
    if not rows:
        raise NotFound("Customer", meeting.customer_id)
    return rows[0]


async def _known_then(store: GraphStore, known: Row, moment: datetime) -> Row:
    """The notes, tickets and orders as they stood then."""
    kinds = (("notes", Interaction), ("tickets", Ticket), ("orders", Order))
    return {column: await own_then(store, kind, known[column], moment) for column, kind in kinds}


def _newest(notes: Sequence[Row]) -> tuple[Row, ...]:
    """The newest notes, each once."""
    once = {note["interaction_id"]: note for note in notes}
    return tuple(
        sorted(once.values(), key=lambda note: (note["at"], note["interaction_id"]), reverse=True)[:NOTES]
    )


def _first(values: Sequence[Any]) -> Any:
    return values[0] if values else None
