"""The data's own clock: exports are history, so "now" is the newest thing that happened in them."""

from datetime import UTC, datetime

from graph.service import GraphStore, Row

EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""The clock of a graph in which nothing has happened."""


async def data_now(store: GraphStore) -> datetime:
    """The newest interaction, order, ticket or opportunity (when opened); `EMPTY` where there is none.

    Reads whole labels: keep the answer.
    """
    rows = await store.read("derive.clock")
    return max((row["at"] for row in rows if row["at"] is not None), default=EMPTY)


async def finished_runs(store: GraphStore) -> Row | None:
    """A mark that changes when a run has ended; None while one goes on, or where none is recorded."""
    rows = await store.read("derive.runs")
    return rows[0] if rows and rows[0]["runs"] and not rows[0]["unfinished"] else None


def reading_moment(as_of: datetime | None, now: datetime) -> datetime:
    """The moment at which to read: `as_of`, at most (and by default) the data's `now`."""
    return now if as_of is None else min(as_of, now)
