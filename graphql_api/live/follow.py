"""From a view that is read again to the events of a subscription: what came, changed or went."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.feed.log import PAGE, changes_since, moment_of
from graph.store import StoreError
from graphql_api.live.feed import Concerns, Feed, Listener
from graphql_api.live.socket import Session

T = TypeVar("T")
CHECK_EVERY_S = 10.0
"""How long a subscription may stay open whose token has ended while nothing happens."""


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """cursor: resumes behind this event. whole: it holds all there is, for a client that missed some."""

    cursor: str
    whole: bool
    came: dict[str, T]
    changed: dict[str, T]
    gone: tuple[str, ...]


async def follow(
    session: Session,
    concerns: Concerns | None,
    read: Callable[[], Awaitable[Mapping[str, T]]],
    after: str | None,
    same: Callable[[T, T], bool] = lambda one, other: one == other,
) -> AsyncIterator[Difference[T]]:
    """Differences as they come about. Raises BadCursor, Unauthenticated once the token is revoked.

    With a cursor that something of concern has followed, the first event holds all there is.
    """
    feed: Feed = session.feed
    missed = after is not None and await _missed(session, concerns, after)
    with feed.listening(concerns) as listener:
        cursor, before = feed.position, await read()
        if missed:
            yield Difference(cursor, True, dict(before), {}, ())
        while True:
            await _told(session, listener)
            listener.told.clear()
            await session.check()
            cursor, now = feed.position, await read()
            found = _difference(cursor, before, now, same)
            before = now
            if found.came or found.changed or found.gone:
                yield found


async def _told(session: Session, listener: Listener) -> None:
    """Wait until the listener is told; raises Unauthenticated where the token ends meanwhile."""
    while not listener.told.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(CHECK_EVERY_S):
                await listener.told.wait()
        if not listener.told.is_set():
            with suppress(StoreError):  # an engine that is gone says so at the next event
                await session.check()


async def _missed(session: Session, concerns: Concerns | None, after: str) -> bool:
    since = moment_of(after)
    if concerns is None:
        return True
    found = await changes_since(session.store, since)
    return len(found) == PAGE or any(map(concerns, found))


def _difference(
    cursor: str, before: Mapping[str, T], now: Mapping[str, T], same: Callable[[T, T], bool]
) -> Difference[T]:
    return Difference(
        cursor=cursor,
        whole=False,
        came={key: one for key, one in now.items() if key not in before},
        changed={key: one for key, one in now.items() if key in before and not same(before[key], one)},
        gone=tuple(sorted(before.keys() - now.keys())),
    )
