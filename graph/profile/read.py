"""Reading customers as of a moment: the parts that are asked for, in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cypher import composed
from graph.errors import NotFound
from graph.plan import Ask, Plan, Row
from graph.profile.health import HALF_YEAR_DAYS
from graph.profile.parts import ALL, PartName, Parts, fragments, read
from graph.profile.search import matching

LIMIT = 200
"""Deals, related companies and origins shown at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which parts, as of when (at most, and by default, `now`), and who asks."""

    now: datetime
    parts: frozenset[PartName] = ALL
    as_of: datetime | None = None
    viewer: str | None = None
    contacts: int = LIMIT
    """Contacts at most."""
    suggestions: int = 5
    """Recommendations at most."""

    @property
    def moment(self) -> datetime:
        """The moment to read at: never after the data's now."""
        return min(self.as_of or self.now, self.now)


@dataclass(frozen=True, slots=True)
class Profile:
    """The parts that were asked of one customer; the company's own values are today's."""

    customer_id: str
    as_of: datetime
    parts: Parts


def profiles(*, customer_ids: Sequence[str], asked: Asked) -> Plan[Mapping[str, Profile]]:
    """The parts of several customers, by id; ids that do not exist are left out."""
    rows = yield _ask("customer.by_ids", asked, customer_ids=list(customer_ids))
    return {row["customer_id"]: _profile(row, asked) for row in rows}


def best(*, text: str, asked: Asked) -> Plan[Profile | None]:
    """The customer that fits `text` best, as `matching` ranks them; None where none does.

    One that an id, a number or the name as written makes certain takes one question.
    """
    text = text.strip()
    rows = yield _ask("customer.certain", asked, text=text, alias_id=f"Customer|{text}")
    if rows:
        return _profile(rows[0], asked)
    for match in (yield from matching(text=text, first=1)):
        found = yield from profiles(customer_ids=[match.customer_id], asked=asked)
        return found.get(match.customer_id)
    return None


def profile(
    *, customer_id: str, now: datetime, as_of: datetime | None = None, viewer: str | None = None
) -> Plan[Profile]:
    """The customer's whole profile at `as_of` (default, and at most, `now`); raises NotFound.

    Facts and events are read as of that moment; the company's own values are today's.
    """
    found = yield from profiles(customer_ids=[customer_id], asked=Asked(now, as_of=as_of, viewer=viewer))
    if customer_id not in found:
        raise NotFound("Customer", customer_id)
    return found[customer_id]


def _ask(template: str, asked: Asked, **subject: Any) -> Ask:
    statement = composed(template, fragments(asked.parts))
    params = subject | _params(asked)
    return Ask(statement, {name: params[name] for name in statement.params})


def _params(asked: Asked) -> dict[str, Any]:
    moment, half = asked.moment, timedelta(days=HALF_YEAR_DAYS)
    return {
        "as_of": moment.isoformat(),
        "recent": (moment - half).isoformat(),
        "before": (moment - 2 * half).isoformat(),
        "scored_by": None if asked.as_of is None else asked.as_of.isoformat(),
        "viewer": asked.viewer or "",
        "limit": LIMIT,
        "contacts": asked.contacts,
        "suggestions": asked.suggestions,
    }


def _profile(row: Row, asked: Asked) -> Profile:
    return Profile(row["customer_id"], asked.moment, read(row, asked.parts, asked.moment))
