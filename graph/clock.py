"""The data's own clock: exports are history, so "now" is the newest thing that happened in them."""

from datetime import UTC, datetime

from graph.plan import Ask, Plan, Reader, Row, run

EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""The clock of a graph in which nothing has happened."""


def clock() -> Plan[datetime]:
    """The newest interaction, order, ticket or opportunity (when opened)."""
    rows = yield Ask("derive.clock")
    return max((row["at"] for row in rows if row["at"] is not None), default=EMPTY)


def settled() -> Plan[Row | None]:
    """A mark that changes when a run has ended; None while one goes on, or where none is recorded."""
    rows = yield Ask("derive.runs")
    return rows[0] if rows and rows[0]["runs"] and not rows[0]["unfinished"] else None


def data_now(store: Reader) -> datetime:
    """The newest event in the data; `EMPTY` where there is none. Reads whole labels: keep the answer."""
    return run(store, clock())
