"""What lists of tickets, orders and contacts do alike: the page, and its connection."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from graph.record_list.filters import RecordFilter
from graph.record_list.kind import Sort
from graph.record_list.read import Listing, RecordPage, count_records, record_page
from graphql_api.context import Context
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.page_info import Counted, connected

C = TypeVar("C")


async def asked_page(
    context: Context,
    where: RecordFilter,
    of: OfAccounts,
    sorts: tuple[Sort, ...],
    first: int,
    after: str | None,
    as_of: datetime | None,
    *,
    details: bool = True,
) -> tuple[Listing, RecordPage]:
    """What is listed, and the page as the viewer may see it; details: as of `Listing`.

    An account's id is tried as our own before it is looked up, as `Context.first_by` does. Raises NotFound,
    OnlyToday.
    """
    listing = Listing(where, await of.as_written(context), sorts, details)
    page = await _page(context, listing, first, after, as_of)
    if page.ids or of.account is None:
        return listing, page
    account = await context.resolve("Customer", of.account)
    if account == of.account:
        return listing, page
    listing = replace(listing, of=replace(listing.of, customer_id=account))
    return listing, await _page(context, listing, first, after, as_of)


async def _page(
    context: Context, listing: Listing, first: int, after: str | None, as_of: datetime | None
) -> RecordPage:
    return await record_page(
        context.store, listing, now=await context.now(), viewer=context.viewer, first=first, after=after,
        all_rows=context.rows.all, as_of=as_of,
    )  # fmt: skip


async def connected_records(
    context: Context, connection: Callable[..., C], edge: Callable[..., Any], listing: Listing,
    page: RecordPage, nodes: Mapping[str, Any], as_of: datetime | None,
) -> C:  # fmt: skip
    """The connection of a page; `nodes` are its lines by id. What went meanwhile is left out."""
    counted = partial(
        count_records, context.store, listing, now=await context.now(), viewer=context.viewer, as_of=as_of
    )
    rows = [(nodes[key], at) for key, at in zip(page.ids, page.cursors, strict=True) if key in nodes]
    return connected(
        connection, edge, [node for node, _ in rows], [at for _, at in rows],
        more=page.more, counted=Counted(counted),
    )  # fmt: skip
