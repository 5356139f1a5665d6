"""Reading a page of customers by a condition, and counting them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import Query, template
from cypher.macros import expand
from graph.customer_filter import All, Condition
from graph.customer_filter.in_cypher import Asked, in_cypher
from graph.customer_list.sort import Sort, SortBy, after, checked
from graph.keyset import BadCursor, cursor, key_after, page_size
from graph.service import GraphStore

COUNTED = 10_000
"""Up to so many customers are counted."""
EVERYBODY = All(())

__all__ = ["CustomerPage", "Listing", "Sort", "SortBy", "count_customers", "customer_page"]


@dataclass(frozen=True, slots=True)
class Listing:
    """Which customers, and in which order: by keys, then by id. Raises UsageError for no order."""

    where: Condition = EVERYBODY
    order: tuple[Sort, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", checked(self.order))

    @property
    def name(self) -> str:
        """Of its order, for cursors."""
        return "customer:" + ",".join(sort.word for sort in self.order)


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Ids of customers in order, each with the cursor behind it, and whether more follow."""

    customer_ids: tuple[str, ...]
    cursors: tuple[str, ...]
    more: bool


async def customer_page(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None, first: int,
    after: str | None = None,
) -> CustomerPage:  # fmt: skip
    """A page of the customers of today; `after` is a cursor of a page. Raises UsageError or BadCursor."""
    limit = page_size(first, "customers") + 1
    asked = in_cypher(listing.where, now)
    behind, keys = _behind(listing, after)
    query = _page(asked, listing, behind)
    given = _params(query, asked, asked.params | keys, listing, now, viewer)
    rows = await store.read(query, **given, limit=limit)
    shown = rows[:first]
    cursors = tuple(cursor(listing.name, *row["sorted_by"], row["customer_id"]) for row in shown)
    return CustomerPage(tuple(row["customer_id"] for row in shown), cursors, len(rows) > first)


async def count_customers(
    store: GraphStore, listing: Listing, *, now: datetime, viewer: str | None
) -> tuple[int, bool]:
    """How many customers answer, and whether that is exact: there may be more than COUNTED."""
    asked = in_cypher(listing.where, now)
    query = _taking(template("customer_list.count").render(condition=asked.text), {*asked.params})
    given = _params(query, asked, asked.params, listing, now, viewer)
    (row,) = await store.read(query, **given, limit=COUNTED + 1)
    return min(row["customers"], COUNTED), row["customers"] <= COUNTED


def _page(asked: Asked, listing: Listing, behind: str) -> Query:
    names = [f"k{place}" for place in range(len(listing.order))]
    sorts = list(zip(names, listing.order, strict=True))
    keys, more = expand(", ".join(f"{sort.expression} AS {name}" for name, sort in sorts))
    order = ", ".join(f"{name} DESC" if sort.descending else name for name, sort in sorts)
    query = template("customer_list.page").render(
        condition=asked.text, keys=keys, after=behind, shown=f"[{', '.join(names)}]", order=order
    )
    currency = {"currency"} if "$currency" in keys else set()
    return _taking(query, {*asked.params, *more, *currency, *_named(behind)})


def _taking(query: Query, params: set[str]) -> Query:
    """The query with the parameters that its parts bring."""
    return Query(query.name, query.text, query.params | params, query.access, query.sees)


def _named(behind: str) -> set[str]:
    return {word.strip("$()") for word in behind.split() if word.startswith("$")}


def _params(
    query: Query, asked: Asked, given: dict[str, Any], listing: Listing, now: datetime, viewer: str | None
) -> dict[str, Any]:
    """What the query takes; the team is looked up by whoever runs it."""
    currency = next((sort.currency for sort in listing.order if sort.currency), None)
    known = {
        "as_of": now.isoformat(),
        "viewer": viewer or "",
        "currency": currency,
        "lists": list(asked.lists),
    }
    return given | {name: value for name, value in known.items() if name in query.params}


def _behind(listing: Listing, given: str | None) -> tuple[str, dict[str, Any]]:
    """What follows the cursor, as text, and the values of its parameters."""
    if given is None:
        return "true", {}
    keys = key_after(given, listing.name)
    if len(keys) != len(listing.order) + 1 or not isinstance(keys[-1], str):
        raise BadCursor
    for sort, key in zip(listing.order, keys, strict=False):
        if not isinstance(key, str if sort.by == "name" else int | float) or isinstance(key, bool):
            raise BadCursor
    names = [f"a{place}" for place in range(len(keys))]
    text = after(listing.order, [f"${name}" for name in names[:-1]], f"${names[-1]}")
    return text, dict(zip(names, keys, strict=True))
