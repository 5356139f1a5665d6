"""The company's now: exports are history, so "now" is what the data speak of, not the wall clock.

A load chooses it (see `ingest.clock`) and keeps it in the graph once, with the reason; derive, scores, chain,
API and doctor read it from here. A graph that no load has filled says its newest event.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from graph.errors import UsageError
from graph.service import GraphStore, Row
from graph.store import Store

EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""The clock of a graph in which nothing has happened."""
RUN_ID = "clock"
"""The `Run` node that keeps the clock."""

Basis = Literal["fixed", "declared", "stamp", "live", "file", "event"]
"""What now was taken from: `--now`, a declared export date, the newest stamp, the newest
event of a live source, a file's date, or (in a graph that no load has filled) the newest event."""


class AsOfAfterNow(UsageError):
    """An answer was asked for as of a moment that the data do not reach."""

    def __init__(self, as_of: datetime, now: datetime) -> None:
        super().__init__(
            f"asOf {as_of.isoformat()} is after the company's now, {now.isoformat()}: "
            "the data say nothing of it; leave asOf out for today's answer"
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """The company's now and why it is that; `reason` is a sentence for people."""

    now: datetime
    basis: Basis
    reason: str
    quiet_days: float | None = None
    """Silence after which a single stamp stands alone (see `ingest.clock`); None where nothing tells."""


def fixed_clock(now: datetime) -> Clock:
    """A clock that a person has set, for demonstrations and tests."""
    return Clock(now, "fixed", "fixed by --now or RELGRAPH_NOW")


def clock_as_kept(clock: Clock) -> dict[str, Any]:
    """A clock as plain values of JSON."""
    return asdict(clock) | {"now": clock.now.isoformat()}


def clock_as_read(kept: dict[str, Any]) -> Clock:
    """The clock of `clock_as_kept`."""
    return Clock(datetime.fromisoformat(kept["now"]), kept["basis"], kept["reason"], kept["quiet_days"])


async def kept_clock(store: GraphStore) -> Clock | None:
    """The clock that the last load kept; None in a graph that no load has filled."""
    rows = await store.read("derive.kept_clock")
    if not rows:
        return None
    return clock_as_read(orjson.loads(rows[0]["report"]))


async def read_clock(store: GraphStore) -> Clock:
    """The kept clock, else one at the newest event."""
    kept = await kept_clock(store)
    if kept is not None:
        return kept
    return Clock(await newest_event(store), "event", "the newest event in the graph")


async def newest_event(store: GraphStore) -> datetime:
    """The newest mail, meeting, order, ticket or opportunity; `EMPTY` where there is none.

    Reads whole labels: keep the answer.
    """
    rows = await store.read("derive.clock")
    return max((row["at"] for row in rows if row["at"] is not None), default=EMPTY)


async def data_now(store: GraphStore) -> datetime:
    """The company's now; `EMPTY` in an empty graph."""
    return (await read_clock(store)).now


def keep_clock(store: Store, clock: Clock, at: datetime) -> None:
    """Keep the clock in the graph. at: the wall clock."""
    props = {
        "kind": "clock",
        "status": "done",
        "started_at": at.isoformat(),
        "finished_at": at.isoformat(),
        "report": orjson.dumps(clock_as_kept(clock)).decode(),
    }
    store.upsert_nodes("Run", [{"id": RUN_ID, "props": props}])


async def finished_runs(store: GraphStore) -> Row | None:
    """A mark that changes when a run has ended; None while one goes on, or where none is recorded."""
    rows = await store.read("derive.runs")
    return rows[0] if rows and rows[0]["runs"] and not rows[0]["unfinished"] else None


def reading_moment(as_of: datetime | None, now: datetime) -> datetime:
    """The moment at which to read: `as_of`, or `now` where none is given. Raises AsOfAfterNow."""
    if as_of is None:
        return now
    if as_of > now:
        raise AsOfAfterNow(as_of, now)
    return as_of
