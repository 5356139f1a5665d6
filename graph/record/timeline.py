"""What happened with a customer or a person, newest first, in pages that neither skip nor repeat."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import orjson

from graph.clock import reading_moment
from graph.errors import UsageError
from graph.record.model import Event, Timeline
from graph.record.past import told_then
from graph.record.read import record
from graph.service import GraphStore

LARGEST = 200
EVENTS = ("Interaction", "Order", "Opportunity", "Quote", "Invoice", "Payment", "Ticket", "Task", "Item")
_BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
_READ = {"Customer": "record.timeline_customer", "Contact": "record.timeline_contact"}
_MORE = 50
"""Events of one moment that a page may have to pass over."""


class NoTimeline(UsageError):
    """What was asked has no timeline, or the page is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: a page of `first` (1…200) behind the cursor `after`, of `kinds`, between two moments."""

    first: int = 20
    after: str | None = None
    kinds: Collection[str] = EVENTS
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Wanted()


async def timeline(
    store: GraphStore,
    *,
    typed_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
    wanted: Wanted = EVERYTHING,
) -> Timeline:
    """A page of what had happened with `Customer:id` or `Contact:id` by `as_of`, as it stood then.

    Raises NoTimeline, NoKind, AsOfAfterNow, NotFound.
    """
    _check(wanted)
    moment = reading_moment(as_of, now)
    whose = await record(store, typed_id=typed_id, now=now, as_of=as_of, viewer=viewer)
    if whose.kind not in _READ:
        raise NoTimeline(f"a customer or a contact has a timeline, not a {whose.kind}")
    end, last = _after(wanted.after, min(wanted.until or moment, moment))
    limit = wanted.first + _MORE
    span = {
        "since": (wanted.since or _BEGINNING).isoformat(),
        "until": end.isoformat(),
        "as_of": moment.isoformat(),
    }
    while True:
        rows = await store.read(
            _READ[whose.kind], id=whose.record_id, **span, viewer=viewer or "", limit=limit
        )
        found = _ordered({Event(**row) for row in rows if row["kind"] in wanted.kinds}, last)
        if len(found) > wanted.first or len(rows) < limit:
            break
        limit *= 4
    shown = found[: wanted.first]
    follows = _cursor(shown[-1]) if len(found) > wanted.first else None
    if moment < now:
        then = await told_then(store, [asdict(one) for one in shown], moment, also=("amount", "currency"))
        shown = [Event(**row) for row in then]
    return Timeline(tuple(shown), follows)


def _check(wanted: Wanted) -> None:
    if not 1 <= wanted.first <= LARGEST:
        raise NoTimeline(f"a page holds 1 to {LARGEST} events, not {wanted.first}")
    if unknown := set(wanted.kinds) - set(EVENTS):
        raise NoTimeline(
            f"there are no events of kind {sorted(unknown)[0][:40]!r}; kinds are {', '.join(EVENTS)}"
        )


def _key(event: Event) -> tuple[datetime, str, str]:
    return (event.at, event.kind, event.record_id)


def _ordered(events: set[Event], last: tuple[datetime, str, str] | None) -> list[Event]:
    """Newest first, of those that follow the last one seen."""
    left = (event for event in events if last is None or _key(event) < last)
    return sorted(left, key=_key, reverse=True)


def _cursor(event: Event) -> str:
    return urlsafe_b64encode(orjson.dumps([event.at.isoformat(), event.kind, event.record_id])).decode()


def _after(cursor: str | None, until: datetime) -> tuple[datetime, tuple[datetime, str, str] | None]:
    """The moment to read up to, and the last event seen; raises NoTimeline for a cursor of something else."""
    if cursor is None:
        return until, None
    try:
        at, kind, record_id = orjson.loads(urlsafe_b64decode(cursor.encode()))
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError) as error:
        raise NoTimeline("the cursor does not belong to this listing; start again without one") from error
    return min(moment, until), (moment, str(kind), str(record_id))
