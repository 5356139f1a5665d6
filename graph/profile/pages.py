"""Pages of customers by keyset: a cursor names the last line seen, so pages neither skip nor repeat."""

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from graph.errors import UsageError
from graph.keyset import BadCursor, cursor, key_after, page_size
from graph.order_windows import scored
from graph.profile.model import Listed, Order, Page
from graph.score_view.model import Band
from graph.search_key import part_of_name
from graph.service import GraphStore, Row

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


async def page(
    store: GraphStore,
    *,
    first: int,
    now: datetime,
    after: str | None = None,
    where: PageFilter = EVERYBODY,
    order: Order = "name",
    scored: bool = True,
) -> Page:
    """One page of customers by name, or by churn risk: by each one's newest score up to `now`, unscored last.

    scored: whether lines tell the risk; those of a page by risk always do.
    first: 1…1000 lines, and a band of BANDS, else UsageError; raises BadCursor.
    """
    page_size(first, "customers")
    if where.band is not None and where.band not in BANDS:
        raise UsageError(f"there is no band {where.band[:40]!r}; bands are {', '.join(BANDS)}")
    key, customer_id = _after(after, order)
    narrowed = {
        "industry": where.industry,
        "region": where.region,
        "text": part_of_name(where.text) if where.text and where.text.strip() else None,
        "now": now.isoformat(),
    }
    if order == "name":
        rows = await _by_name(store, key, customer_id, narrowed, where.band, first + 1, scored=scored)
    else:
        rows = await _by_risk(store, key, customer_id, narrowed, where.band, first + 1)
    lines = tuple(_line(row) for row in rows[:first])
    return Page(lines, after_line(lines[-1], order) if len(rows) > first else None)


async def _by_name(
    store: GraphStore, name: str, customer_id: str, narrowed: Params, band: str | None, limit: int,
    *, scored: bool,
) -> list[Row]:  # fmt: skip
    """Rows after this name and id, window by window: a window is read from the index and sorted by itself.

    Where few customers of a window answer to the filter, the next one is larger.
    """
    rows: list[Row] = []
    after_id: str | None = customer_id
    size = 2 * limit
    while True:
        (window,) = await store.read("page.name_window", after_name=name, size=size)
        if not window["customers"]:
            return rows
        start, left = {"after_name": name, "after_id": after_id}, limit - len(rows)
        until = window["until"]
        (found,) = await store.read(
            "page.by_name", **start, until=until, **narrowed, band=band, scored=scored, limit=left
        )
        rows += found["lines"]
        if len(rows) == limit or window["customers"] < size:
            return rows
        name, after_id, size = until, None, 4 * size


async def _by_risk(
    store: GraphStore,
    probability: float | None,
    customer_id: str,
    narrowed: Params,
    band: str | None,
    limit: int,
) -> list[Row]:
    """Rows after this probability; None continues among the unscored, who are in no band."""
    rows: list[Row] = []
    if probability is not None:
        rows = await _scored(store, probability, customer_id, narrowed, band, limit)
        customer_id = ""
    if band is not None or len(rows) == limit:
        return rows
    left = limit - len(rows)
    return rows + await store.read("page.unscored", after_id=customer_id, **narrowed, limit=left)


async def _scored(
    store: GraphStore,
    probability: float,
    customer_id: str,
    narrowed: Params,
    band: str | None,
    limit: int,
) -> list[Row]:
    """Rows of scored customers after this probability and id, as the index has them."""
    rows: list[Row] = []
    async with aclosing(scored(store, probability, str(narrowed["now"]), limit + 1)) as along:
        async for _, ids in along:
            left = limit - len(rows)
            rows += await store.read(
                "page.by_risk", customer_ids=ids, after_probability=probability, after_id=customer_id,
                **narrowed, band=band, limit=left,
            )  # fmt: skip
            if len(rows) == limit:
                break
    return rows


def _line(row: Row) -> Listed:
    risk = row["risk"][0] if row["risk"] else {"probability": None, "band": None}
    return Listed(**row["customer"], probability=risk["probability"], band=risk["band"])


def after_line(line: Listed, order: Order) -> str:
    """The cursor that continues after this line."""
    return cursor(order, line.name if order == "name" else line.probability, line.customer_id)


def _after(given: str | None, order: Order) -> list[Any]:
    if given is None:
        return _START[order]
    match key_after(given, order):
        case [key, str() as customer_id] if isinstance(key, _KEY[order]):
            return [key, customer_id]
        case [None, str() as customer_id] if order == "risk":
            return [None, customer_id]
    raise BadCursor
