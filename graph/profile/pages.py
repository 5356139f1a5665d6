"""Pages of customers by keyset: a cursor names the last line seen, so pages neither skip nor repeat."""

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, get_args

from graph.errors import UsageError
from graph.keyset import BadCursor, cursor, key_after, page_size
from graph.order_windows import scored
from graph.profile.model import Order
from graph.profile.read import (
    Profile,
    ProfileRequest,
    parts_params,
    profiles,
    profiles_of,
    statement_with_parts,
)
from graph.score_view.model import Band
from graph.search_key import part_of_name
from graph.service import GraphStore, Row, taken

Params = Mapping[str, str | None]
_START: dict[Order, list[Any]] = {"name": ["", ""], "risk": [2.0, ""]}
_KEY: dict[Order, type] = {"name": str, "risk": float}
BANDS: tuple[str, ...] = get_args(Band)


@dataclass(frozen=True, slots=True)
class PageFilter:
    """Which customers a page lists; a field that is None filters nothing."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    """Part of the name or short name, in any case."""
    band: str | None = None
    """Of the newest churn score: one of BANDS."""


EVERYBODY = PageFilter()


class Bounds:
    """Names up to which so many customers once followed another name, kept from page to page.

    A bound says how far the index is read, and nothing of what is found: whatever came or went meanwhile, a
    page that finds too few within it goes on behind it. Where fewer followed than asked for, none is kept.
    """

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, int], str] = OrderedDict()

    async def until(self, store: GraphStore, name: str, size: int) -> tuple[str | None, bool]:
        """The name up to which at least `size` customers follow, and that more may; None: none follows."""
        key = (name, size)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key], True
        (window,) = await store.read("page.name_window", after_name=name, size=size)
        until: str | None = window["until"]
        full = window["customers"] >= size
        if full and until is not None:
            self._kept[key] = until
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return until, full


@dataclass(frozen=True, slots=True)
class Page:
    """One keyset page: customers in order, the cursor behind each, and whether more follow."""

    lines: tuple[Profile, ...]
    cursors: tuple[str, ...]
    more: bool

    @property
    def cursor(self) -> str | None:
        """What continues behind the last line; None at the end."""
        return self.cursors[-1] if self.more else None


async def page(
    store: GraphStore,
    *,
    request: ProfileRequest,
    first: int,
    after: str | None = None,
    where: PageFilter = EVERYBODY,
    order: Order = "name",
    bounds: Bounds | None = None,
) -> Page:
    """One page of customers with parts, of today, by name or by churn risk.

    By risk: by each one's newest score, the unscored last.

    first: 1…1000 lines, and a band of BANDS, else UsageError; raises BadCursor. bounds: those kept of other
    pages of the same graph.
    """
    page_size(first, "customers")
    if where.band is not None and where.band not in BANDS:
        raise UsageError(f"there is no band {where.band[:40]!r}; bands are {', '.join(BANDS)}")
    key, customer_id = _after(after, order)
    narrowed = {
        "industry": where.industry,
        "region": where.region,
        "text": part_of_name(where.text) if where.text and where.text.strip() else None,
        "band": where.band,
    }
    if order == "name":
        rows = await _by_name(store, key, customer_id, narrowed, request, first + 1, bounds or Bounds())
        lines = profiles_of(rows[:first], request)
        cursors = [cursor(order, row["name"], row["customer_id"]) for row in rows[:first]]
        return Page(tuple(lines), tuple(cursors), len(rows) > first)
    now = request.now.isoformat()
    rows = await _by_risk(store, key, customer_id, {**narrowed, "now": now}, first + 1)
    ids = [row["customer_id"] for row in rows[:first]]
    found = await profiles(store, customer_ids=ids, request=request) if ids else {}
    shown = [row for row in rows[:first] if row["customer_id"] in found]
    return Page(
        tuple(found[row["customer_id"]] for row in shown),
        tuple(cursor(order, row["probability"], row["customer_id"]) for row in shown),
        len(rows) > first,
    )


async def _by_name(
    store: GraphStore,
    name: str,
    customer_id: str,
    narrowed: Params,
    request: ProfileRequest,
    limit: int,
    bounds: Bounds,
) -> list[Row]:
    """Rows after this name and id, window by window: a window is read from the index and sorted by itself.

    Where few customers of a window answer to the filter, the next one is larger.
    """
    statement, parts = statement_with_parts("page.by_name", request), parts_params(request)
    rows: list[Row] = []
    after_id: str | None = customer_id
    size = 2 * limit
    while True:
        until, full = await bounds.until(store, name, size)
        if until is None:
            return rows
        place = {"after_name": name, "after_id": after_id, "until": until, "lines": limit - len(rows)}
        (found,) = await store.read(statement, **taken(statement, {**narrowed, **parts, **place}))
        rows += found["customers"]
        if len(rows) == limit or not full:
            return rows
        name, after_id, size = until, None, 4 * size


async def _by_risk(
    store: GraphStore,
    probability: float | None,
    customer_id: str,
    narrowed: Params,
    limit: int,
) -> list[Row]:
    """Rows after this probability; None continues among the unscored, who are in no band."""
    rows: list[Row] = []
    if probability is not None:
        rows = await _scored(store, probability, customer_id, narrowed, limit)
        customer_id = ""
    if narrowed["band"] is not None or len(rows) == limit:
        return rows
    anybody = {name: value for name, value in narrowed.items() if name != "band"}
    left = limit - len(rows)
    return rows + await store.read("page.unscored", after_id=customer_id, **anybody, limit=left)


async def _scored(
    store: GraphStore,
    probability: float,
    customer_id: str,
    narrowed: Params,
    limit: int,
) -> list[Row]:
    """Rows of scored customers after this probability and id, as the index has them."""
    rows: list[Row] = []
    async with aclosing(scored(store, probability, str(narrowed["now"]), limit + 1)) as along:
        async for _, ids in along:
            left = limit - len(rows)
            rows += await store.read(
                "page.by_risk", customer_ids=ids, after_probability=probability, after_id=customer_id,
                **narrowed, limit=left,
            )  # fmt: skip
            if len(rows) == limit:
                break
    return rows


def _after(given: str | None, order: Order) -> list[Any]:
    if given is None:
        return _START[order]
    match key_after(given, order):
        case [key, str() as customer_id] if isinstance(key, _KEY[order]):
            return [key, customer_id]
        case [None, str() as customer_id] if order == "risk":
            return [None, customer_id]
    raise BadCursor
