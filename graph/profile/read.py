"""Reading customers as of a moment: the parts that are asked for, in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cypher import Query, composed
from graph.clock import reading_moment
from graph.errors import NotFound
from graph.offers.suppression import REST
from graph.profile.health import HALF_YEAR_DAYS
from graph.profile.parts import (
    ALL,
    DETAILS,
    FIRST_FRAGMENTS,
    FIRST_SHOWN,
    FRAGMENTS,
    LISTED,
    LISTED_FRAGMENTS,
    SHORT,
    Detail,
    PartName,
    Parts,
    read,
    verbs,
)
from graph.profile.past import LIMIT, as_of_day
from graph.profile.search import match
from graph.search.finder import NO_INDEX, Finder
from graph.service import GraphStore, Row, taken


@dataclass(frozen=True, slots=True)
class ProfileRequest:
    """Which parts, as of when (by default `now`), and who asks."""

    now: datetime
    parts: frozenset[PartName] = ALL
    details: frozenset[Detail] = DETAILS
    """Of a past day all are read."""
    as_of: datetime | None = None
    viewer: str | None = None
    contacts: int = LIMIT
    """Contacts at most."""
    suggestions: int = 5
    """Recommendations at most."""

    @property
    def moment(self) -> datetime:
        """The moment to read at. Raises AsOfAfterNow."""
        return reading_moment(self.as_of, self.now)

    @property
    def past(self) -> bool:
        """Whether ties are to be recomputed, for those of the graph are today's."""
        return self.moment < self.now


MATCHES = 3
"""Customers that may answer to a text, of which the first that has not ended does."""


@dataclass(slots=True, unsafe_hash=True)  # see model.py
class Profile:
    """The parts that were asked of one customer."""

    customer_id: str
    as_of: datetime
    parts: Parts


async def profiles(
    store: GraphStore, customer_ids: Sequence[str], *, request: ProfileRequest
) -> Mapping[str, Profile]:
    """The parts of several customers, by id; ids that do not exist, or had ended, are left out."""
    named = {"customer_ids": list(customer_ids), "text": "", "alias_id": "", "most": len(customer_ids)}
    rows = await _of_the_day(store, await _rows(store, named, request), request)
    return {one.customer_id: one for one in profiles_of(rows, request)}


async def best_match(
    store: GraphStore, *, text: str, request: ProfileRequest, finder: Finder = NO_INDEX
) -> Profile | None:
    """The customer that fits `text` best, as `search.match` ranks them; None where none does.

    One that an id, a number or the name as written makes certain takes one store call.
    """
    text = text.strip()
    named = {"customer_ids": [], "text": text, "alias_id": f"Customer|{text}", "most": 1}
    rows = await _rows(store, named, request)
    if rows:
        return profiles_of(await _of_the_day(store, rows, request), request)[0]
    matches = await match(store, text=text, as_of=request.moment, first=MATCHES, finder=finder)
    found = [one.customer_id for one in matches]
    standing = await profiles(store, customer_ids=found, request=request) if found else {}
    return next((standing[customer_id] for customer_id in found if customer_id in standing), None)


async def profile(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Profile:
    """The customer's whole profile at `as_of` (default `now`); raises NotFound or AsOfAfterNow.

    Facts, events and own values are read as of that moment.
    """
    request = ProfileRequest(now, as_of=as_of, viewer=viewer)
    found = await profiles(store, customer_ids=[customer_id], request=request)
    if customer_id not in found:
        raise NotFound("Customer", customer_id)
    return found[customer_id]


async def _of_the_day(store: GraphStore, rows: list[Row], request: ProfileRequest) -> list[Row]:
    """The rows with what is not kept for past days found anew, where the day is past."""
    return await as_of_day(store, rows, request.parts, request.moment) if request.past else rows


async def _rows(store: GraphStore, named: Mapping[str, Any], request: ProfileRequest) -> list[Row]:
    """The customers that are `named`, each a row with the parts."""
    statement = statement_with_parts("customer.parts", request)
    (found,) = await store.read(statement, **taken(statement, {**named, **parts_params(request)}))
    rows: list[Row] = found["customers"]
    return rows


def statement_with_parts(name: str, request: ProfileRequest) -> Query:
    """One of a few statements of this template, so that an engine plans them once.

    A part that may be read costs something at every customer even where it is not.
    """
    if not request.past and not request.details and request.parts <= SHORT.keys():
        return composed(name, tuple(SHORT[part] for part in sorted(request.parts)))
    if request.past or not request.parts <= FIRST_SHOWN:
        return composed(name, FRAGMENTS)
    return composed(name, LISTED_FRAGMENTS if request.parts <= LISTED else FIRST_FRAGMENTS)


def parts_params(request: ProfileRequest) -> dict[str, Any]:
    """The parts to read, and what they take."""
    moment, half = request.moment, timedelta(days=HALF_YEAR_DAYS)
    details = DETAILS if request.past else request.details
    return {
        "parts": [*verbs(request.parts, past=request.past), *sorted(details)],
        "as_of": moment.isoformat(),
        "recent": (moment - half).isoformat(),
        "rested": (moment - REST).isoformat(),
        "before": (moment - 2 * half).isoformat(),
        "viewer": request.viewer or "",
        "limit": LIMIT,
        "contacts": request.contacts,
        "suggestions": request.suggestions,
    }


def profiles_of(rows: Sequence[Row], request: ProfileRequest) -> list[Profile]:
    """Each row with the parts of a customer as the parts requested."""
    moment = request.moment
    return [Profile(row["customer_id"], moment, read(row, request.parts, moment)) for row in rows]
