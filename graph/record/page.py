"""Pages of records by their moments, newest first, that neither skip nor repeat."""

from collections.abc import Awaitable, Callable, Set
from datetime import datetime
from typing import Protocol, TypeVar

from graph.keyset import BadCursor, cursor, key_after, moment_in

_LISTING = "records"
_MORE = 50
"""Records of one moment that a page may have to pass over."""
Place = tuple[datetime, str, str]
"""Where a record stands: its moment, its kind and its id."""


class Dated(Protocol):
    """A record with the moment that it stands by."""

    @property
    def at(self) -> datetime:
        """The moment."""

    @property
    def kind(self) -> str:
        """Its label."""

    @property
    def record_id(self) -> str:
        """Its id."""


R = TypeVar("R", bound=Dated)


async def page(
    read: Callable[[datetime, int], Awaitable[tuple[Set[R], bool]]],
    *,
    first: int,
    after: str | None,
    until: datetime,
) -> tuple[list[R], str | None]:
    """The first records behind the cursor `after`, and the cursor of the next page, None at the end.

    read: at least so many of the newest records up to a moment, and whether there are no more. Raises
    BadCursor.
    """
    end, last = _after(after, until)
    limit = first + _MORE
    while True:
        records, whole = await read(end, limit)
        found = _ordered(records, last)
        if len(found) > first or whole:
            break
        limit *= 4
    shown = found[:first]
    if len(found) <= first:
        return shown, None
    at, kind, record_id = _place(shown[-1])
    return shown, cursor(_LISTING, at.isoformat(), kind, record_id)


def _place(record: Dated) -> Place:
    return (record.at, record.kind, record.record_id)


def _ordered(records: Set[R], last: Place | None) -> list[R]:
    """Newest first, of those that follow the last one seen."""
    left = (record for record in records if last is None or _place(record) < last)
    return sorted(left, key=_place, reverse=True)


def _after(given: str | None, until: datetime) -> tuple[datetime, Place | None]:
    """The moment to read up to, and the last record seen."""
    if given is None:
        return until, None
    match key_after(given, _LISTING):
        case [at, str(kind), str(record_id)]:
            moment = moment_in(at)
            return min(moment, until), (moment, kind, record_id)
    raise BadCursor
