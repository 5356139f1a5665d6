"""The inbox as a load sees it: what waits, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph.batches import batches
from graph.inbox.event import Event, EventRefused, stored_event
from graph.service import GraphStore
from graph.store import Store

BATCH = 1_000
"""Events per statement."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an event in its load; `quarantined` with the reason."""

    event_id: str
    state: Literal["loaded", "quarantined"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many events wait for a load, and since when the longest."""

    waiting: int
    since: datetime | None


def waiting_events(store: Store, most: int) -> tuple[list[Event], list[Taken]]:
    """The oldest events that no load has taken, at most so many, in the order in which they came.

    Beside them those among these that cannot be read, as quarantined.
    """
    events: list[Event] = []
    unreadable: list[Taken] = []
    for row in store.read("inbox.waiting", most=most):
        try:
            events.append(stored_event(row["payload"]))
        except EventRefused as error:
            unreadable.append(Taken(row["event_id"], "quarantined", str(error)))
    return events, unreadable


def mark_taken(store: Store, taken: Iterable[Taken], run_id: str | None, at: datetime) -> None:
    """Say of events what became of them. run_id: of their load, if there was one. at: the wall clock."""
    for batch in batches(taken, BATCH):
        rows = [{"event_id": one.event_id, "state": one.state, "reason": one.reason} for one in batch]
        store.write("inbox.take", events=rows, run_id=run_id, at=at.isoformat())


async def inbox_standing(store: GraphStore) -> Standing:
    """How many events wait."""
    row = (await store.read("inbox.standing"))[0]
    return Standing(int(row["waiting"]), row["since"])


def try_again(store: Store) -> int:
    """Have the events in quarantine wait again, as after a load of what they may name; how many there are."""
    return int(store.write("inbox.retry").rows[0]["again"])
