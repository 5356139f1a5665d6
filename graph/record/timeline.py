"""What happened with a customer or a person, newest first, in pages that neither skip nor repeat."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from graph.clock import reading_moment
from graph.errors import UsageError
from graph.moment import BEGINNING
from graph.record.model import Event, Timeline
from graph.record.page import page
from graph.record.past import told_then
from graph.record.read import record
from graph.service import GraphStore

LARGEST = 200
EVENTS = ("Interaction", "Order", "Opportunity", "Quote", "Invoice", "Payment", "Ticket", "Task", "Item")
_READ = {"Customer": "record.timeline_customer", "Contact": "record.timeline_contact"}


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

    Raises NoTimeline, BadCursor, NoKind, AsOfAfterNow, NotFound.
    """
    _check(wanted)
    moment = reading_moment(as_of, now)
    whose = await record(store, typed_id=typed_id, now=now, as_of=as_of, viewer=viewer)
    if whose.kind not in _READ:
        raise NoTimeline(f"a customer or a contact has a timeline, not a {whose.kind}")
    beginning = (wanted.since or BEGINNING).isoformat()

    async def read(until: datetime, limit: int) -> tuple[set[Event], bool]:
        rows = await store.read(
            _READ[whose.kind],
            id=whose.record_id,
            since=beginning,
            until=until.isoformat(),
            as_of=moment.isoformat(),
            viewer=viewer or "",
            limit=limit,
        )
        return {Event(**row) for row in rows if row["kind"] in wanted.kinds}, len(rows) < limit

    until = min(wanted.until or moment, moment)
    shown, follows = await page(read, first=wanted.first, after=wanted.after, until=until)
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
