"""Events are appended to the inbox in one statement; each is told what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from graph.inbox.event import Event, EventRefused, payload_of, read_event
from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one posted event.

    id: as sent; None where none can be read. `accepted`: it stands in the inbox, `duplicate`: one of its id
    stood there already and is left as it is, `refused`: it is not taken, for this reason.
    """

    id: str | None
    verdict: Literal["accepted", "duplicate", "refused"]
    reason: str | None = None


async def append(
    store: GraphStore, given: Sequence[object], *, now: datetime, received_at: datetime, receipt: str
) -> list[Verdict]:
    """Append events to the inbox; a verdict for each, in their order.

    given: objects of JSON. now: nothing may have happened after it. receipt: unique to this call.
    """
    read = [_read(one, now) for one in given]
    first: dict[str, Event] = {}
    for event in read:
        if not isinstance(event, Verdict):
            first.setdefault(event.event_id, event)
    rows: list[dict[str, Any]] = []
    if first:
        written = await store.write(
            "inbox.append", events=list(_rows(first)), received_at=received_at.isoformat(), receipt=receipt
        )
        rows = written.rows
    stands = {row["event_id"]: row for row in rows}
    return [one if isinstance(one, Verdict) else _verdict(one, first, stands) for one in read]


def _read(given: object, now: datetime) -> Event | Verdict:
    try:
        return read_event(given, now)
    except EventRefused as error:
        named = given.get("id") if isinstance(given, dict) else None
        return Verdict(named[:200] if isinstance(named, str) else None, "refused", str(error))


def _rows(events: dict[str, Event]) -> Iterator[dict[str, Any]]:
    for place, (event_id, event) in enumerate(events.items()):
        yield {
            "event_id": event_id, "kind": event.kind, "at": event.at.isoformat(), "actor": event.source,
            "payload": payload_of(event), "place": place,
        }  # fmt: skip


def _verdict(event: Event, first: dict[str, Event], stands: dict[str, dict[str, Any]]) -> Verdict:
    """Of several events of one id in a request the first is the one that was appended."""
    own, row = first[event.event_id], stands[event.event_id]
    if row["appended"] and event is own:
        return Verdict(event.id, "accepted")
    same = row["same"] and event == own
    reason = None if same else "an event of this id, with other content, was taken before; send a new id"
    return Verdict(event.id, "duplicate", reason)
