"""Several customers: those that answer to a text, and keyset pages.

A page continues after the last key that was seen, whatever rows came or went meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.customer_filter import All, Comparison, Condition, read
from graph.customer_list import Listing, Sort, count_customers, customer_page
from graph.profile import pages, search
from graph.profile.read import ProfileRequest
from graphql_api.context import Context, Info
from graphql_api.execution.measure import costs
from graphql_api.features.customer import AccountMatch, Customer, customers_by_id
from graphql_api.features.customer_condition import CustomerCondition, CustomerSort, condition_of
from graphql_api.features.enums import Band
from graphql_api.features.field import resolved
from graphql_api.features.page_info import Counted, CountedConnection, connected
from graphql_api.features.selected import wanted


@strawberry.enum(description="By name, or by churn risk with the highest first and the unscored last.")
class CustomerOrder(Enum):
    """Values of `graph.profile.model.Order`."""

    NAME = "name"
    RISK = "risk"


@strawberry.input(
    description="Which customers; what is left out does not narrow. `matching` is a condition of any fields; "
    "the others are short for some."
)
class CustomerFilter:
    """`text` is a part of the name; `band` that of the newest churn score."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    band: Band | None = None
    owner: strawberry.ID | None = None
    team: str | None = None
    tag: str | None = None
    segment: str | None = None
    silent_days: int | None = None
    matching: CustomerCondition | None = None


@strawberry.type(description="A customer in its place of the list.")
class CustomerEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: Customer


@strawberry.type(description="A page of customers; `totalCount` reads them all, so ask for it once.")
class CustomerConnection(CountedConnection):
    """Customers in a fixed order, counted up to 10,000."""

    edges: list[CustomerEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[Customer] = strawberry.field(metadata=costs(many=1))


@resolved(weight=3)
async def accounts(info: Info, match: str, first: int = 10) -> list[AccountMatch] | None:
    """All customers that fit, best first."""
    request = await wanted(info, None, "customer")
    found = await search.match(
        info.context.store, text=match, as_of=request.moment, first=first, finder=info.context.finder
    )
    return await AccountMatch.all_of(info.context, found, request)


@resolved(weight=10, name="customers")
async def customers_page(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: CustomerFilter | None = None,
    order: CustomerOrder = CustomerOrder.NAME,
    order_by: list[CustomerSort] | None = None,
    as_of: datetime | None = None,
) -> CustomerConnection | None:
    """A page of customers by `order`, or by the keys of `orderBy`."""
    context, chosen = info.context, where or CustomerFilter()
    condition = await _condition(context, chosen)
    request = await wanted_of_nodes(info, as_of)
    if not request.past and order_by is None and context.rows.all and not _beyond_names(chosen):
        page = await _by_index(context, chosen, order, first, after, request)
    else:
        if chosen.text is not None:
            condition = All((condition, Comparison("name", "contains", (chosen.text,))))
        page = await _by_keys(context, Listing(condition, _sorts(order, order_by)), first, after, request)
    counted = Counted(partial(_counted, context, condition, chosen.text, request))
    made = connected(
        CustomerConnection, CustomerEdge, page.customers, page.cursors, more=page.more, counted=counted
    )
    made.page_info.end_cursor = made.page_info.end_cursor if page.more else None
    return made


@dataclass(frozen=True, slots=True)
class _Page:
    """Customers in order, the cursor behind each, and whether more follow."""

    customers: Sequence[Customer]
    cursors: Sequence[str]
    more: bool


async def _by_index(
    context: Context,
    chosen: CustomerFilter,
    order: CustomerOrder,
    first: int,
    after: str | None,
    request: ProfileRequest,
) -> _Page:
    """By the windows of an index, which are quick however many customers there are."""
    where = pages.PageFilter(chosen.industry, chosen.region, chosen.text, _band(chosen))
    page = await pages.page(
        context.store, request=request, first=first, after=after, where=where, order=order.value,
        bounds=context.bounds,
    )  # fmt: skip
    return _Page([Customer.of(one, request) for one in page.lines], page.cursors, page.more)


async def _by_keys(
    context: Context, listing: Listing, first: int, after: str | None, request: ProfileRequest
) -> _Page:
    """By any condition and keys; a customer that went meanwhile is left out."""
    page = await customer_page(
        context.store, listing, now=request.now, viewer=context.viewer, first=first, after=after,
        all_rows=context.rows.all, as_of=request.as_of,
    )  # fmt: skip
    found = await customers_by_id(context, page.customer_ids, request)
    rows = [row for row in zip(page.customer_ids, page.cursors, strict=True) if row[0] in found]
    return _Page([found[key] for key, _ in rows], [at for _, at in rows], page.more)


def _band(chosen: CustomerFilter) -> str | None:
    return None if chosen.band is None else chosen.band.value


def _beyond_names(chosen: CustomerFilter) -> bool:
    """Whether anything is asked that the indexes over names and scores do not know."""
    asked = (chosen.owner, chosen.team, chosen.tag, chosen.segment, chosen.silent_days, chosen.matching)
    return any(one is not None for one in asked)


def _sorts(order: CustomerOrder, order_by: list[CustomerSort] | None) -> tuple[Sort, ...]:
    if order_by is not None:
        return tuple(one.sort() for one in order_by)
    return (Sort("name"),) if order is CustomerOrder.NAME else (Sort("risk", descending=True),)


async def _condition(context: Context, chosen: CustomerFilter) -> Condition:
    """All that the filter asks but the part of a name. Raises FilterRefused, NotFound, UsageError."""
    owner = None if chosen.owner is None else await context.resolve("Employee", chosen.owner)
    named = (
        ("industry", chosen.industry), ("region", chosen.region), ("churn_band", _band(chosen)),
        ("owner", owner), ("team", chosen.team), ("tag", chosen.tag), ("segment", chosen.segment),
    )  # fmt: skip
    parts: list[Condition] = [Comparison(field, "is", (word,)) for field, word in named if word is not None]
    if chosen.silent_days is not None:
        parts.append(read({"silent_days": {"at_least": chosen.silent_days}}))
    if chosen.matching is not None:
        parts.append(await condition_of(context, chosen.matching))
    return All(tuple(parts))


async def _counted(
    context: Context, condition: Condition, text: str | None, request: ProfileRequest
) -> tuple[int, bool]:
    """How many; parts of names are compared otherwise here than by the index: that count is not exact."""
    named: tuple[Condition, ...] = () if text is None else (Comparison("name", "contains", (text,)),)
    listing = Listing(All((condition, *named)))
    count, exact = await count_customers(
        context.store, listing, now=request.now, viewer=context.viewer, as_of=request.as_of
    )
    return count, exact and text is None


async def wanted_of_nodes(info: Info, as_of: datetime | None) -> ProfileRequest:
    """The parts that the document selects of the customers, as nodes or at edges."""
    nodes, edges = await wanted(info, as_of, "nodes"), await wanted(info, as_of, "edges", "node")
    return replace(
        nodes,
        parts=nodes.parts | edges.parts,
        details=nodes.details | edges.details,
        contacts=max(nodes.contacts, edges.contacts),
        suggestions=max(nodes.suggestions, edges.suggestions),
    )
