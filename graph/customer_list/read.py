"""Reading a page of customers by a condition, and counting them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from cypher import Query, template
from graph.clock import reading_moment
from graph.customer_filter import All, Condition
from graph.customer_filter.in_cypher import Asked, in_cypher
from graph.customer_list.sort import Sort, SortBy
from graph.errors import UsageError
from graph.key_order import Behind, KeyOrder
from graph.keyset import COUNTED, counted, page_size
from graph.order_windows import risk_windows, silence_windows, value_windows
from graph.past_list import DATED_ACCOUNTS, check_dated, condition_by
from graph.portfolio import own_customers
from graph.service import GraphStore, Row, taken
from graph.windows import Window, one_window, rows_of, windows

EVERYBODY = All(())

__all__ = ["CustomerPage", "Listing", "Sort", "SortBy", "count_customers", "customer_page"]


@dataclass(frozen=True, slots=True)
class _Names:
    """The index of customers' names."""

    label: str = "Customer"
    indexed: str = "name"
    moments: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Which customers, and in which order: by keys, then by id. Raises UsageError for no order."""

    where: Condition = EVERYBODY
    order: tuple[Sort, ...] = ()

    def __post_init__(self) -> None:
        if len({sort.by for sort in self.order}) < len(self.order):
            raise UsageError("an order has each key once")
        _ = self.by_keys

    @property
    def by_keys(self) -> KeyOrder:
        """Its order, by name where nothing else is asked for."""
        keys = tuple(sort.key for sort in self.order or (Sort("name"),))
        return KeyOrder("customer", "c.customer_id", keys)


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Ids of customers in order, each with the cursor behind it, and whether more follow."""

    customer_ids: tuple[str, ...]
    cursors: tuple[str, ...]
    more: bool


async def customer_page(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None, first: int,
    after: str | None = None, all_rows: bool = False, as_of: datetime | None = None,
) -> CustomerPage:  # fmt: skip
    """A page of the customers as of a day, by default `now`; `after` is a cursor of a page.

    all_rows: who asks is known to see every row, so that the store need not be asked for their own. Raises
    UsageError (OnlyToday too, and AsOfAfterNow) or BadCursor.
    """
    moment = _moment(listing, now, as_of)
    limit = page_size(first, "customers") + 1
    start = None if after is None else listing.by_keys.values(after)
    everyone = all_rows or await own_customers(store) is None
    chosen = _windows(store, listing, start, moment, limit + 1) if everyone else one_window()
    asked, behind = in_cypher(listing.where, moment), listing.by_keys.behind(after)
    rows = await rows_of(chosen, limit, partial(_within, store, listing, asked, behind, moment, viewer))
    shown = rows[:first]
    cursors = tuple(listing.by_keys.cursor(row["sorted_by"], row["customer_id"]) for row in shown)
    return CustomerPage(tuple(row["customer_id"] for row in shown), cursors, len(rows) > first)


def _moment(listing: Listing, now: datetime, as_of: datetime | None) -> datetime:
    """When it is read as of; raises AsOfAfterNow, and OnlyToday for what no past day has."""
    moment = reading_moment(as_of, now)
    if moment < now:
        check_dated(condition_by(listing.where), DATED_ACCOUNTS)
        check_dated([sort.by for sort in listing.order], ["name"])
    return moment


async def _within(
    store: GraphStore, listing: Listing, asked: Asked, behind: Behind, moment: datetime, viewer: str | None,
    window: Window, limit: int,
) -> list[Row]:  # fmt: skip
    """Rows of a window behind the cursor."""
    query = listing.by_keys.rendered(
        template("customer_list.page"), behind, condition=asked.text, window=window.text, within=window.keys,
        each=window.each or f"MATCH (r:Customer) WHERE {window.text}",
    )  # fmt: skip
    given = {**asked.params, **behind.params, **window.params}
    query = query.taking([*asked.params, *window.params])
    return await _read(store, query, given | {"limit": limit}, asked, listing, moment, viewer)


def _windows(
    store: GraphStore, listing: Listing, start: list[Any] | None, moment: datetime, size: int
) -> AsyncGenerator[Window, None]:
    """Those of the index that goes with the order; else one of everything."""
    order = listing.order or (Sort("name"),)
    first: Any = None if start is None else start[0]
    match (order[0].by, order[0].descending):
        case "name", False:
            return windows(store, _Names(), descending=False, start=first, now=moment, size=2 * size)
        case "risk", True:
            return risk_windows(store, first, moment, size)
        case "value", True:
            return value_windows(store, order[0].currency or "", first, size)
        case "silence", False if len(order) == 1:
            place = None if start is None else (start[0], start[1])
            return silence_windows(store, place, moment, size)
    return one_window()


async def count_customers(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None, as_of: datetime | None = None
) -> tuple[int, bool]:
    """How many customers answer, and whether that is exact: there may be more than COUNTED."""
    moment = _moment(listing, now, as_of)
    asked = in_cypher(listing.where, moment)
    query = template("customer_list.count").render(condition=asked.text).taking(asked.params)
    given = {**asked.params, "limit": COUNTED + 1}
    (row,) = await _read(store, query, given, asked, listing, moment, viewer)
    return counted(row["customers"])


async def _read(
    store: GraphStore, query: Query, given: dict[str, Any], asked: Asked, listing: Listing,
    moment: datetime, viewer: str | None,
) -> list[Row]:  # fmt: skip
    """Rows of a query with those of the known parameters that it takes; the team comes by itself."""
    known = {
        "as_of": moment.isoformat(),
        "viewer": viewer or "",
        "currency": next((sort.currency for sort in listing.order if sort.currency), None),
        "lists": list(asked.lists),
    }
    return await store.read(query, **taken(query, known), **given)
