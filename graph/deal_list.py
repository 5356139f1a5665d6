"""Lists of deals by a filter, in keyset pages by the day when they are to close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from graph.clock import reading_moment
from graph.deal import as_known
from graph.errors import UsageError
from graph.keyset import COUNTED, BadCursor, counted, cursor, key_after, moment_in, page_size
from graph.model import Employee, Opportunity
from graph.past_list import (
    DATED_ACCOUNTS,
    accounts_by,
    check_dated,
    firms_then,
    narrowed_by,
    nested_then,
    own_then,
)
from graph.portfolio import Portfolio, customers_of
from graph.profile.model import Owner
from graph.profile.pages import BANDS
from graph.service import GraphStore, Row

_ORDER = "deal"
_FIRST, _UNDATED = "1000-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"
EVERYBODY = Portfolio()
DATED = frozenset({"only_open", "band", "silent_days"})
"""What of a filter has days of its own, so that a past day has it, too."""


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals; what is None narrows nothing. Raises UsageError for what cannot be."""

    of: Portfolio = EVERYBODY
    """The accounts."""
    only_open: bool = True
    stages: tuple[str, ...] = ()
    currency: str | None = None
    amount_from: float | None = None
    """In `currency`, which must be given, for amounts of two currencies are not compared."""
    amount_until: float | None = None
    closes_from: datetime | None = None
    """The day when it is to close, from and before."""
    closes_until: datetime | None = None
    band: str | None = None
    """Of the account's churn score that stands."""
    silent_days: int | None = None
    """No interaction about the deal, with the account, or with those who work there, for so many days."""

    def __post_init__(self) -> None:
        if self.currency is None and (self.amount_from is not None or self.amount_until is not None):
            raise UsageError("say the currency of the amounts; those of two currencies are not compared")
        if self.band is not None and self.band not in BANDS:
            raise UsageError(f"there is no band {self.band[:40]!r}; bands are {', '.join(BANDS)}")
        if self.silent_days is not None and not 1 <= self.silent_days <= 10_000:
            raise UsageError(f"silence is counted in 1 to 10000 days, not {self.silent_days}")


@dataclass(frozen=True, slots=True)
class ListedDeal:
    """A deal with its account and its owner."""

    opportunity_id: str
    name: str | None
    stage: str | None
    amount: float | None
    currency: str | None
    opened_at: datetime | None
    expected_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    customer_id: str
    customer_name: str
    owner: Owner | None


@dataclass(frozen=True, slots=True)
class DealPage:
    """Deals by the day when they are to close, the undated last, and whether more follow.

    cursors: behind each deal.
    """

    deals: tuple[ListedDeal, ...]
    cursors: tuple[str, ...]
    more: bool


async def deal_page(
    store: GraphStore, where: DealFilter, *, now: datetime, viewer: str | None, first: int,
    after: str | None = None, as_of: datetime | None = None,
) -> DealPage:  # fmt: skip
    """A page of the deals as of a day, by default `now`; `after` is a cursor of a page.

    A past day's stand in the places of today. Raises UsageError (OnlyToday and AsOfAfterNow too), BadCursor.
    """
    moment = _moment(where, now, as_of)
    limit = page_size(first, "deals") + 1
    asked = await _asked(store, where, moment, viewer)
    rows = await store.read("deal.page", **asked, **_after(after), limit=limit)
    cursors = tuple(_cursor(row["deal"]) for row in rows[:first])
    shown = rows[:first] if moment == now else await _then(store, rows[:first], moment)
    return DealPage(tuple(_deal(row) for row in shown), cursors, len(rows) > first)


async def count_deals(
    store: GraphStore, where: DealFilter, *, now: datetime, viewer: str | None, as_of: datetime | None = None
) -> tuple[int, bool]:
    """How many deals answer to the filter, and whether that is exact: there may be more than COUNTED."""
    asked = await _asked(store, where, _moment(where, now, as_of), viewer)
    (row,) = await store.read("deal.count", **asked, limit=COUNTED + 1)
    return counted(row["deals"])


def _moment(where: DealFilter, now: datetime, as_of: datetime | None) -> datetime:
    """When the list is read as of; raises AsOfAfterNow, and OnlyToday for what no past day has."""
    moment = reading_moment(as_of, now)
    if moment < now:
        check_dated(accounts_by(where.of), DATED_ACCOUNTS)
        check_dated(narrowed_by(where), DATED)
    return moment


def _cursor(deal: Row) -> str:
    """What continues after this deal."""
    at = deal["expected_at"].isoformat() if deal["expected_at"] else _UNDATED
    return cursor(_ORDER, at, deal["opportunity_id"])


async def _then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the deals, their customers and their owners as they stood then."""
    deals = await own_then(store, Opportunity, [row["deal"] for row in rows], moment)
    then = [row | {"deal": as_known(deal, moment)} for row, deal in zip(rows, deals, strict=True)]
    owned = await nested_then(then, "owners", partial(own_then, store, Employee, moment=moment))
    return await firms_then(store, owned, moment)


async def _asked(
    store: GraphStore, where: DealFilter, moment: datetime, viewer: str | None
) -> dict[str, Any]:
    silent = None if where.silent_days is None else moment - timedelta(days=where.silent_days)
    return {
        "customer_ids": await customers_of(store, where.of, moment=moment, viewer=viewer),
        "everyone": where.of.everybody,
        "as_of": moment.isoformat(),
        "viewer": viewer or "",
        "only_open": where.only_open,
        "stages": list(where.stages),
        "currency": where.currency,
        "amount_from": where.amount_from,
        "amount_until": where.amount_until,
        "closes_from": _iso(where.closes_from),
        "closes_until": _iso(where.closes_until),
        "band": where.band,
        "silent_since": _iso(silent),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _after(given: str | None) -> dict[str, str]:
    if given is None:
        return {"after_at": _FIRST, "after_id": ""}
    match key_after(given, _ORDER):
        case [str() as at, str() as opportunity_id]:
            return {"after_at": moment_in(at).isoformat(), "after_id": opportunity_id}
    raise BadCursor


def _deal(row: Row) -> ListedDeal:
    owner = next(iter(row["owners"]), None)
    return ListedDeal(
        **row["deal"],
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        owner=Owner(**owner) if owner else None,
    )
