"""Who of us is away, and who stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of us, as a stand-in or as somebody who is away."""

    employee_id: str
    name: str | None
    email: str | None
    team: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Away:
    """That an employee is away; `until` is None where no end is known, `stand_in` where nobody is named."""

    since: datetime
    until: datetime | None
    stand_in: Colleague | None


@dataclass(frozen=True, slots=True)
class StandingIn:
    """For whom an employee stands in, and until when."""

    employee: Colleague
    until: datetime | None


async def away(
    store: GraphStore, employee_ids: Sequence[str], *, moment: datetime, viewer: str | None
) -> Mapping[str, Away]:
    """Those who are away at the moment, by their ids; of leaves that overlap the one that ends last."""
    rows = await store.read(
        "employee.away",
        employee_ids=list(employee_ids),
        as_of=moment.isoformat(),
        viewer=viewer or "",
    )
    last = {row["employee_id"]: row for row in sorted(rows, key=_end)}
    return {employee_id: _away(row) for employee_id, row in last.items()}


async def stands_in(
    store: GraphStore, *, employee_id: str, moment: datetime, viewer: str | None
) -> tuple[StandingIn, ...]:
    """Those for whom the employee stands in at the moment."""
    rows = await store.read(
        "employee.stands_in", employee_id=employee_id, as_of=moment.isoformat(), viewer=viewer or ""
    )
    last = {row["employee"]["employee_id"]: row for row in sorted(rows, key=_end)}
    return tuple(StandingIn(Colleague(**one["employee"]), one["until"]) for _, one in sorted(last.items()))


def _end(row: Row) -> tuple[bool, str]:
    """One that has no end is the last."""
    return row["until"] is None, row["until"].isoformat() if row["until"] else ""


def _away(row: Row) -> Away:
    named = row["stand_in"]
    itself = named["employee_id"] == row["employee_id"]
    return Away(row["since"], row["until"], None if itself else Colleague(**named))
