"""What is due: meetings of the day, tasks, and products that a customer buys again and again."""

from datetime import timedelta

from graph.day.asking import Asked
from graph.day.model import Attendee, Candidate, Meeting, Subject
from graph.day.past import attendees_then, products_then, tasks_then
from graph.day.rank import urgency
from graph.day.texts import reason, steps, word
from graph.record_version import Names
from graph.rhythm.repeat import KNOWN_DISTANCES, WINDOW_DAYS, Rhythm, beyond_chance, repeat_rhythm
from graph.service import GraphStore, Row

MEETING_SEVERITY, UNKNOWN_SEVERITY = 0.6, 0.9
TASK_SEVERITY, OFFER_SEVERITY = 0.6, 0.4


async def meeting_candidates(store: GraphStore, asked: Asked) -> list[Candidate]:
    """Meetings, visits and calls of the day, with the unknown of those who take part."""
    rows = await store.read(
        "day.meetings",
        employee_id=asked.employee_id,
        begin=asked.span.begin.isoformat(),
        until=asked.span.until.isoformat(),
        as_of=asked.span.as_of.isoformat(),
        viewer=asked.employee_id,
    )
    return [_meeting(row, asked) for row in await attendees_then(store, rows, asked.span)]


def _meeting(row: Row, asked: Asked) -> Candidate:
    attendees = tuple(_attendee(one) for one in row["attendees"])
    meeting = Meeting(row["interaction_id"], row["at"], row["channel"], row["subject"], attendees)
    unknown = [one for one in attendees if one.unknown]
    name = "meeting_unknown" if unknown else "meeting"
    customer = next((one for one in attendees if one.customer_id), None)
    said = {"people": _named(attendees, asked), "unknown": _named(unknown, asked)}
    return Candidate(
        kind="meeting",
        reason=reason(name, asked.language, **said),
        what_to_do=steps(name, asked.language),
        due=row["at"],
        subject=Subject(
            customer_id=customer.customer_id if customer else None,
            customer_name=customer.customer_name if customer else None,
            contact_id=unknown[0].contact_id if unknown else None,
            meeting=meeting,
        ),
        severity=UNKNOWN_SEVERITY if unknown else MEETING_SEVERITY,
        value=asked.value(customer.customer_id if customer else None),
        urgency=1.0,
        evidence=(f"Interaction:{row['interaction_id']}",),
    )


def _attendee(row: Row) -> Attendee:
    job = row["jobs"][0] if row["jobs"] else {"title": None, "customer_id": None, "customer_name": None}
    unknown = not row["roles"] and not row["met"]
    return Attendee(row["contact_id"], row["name"], **job, roles=tuple(row["roles"]), unknown=unknown)


def _named(people: tuple[Attendee, ...] | list[Attendee], asked: Asked) -> str:
    names = [one.name or word("someone", asked.language) for one in people]
    return word("between", asked.language).join(names) or word("nobody", asked.language)


async def task_candidates(store: GraphStore, asked: Asked) -> list[Candidate]:
    """Tasks of the employee that are due by the end of the day and not done."""
    rows = await store.read(
        "day.tasks",
        employee_id=asked.employee_id,
        until=asked.span.until.isoformat(),
        as_of=asked.span.as_of.isoformat(),
        viewer=asked.employee_id,
    )
    return [_task(row, asked) for row in await tasks_then(store, rows, asked.span)]


def _task(row: Row, asked: Asked) -> Candidate:
    customer = next(iter(row["customers"]), {"customer_id": None, "name": None})
    return Candidate(
        kind="task",
        reason=reason("task", asked.language, subject=row["subject"] or word("task", asked.language)),
        what_to_do=steps("task", asked.language),
        due=row["due_at"],
        subject=Subject(
            customer_id=customer["customer_id"],
            customer_name=customer["name"],
            opportunity_id=next(iter(row["deals"]), None),
            contact_id=next(iter(row["contacts"]), None),
            task_id=row["task_id"],
        ),
        severity=TASK_SEVERITY,
        value=asked.value(customer["customer_id"]),
        urgency=urgency(min(row["due_at"], asked.span.as_of), asked.span.as_of),
        evidence=(f"Task:{row['task_id']}",),
    )


async def offer_candidates(store: GraphStore, asked: Asked, names: Names) -> list[Candidate]:
    """Products that the customer buys evenly and whose next order is due (`graph.rhythm.repeat`).

    Products that the customer dismissed are left out.
    """
    moment = asked.span.as_of
    rows = await store.read(
        "day.repeats",
        customer_ids=list(asked.customer_ids),
        since=(moment - timedelta(days=WINDOW_DAYS)).isoformat(),
        as_of=moment.isoformat(),
        least=KNOWN_DISTANCES + 1,
        viewer=asked.employee_id,
    )
    rows = await products_then(store, rows, asked.span)
    rhythms = beyond_chance([repeat_rhythm(row["moments"]) for row in rows])
    return [
        _offer(row, rhythm, asked, names)
        for row, rhythm in zip(rows, rhythms, strict=True)
        if rhythm is not None and rhythm.is_due(moment)
    ]


def _offer(row: Row, rhythm: Rhythm, asked: Asked, names: Names) -> Candidate:
    due = rhythm.due_on
    said = {"product": row["product_name"], "days": round(rhythm.usual), "day": f"{due:%Y-%m-%d}"}
    return Candidate(
        kind="offer",
        reason=reason("offer", asked.language, **said),
        what_to_do=steps("offer", asked.language),
        due=due,
        subject=Subject(
            customer_id=row["customer_id"],
            customer_name=names.get(row["customer_id"]),
            product_id=row["product_id"],
        ),
        severity=OFFER_SEVERITY,
        value=asked.value(row["customer_id"]),
        urgency=urgency(due, asked.span.as_of),
        evidence=(f"Product:{row['product_id']}",),
    )
