"""Windows over an indexed property, in the direction of an order, until a page is full.

A window is read from the index and sorted by itself, which both engines do quickly however many records there
are. Where few of a window answer to the filter, the next is larger.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from cypher import template
from graph.keyset import BadCursor
from graph.service import GraphStore, Row

NAMELESS = "\uffff"
"""Sorts behind every name: the key of a record without one."""
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
_FIRST_WIDTH, _GROWTH = timedelta(days=1), 4
_BEFORE_ALL = "\x01"
"""Sorts before every name, and behind the empty one."""


class Indexed(Protocol):
    """A property of a label that has an index."""

    @property
    def label(self) -> str:
        """Of the records."""

    @property
    def indexed(self) -> str:
        """The property."""

    @property
    def moments(self) -> bool:
        """Whether it is a moment; else a text that may be missing, in the place of NAMELESS."""


@dataclass(frozen=True, slots=True)
class Window:
    """A condition on the record `r`, as text, and its parameters."""

    text: str
    params: dict[str, Any] = field(default_factory=dict)
    keys: str = "true"
    """A condition on the keys of the order, `k0`, `k1`, …"""
    each: str | None = None
    """Clauses that find its records `r`, where the condition alone would find them slowly."""


EVERYTHING = Window("true")


async def one_window() -> AsyncGenerator[Window, None]:
    """Everything, where no index goes with the order."""
    yield EVERYTHING


async def rows_of(
    chosen: AsyncGenerator[Window, None], limit: int, read: Callable[[Window, int], Awaitable[list[Row]]]
) -> list[Row]:
    """Rows of one window after the other until there are `limit`; `read` is told how many are wanted yet."""
    rows: list[Row] = []
    async with aclosing(chosen) as each:
        async for window in each:
            rows += await read(window, limit - len(rows))
            if len(rows) == limit:
                break
    return rows


def windows(
    store: GraphStore, kind: Indexed, *, descending: bool, start: Any, now: datetime, size: int
) -> AsyncGenerator[Window, None]:
    """The windows from `start`, the first key of a cursor, if there is one; `now` ends moments.

    Raises BadCursor for a key that is no moment.
    """
    if kind.moments and descending:
        return _back(kind, now if start is None else _moment(start) + timedelta(milliseconds=1))
    low = start
    if kind.moments:
        low = (_BEGINNING if start is None else _moment(start)).isoformat()
    return _forth(store, kind, _BEFORE_ALL if low is None else low, size)


def _moment(millis: Any) -> datetime:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    except (OverflowError, TypeError) as error:
        raise BadCursor from error


async def _back(kind: Indexed, high: datetime) -> AsyncGenerator[Window, None]:
    width = _FIRST_WIDTH
    text = f"r.{kind.indexed} > datetime($low) AND r.{kind.indexed} <= datetime($high)"
    while high > _BEGINNING:
        low = max(high - min(width, high - _BEGINNING), _BEGINNING)
        yield Window(text, {"low": low.isoformat(), "high": high.isoformat()})
        high, width = low, width * _GROWTH


async def _forth(store: GraphStore, kind: Indexed, low: str, size: int) -> AsyncGenerator[Window, None]:
    value = "datetime({})" if kind.moments else "{}"
    sign = ">="
    while low != NAMELESS:
        above = f"r.{kind.indexed} {sign} {value.format('$low')}"
        slots = {"label": kind.label, "property": kind.indexed, "low": above}
        query = template("record_list.window").render(**slots).taking(["low"])
        (found,) = await store.read(query, low=low, size=size)
        if not found["records"]:
            break
        until = found["until"].isoformat() if kind.moments else found["until"]
        text = f"{above} AND r.{kind.indexed} <= {value.format('$high')}"
        yield Window(text, {"low": low, "high": until})
        if found["records"] < size:
            break
        low, sign, size = until, ">", size * _GROWTH
    if not kind.moments:
        yield Window(f"coalesce(r.{kind.indexed}, '') = ''")
