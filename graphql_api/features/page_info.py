"""Where a page ends, and how many there are: what Relay connections share."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import strawberry

from graphql_api.features.field import resolved

C = TypeVar("C")


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """`endCursor` goes into `after` of the next request; it is null on the last page of customers and of
    what happened. Pages are read forward alone: `hasPreviousPage` is false."""

    has_next_page: bool
    end_cursor: str | None
    has_previous_page: bool = False
    start_cursor: str | None = None


class Counted:
    """How many a list holds, and whether that is exact; counted once, and only where a field asks."""

    def __init__(self, count: Callable[[], Awaitable[tuple[int, bool]]]) -> None:
        self._count = count
        self._one_at_a_time = asyncio.Lock()
        self._found: tuple[int, bool] | None = None

    async def found(self) -> tuple[int, bool]:
        """The count."""
        async with self._one_at_a_time:
            if self._found is None:
                self._found = await self._count()
            return self._found


@strawberry.type
class CountedConnection:
    """What every connection of a counted list has beside its edges and nodes."""

    counted: strawberry.Private[Counted]
    page_info: PageInfo

    @resolved(weight=5)
    async def total_count(self) -> int | None:
        """How many there are; at least so many where `totalCountExact` is false."""
        return (await self.counted.found())[0]

    @resolved(weight=5)
    async def total_count_exact(self) -> bool | None:
        """Whether `totalCount` is exact."""
        return (await self.counted.found())[1]


def connected(
    connection: Callable[..., C], edge: Callable[..., Any], nodes: Sequence[Any], cursors: Sequence[str],
    *, more: bool, counted: Counted,
) -> C:  # fmt: skip
    """The connection of a page: its nodes, each with its cursor, and whether more follow."""
    return connection(
        counted=counted,
        edges=[edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
        nodes=list(nodes),
        page_info=PageInfo(
            has_next_page=more,
            end_cursor=cursors[-1] if cursors else None,
            start_cursor=cursors[0] if cursors else None,
        ),
    )
