"""Pages of customers by keyset: a cursor names the last line seen, so pages neither skip nor repeat."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.errors import UsageError
from graph.profile.model import Listed, Order, Page
from graph.search_key import part_of_name
from graph.service import GraphStore, Row

LARGEST = 1000
_START: dict[Order, list[Any]] = {"name": ["", ""], "risk": [2.0, ""]}
_KEY: dict[Order, type] = {"name": str, "risk": float}


class BadCursor(UsageError):
    """The cursor was not given out by this listing."""

    def __init__(self) -> None:
        super().__init__("the cursor does not belong to this listing; start again without one")


@dataclass(frozen=True, slots=True)
class PageFilter:
    """Which customers a page lists; a field that is None filters nothing."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    """Part of the name or short name, in any case."""
    band: str | None = None
    """Of the newest churn score."""


EVERYBODY = PageFilter()


async def page(
    store: GraphStore,
    *,
    first: int,
    now: datetime,
    after: str | None = None,
    where: PageFilter = EVERYBODY,
    order: Order = "name",
) -> Page:
    """One page of customers by name, or by churn risk (of the newest scoring up to `now`, highest first).

    first: 1…1000 lines, else UsageError; raises BadCursor.
    """
    if not 1 <= first <= LARGEST:
        raise UsageError(f"a page holds 1 to {LARGEST} customers, not {first}")
    key, customer_id = _after(after, order)
    part = part_of_name(where.text) if where.text and where.text.strip() else None
    start = {"after_name" if order == "name" else "after_probability": key, "after_id": customer_id}
    rows = await store.read(
        f"page.by_{order}",
        **start,
        industry=where.industry,
        region=where.region,
        text=part,
        band=where.band,
        now=now.isoformat(),
        limit=first + 1,
    )
    lines = tuple(_line(row) for row in rows[:first])
    return Page(lines, _cursor(lines[-1], order) if len(rows) > first else None)


def _line(row: Row) -> Listed:
    risk = row["risk"][0] if row["risk"] else {"probability": None, "band": None}
    return Listed(**row["customer"], probability=risk["probability"], band=risk["band"])


def _cursor(line: Listed, order: Order) -> str:
    key = line.name if order == "name" else line.probability
    return urlsafe_b64encode(orjson.dumps([order, key, line.customer_id])).decode()


def _after(cursor: str | None, order: Order) -> list[Any]:
    if cursor is None:
        return _START[order]
    try:
        parts = orjson.loads(urlsafe_b64decode(cursor.encode()))
    except ValueError as error:
        raise BadCursor from error
    match parts:
        case [kind, key, str() as customer_id] if kind == order and isinstance(key, _KEY[order]):
            return [key, customer_id]
    raise BadCursor
