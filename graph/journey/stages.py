"""From milestones to stages: what an account was to us, from when to when."""

from datetime import datetime, timedelta

from graph.journey.model import Milestone, MilestoneKind, Span, StageName
from graph.service import Row

LAPSED = 3.0
"""Silence of so many of the account's own mean gaps between orders ends its time as a buyer …"""
LEAST_SILENCE = timedelta(days=180)
"""… but not before half a year: a judgement; who ordered once has no rhythm."""

_FIRST: tuple[MilestoneKind, ...] = (
    "first_contact", "first_meeting", "first_deal", "first_won", "first_lost", "first_ticket",
)  # fmt: skip


def milestones(row: Row) -> tuple[Milestone, ...]:
    """What the row of an account says happened, by day."""
    found = [Milestone(kind, one["at"], one["record"]) for kind in _FIRST for one in row[kind]]
    orders: tuple[MilestoneKind, ...] = ("first_order", "repeat_order")
    found += [
        Milestone(kind, one["at"], one["record"])
        for kind, one in zip(orders, row["first_orders"], strict=False)
    ]
    found += [Milestone("last_order", one["at"], one["record"]) for one in row["last_order"]]
    return tuple(sorted(found, key=lambda one: (one.at, one.kind)))


def stages(row: Row, moment: datetime) -> list[Span]:
    """Each stage that began by the moment, with when the next one did.

    An account is in contact from the first talk, in a deal from the first opportunity, a customer from the
    first order (or won deal), a regular one from the second order, lapsed after a long silence. One that
    skips a stage never was in it: a stage that begins no earlier than a later one is left out.
    """
    begun: tuple[tuple[StageName, datetime | None], ...] = (
        ("contact", _first(row, "first_contact")),
        ("deal", _first(row, "first_deal")),
        ("customer", min(filter(None, (_order(row, 0), _first(row, "first_won"))), default=None)),
        ("regular", _order(row, 1)),
        ("lapsed", _lapsed(row, moment)),
    )
    found: list[Span] = []
    until: datetime | None = None
    for name, since in reversed(begun):
        if since is not None and (until is None or since < until):
            found.append(Span(name, since, until))
            until = since
    return found[::-1]


def _first(row: Row, kind: str) -> datetime | None:
    return next((one["at"] for one in row[kind]), None)


def _order(row: Row, number: int) -> datetime | None:
    orders = row["first_orders"]
    return orders[number]["at"] if len(orders) > number else None


def _lapsed(row: Row, moment: datetime) -> datetime | None:
    """When the silence after the last order had become too long; None where it has not."""
    first, last = _order(row, 0), _first(row, "last_order")
    if first is None or last is None:
        return None
    gap = (last - first) / (row["orders"] - 1) if row["orders"] > 1 else timedelta()
    silent = last + max(LEAST_SILENCE, LAPSED * gap)
    return silent if silent <= moment else None
