"""Reading a page of records by a filter, and counting them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from cypher import Query, fragment, template
from cypher.macros import expand
from cypher.parse import own_params
from graph.clock import reading_moment
from graph.key_order import Behind, KeyOrder
from graph.keyset import COUNTED, counted, page_size
from graph.past_list import DATED_ACCOUNTS, accounts_by, check_dated, narrowed_by
from graph.portfolio import Portfolio, customers_of, own_customers
from graph.record_list.filters import RecordFilter
from graph.record_list.kind import BY_LABEL, KIND_OF, RecordKind, Sort
from graph.record_list.past import rows_then
from graph.service import GraphStore, Row, taken
from graph.windows import Window, one_window, rows_of, windows

EVERYBODY = Portfolio()
_STATEMENTS_KEPT = 500
"""By order, cursor and window: more than callers use."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which records, of which accounts, and in which order; without keys as the kind first stands."""

    where: RecordFilter
    of: Portfolio = EVERYBODY
    sorts: tuple[Sort, ...] = ()
    details: bool = True
    """Whether lines tell what takes long to read: who raised a ticket and has it, a person's last contact."""

    @property
    def kind(self) -> RecordKind:
        """The kind that the filter is for."""
        return KIND_OF[type(self.where)]

    @property
    def order(self) -> KeyOrder:
        """By keys, then by id; raises UsageError."""
        return self.kind.order(self.sorts)

    def check_dated(self) -> None:
        """Raise OnlyToday where it is by anything that no past day has."""
        check_dated(accounts_by(self.of), DATED_ACCOUNTS)
        check_dated([*narrowed_by(self.where), *(one.by for one in self.sorts)], self.kind.dated)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Ids of records in order, each with its line and the cursor behind it, and whether more follow."""

    ids: tuple[str, ...]
    cursors: tuple[str, ...]
    more: bool
    rows: tuple[Row, ...]
    """The lines: `graph.record_list.listed` reads them."""


async def record_page(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None, first: int,
    after: str | None = None, all_rows: bool = False, as_of: datetime | None = None,
) -> RecordPage:  # fmt: skip
    """A page of the records as of a day, by default `now`; `after` is a cursor of a page.

    all_rows: who asks is known to see every row, so that the store need not be asked for their own. Raises
    UsageError (OnlyToday too, and AsOfAfterNow) or BadCursor.
    """
    moment = _moment(listing, now, as_of)
    limit = page_size(first, f"{listing.kind.label.lower()}s") + 1
    order = listing.order
    behind = order.behind(after)
    customer_ids = await _whose(store, listing, moment, viewer, all_rows=all_rows)
    asked = _Asked(store, listing, order, behind, _known(listing, customer_ids or [], moment, viewer))
    if customer_ids is None:
        start = None if after is None else order.values(after)[0]
        rows = await rows_of(_windows(asked, start, moment, limit), limit, partial(_within, asked))
    else:
        rows = await asked.rows(_rendered(asked, "record_list.of"), Behind(), limit)
    shown = rows[:first]
    if moment < now:
        shown = await rows_then(store, listing.kind, shown, moment)
    cursors = tuple(order.cursor(row["sorted_by"], row["id"]) for row in shown)
    return RecordPage(tuple(row["id"] for row in shown), cursors, len(rows) > first, tuple(shown))


async def count_records(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None, as_of: datetime | None = None
) -> tuple[int, bool]:
    """How many records answer, and whether that is exact: there may be more than COUNTED."""
    moment = _moment(listing, now, as_of)
    customer_ids = await customers_of(store, listing.of, moment=moment, viewer=viewer)
    condition = _condition(listing)
    kind = listing.kind
    query = template("record_list.count").render(label=kind.label, path=kind.path, condition=condition)
    query = query.taking(own_params(condition))
    known = _known(listing, customer_ids, moment, viewer) | {"limit": COUNTED + 1}
    (row,) = await store.read(query, **taken(query, known))
    return counted(row["records"])


def _moment(listing: Listing, now: datetime, as_of: datetime | None) -> datetime:
    """When it is read as of; raises AsOfAfterNow, and OnlyToday for what no past day has."""
    moment = reading_moment(as_of, now)
    if moment < now:
        listing.check_dated()
    return moment


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page that is asked for."""

    store: GraphStore
    listing: Listing
    order: KeyOrder
    behind: Behind
    known: dict[str, Any]

    async def rows(self, query: Query, narrowed: Window | Behind, limit: int) -> list[Row]:
        known = {**self.known, **self.behind.params, **narrowed.params, "limit": limit}
        return await self.store.read(query, **taken(query, known))


async def _whose(
    store: GraphStore, listing: Listing, moment: datetime, viewer: str | None, *, all_rows: bool
) -> list[str] | None:
    """The customers whose records are listed; None: everybody's, as far as the viewer may see them."""
    if listing.of.one is not None:
        return [listing.of.one]
    if not listing.of.everybody:
        return await customers_of(store, listing.of, moment=moment, viewer=viewer)
    return None if all_rows else await own_customers(store)


def _known(listing: Listing, customer_ids: list[str], moment: datetime, viewer: str | None) -> dict[str, Any]:
    """What statements may ask for; the team is looked up by whoever runs them."""
    return {
        **listing.where.params(moment),
        "customer_ids": customer_ids,
        "everyone": listing.of.everybody,
        "details": listing.details,
        "as_of": moment.isoformat(),
        "viewer": viewer or "",
    }


def _condition(listing: Listing) -> str:
    return _expanded(listing.kind.condition)


@cache
def _expanded(condition: str) -> str:
    return expand(condition)[0]


def _rendered(asked: _Asked, name: str, **slots: str) -> Query:
    behind = asked.behind
    query = _statement(name, asked.listing.kind.label, asked.order, behind.text, tuple(slots.items()))
    return query.taking(behind.params)


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _statement(
    name: str, label: str, order: KeyOrder, behind: str, slots: tuple[tuple[str, str], ...]
) -> Query:
    kind = BY_LABEL[label]
    condition, line = _expanded(kind.condition), fragment(kind.line)
    query = order.rendered(
        template(name), Behind(behind), path=kind.path, condition=condition, key=kind.key, line=line.text,
        names=order.names, **dict(slots),
    )  # fmt: skip
    verb = line.name.partition(".")[2]
    return replace(query, name=f"{name}[{verb}]").taking(own_params(condition) | line.params)


async def _within(asked: _Asked, window: Window, limit: int) -> list[Row]:
    query = _rendered(asked, "record_list.all", label=asked.listing.kind.label, window=window.text)
    return await asked.rows(query.taking(window.params), window, limit)


def _windows(asked: _Asked, start: Any, moment: datetime, limit: int) -> AsyncGenerator[Window, None]:
    """Those of the index where the order begins with it in its direction; else one of everything."""
    kind, key = asked.listing.kind, asked.order.keys[0]
    if key.word != kind.first.word or (key.descending and not kind.moments):
        return one_window()
    return windows(asked.store, kind, descending=key.descending, start=start, now=moment, size=2 * limit)
