"""Windows along the index of an order of customers: by risk, by silence, by value.

The index says only whose turn it is: the statement that lists them reads what stands, and sorts. Windows
follow one another without gaps, and whoever has the same number, or the same text, is in the same window.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

import orjson

from graph.order_key import SEVERAL, amount_of, sortable, value_place
from graph.service import GraphStore, Row
from graph.windows import EVERYTHING, Window

GROWTH = 4
"""So many times larger is the next window, where of the last too few answered."""
LARGEST = 20_000
"""Customers of a window, unless more have the same place."""
_TO_THE_END = "\uffff"


async def risk_windows(
    store: GraphStore, start: float | None, now: datetime, size: int
) -> AsyncGenerator[Window, None]:
    """The most endangered first, from this probability down; then those of whom no score stands (below 0)."""
    if start is None or start >= 0.0:
        async with aclosing(scored(store, start, now.isoformat(), size)) as along:
            async for _, ids in along:
                yield _of(ids)
    yield Window("true", keys="k0 < 0.0")


def scored(
    store: GraphStore, start: float | None, now: str, size: int
) -> AsyncGenerator[tuple[str | None, list[str]], None]:
    """Customers of whom a churn score stands at `now`, ISO text, from this probability down."""
    low = "" if start is None else sortable(-start)
    return _along(store, "order_window.risk", low, size, now=now)


async def silence_windows(
    store: GraphStore, start: tuple[float, str] | None, now: datetime, size: int
) -> AsyncGenerator[Window, None]:
    """Those first who were never in touch, from this number and id on.

    Whoever was loaded after the last derive has no profile, hence no place yet: until the next, all are read.
    """
    if not await _all_have_profiles(store, now):
        yield EVERYTHING
        return
    low = "" if start is None else sortable(start[0]) + start[1]
    async with aclosing(_along(store, "order_window.silence", low, size)) as along:
        async for _, ids in along:
            yield _of(ids)


async def value_windows(
    store: GraphStore, currency: str, start: float | None, size: int
) -> AsyncGenerator[Window, None]:
    """The largest amounts of a currency first; those that have none above zero come last.

    Who has amounts in several currencies has no place in the order of one, and is looked at in each window.
    """
    if start is None or start > 0.0:
        async with aclosing(_amounts(store, currency, start, size)) as along:
            async for window in along:
                yield window
    yield Window("true", keys="k0 <= 0.0")


async def _amounts(
    store: GraphStore, currency: str, most: float | None, size: int
) -> AsyncGenerator[Window, None]:
    """Amounts above zero, from `most` down."""
    place, end = value_place(currency, most), value_place(currency, 0.0)
    several = [one async for _, ids in _along(store, "order_window.value", SEVERAL, LARGEST) for one in ids]
    along = _along(store, "order_window.value", place, size, until=end, same=lambda found: found[: len(end)])
    async with aclosing(along):
        async for following, ids in along:
            least = 0.0 if following is None else amount_of(following)
            bounds = {"least": least} if most is None else {"least": least, "most": most}
            keys = "k0 > $least" if most is None else "k0 > $least AND k0 <= $most"
            yield _of([*ids, *several], keys, **bounds)
            most = least


async def _all_have_profiles(store: GraphStore, now: datetime) -> bool:
    """Whether nothing has changed since the last derive, and what stands now had a profile then."""
    rows = await store.read("order_window.derived")
    if not rows:
        return False
    left = orjson.loads(rows[0]["report"])
    same = left["position"] == rows[0]["changes"] and datetime.fromisoformat(left["now"]) <= now
    return bool(same and left.get("ends_ahead") == 0)


async def _along(
    store: GraphStore, query: str, low: str, size: int, *,
    until: str = _TO_THE_END, same: Callable[[str], str] = str, **params: Any,
) -> AsyncGenerator[tuple[str | None, list[str]], None]:  # fmt: skip
    """Customers of the index from `low` on, and the place that follows them; None at the end.

    same: the part of a place that must not be torn apart.
    """
    while True:
        rows = await store.read(query, low=low, size=size, **params)
        within = [row for row in rows if row["place"] < until]
        if len(within) < size:
            yield None, _customers(within)
            return
        following = same(within[-1]["place"])
        whole = [row for row in within if same(row["place"]) != following]
        if whole:
            yield following, _customers(whole)
            low, size = following, max(size, min(size * GROWTH, LARGEST))
        else:
            size *= GROWTH


def _customers(rows: list[Row]) -> list[str]:
    return [one for row in rows for one in row["customer_ids"]]


def _of(ids: list[str], keys: str = "true", **bounds: float) -> Window:
    """The customers of these ids, one by one: the embedded engine reads all to find those of a list."""
    each = "UNWIND $ids AS wanted MATCH (r:Customer {customer_id: wanted})"
    return Window("r.customer_id IN $ids", {"ids": ids, **bounds}, keys, each)
