"""Reading a profile as of a moment, in one question."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from graph.errors import NotFound
from graph.plan import Ask, Plan
from graph.profile.assemble import assemble
from graph.profile.health import HALF_YEAR_DAYS
from graph.profile.model import Profile

LIMIT = 200
"""Contacts, deals, related companies and origins shown at most."""


def profile(
    *, customer_id: str, now: datetime, as_of: datetime | None = None, viewer: str | None = None
) -> Plan[Profile]:
    """The customer's profile at `as_of` (default, and at most, `now`); raises NotFound.

    Facts and events are read as of that moment; the company's own values are today's.
    """
    found = yield from profiles(customer_ids=[customer_id], now=now, as_of=as_of, viewer=viewer)
    if customer_id not in found:
        raise NotFound("Customer", customer_id)
    return found[customer_id]


def profiles(
    *, customer_ids: Sequence[str], now: datetime, as_of: datetime | None = None, viewer: str | None = None
) -> Plan[Mapping[str, Profile]]:
    """`profile` of several customers in one question; ids that do not exist are left out."""
    moment = min(as_of or now, now)
    half = timedelta(days=HALF_YEAR_DAYS)
    rows = yield Ask("profile.of", {
        "customer_ids": list(customer_ids), "as_of": moment.isoformat(), "viewer": viewer or "",
        "recent": (moment - half).isoformat(), "before": (moment - 2 * half).isoformat(), "limit": LIMIT,
    })  # fmt: skip
    return {row["company"]["customer_id"]: assemble(row, moment) for row in rows}
