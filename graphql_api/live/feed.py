"""Follows the change log for all listeners of this process.

Whoever writes, in this process or another, leaves a `Change`; they are asked for every second. A listener
is told *that* something happened that may concern it, and reads for itself: nothing queues up for one that
is slow.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from graph.feed.log import LATE, Changed, changes_since, position
from graph.feed.views import RunStanding, Watched, watched_runs
from graph.service import GraphStore
from graph.store import StoreError

log = logging.getLogger("graphql_api")

Concerns = Callable[[Changed], bool]
"""Whether a change may alter what a listener watches."""


class Listener:
    """Waits for what concerns it."""

    def __init__(self, concerns: Concerns | None) -> None:
        self.concerns = concerns
        """None: every look at the log, whatever it finds."""
        self.told = asyncio.Event()


class Feed:
    """Looks every `pause_s` seconds while somebody listens; `doubt` is called before a change is told."""

    def __init__(
        self,
        store: GraphStore,
        clock: Callable[[], datetime],
        doubt: Callable[[], None],
        pause_s: float = 1.0,
    ) -> None:
        self._store = store
        self._clock = clock
        self._doubt = doubt
        self._pause_s = pause_s
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._seen: dict[str, datetime] = {}
        self._runs: asyncio.Task[Watched[RunStanding]] | None = None

    @property
    def position(self) -> str:
        """A cursor behind which nothing is missed."""
        return position(self._clock() - LATE)

    @contextmanager
    def listening(self, concerns: Concerns | None) -> Iterator[Listener]:
        """A listener, told from now on."""
        listener = Listener(concerns)
        self._listeners.add(listener)
        if self._looking is None or self._looking.done():
            self._runs = None
            self._looking = asyncio.create_task(self._look())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def runs(self) -> Watched[RunStanding]:
        """The newest loads and rounds of work, read once between two looks for all who ask."""
        if self._runs is None:
            self._runs = asyncio.create_task(watched_runs(self._store))
        return await asyncio.shield(self._runs)  # one that leaves does not end it for the others

    async def stop(self) -> None:
        """End the looking."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _look(self) -> None:
        self._seen.clear()
        while self._listeners:
            try:
                fresh = await self._fresh()
                if fresh:
                    self._doubt()
                self._tell(fresh)
            except StoreError as error:
                log.warning("the change log cannot be read: %s", error)
            await asyncio.sleep(self._pause_s)

    async def _fresh(self) -> list[Changed]:
        """Changes not seen before; those dated a little earlier may only now have become visible."""
        since = self._clock() - 2 * LATE
        found = await changes_since(self._store, since)
        fresh = [one for one in found if self._seen.get(one.change_id) != one.at]
        self._seen = {one.change_id: one.at for one in found}
        return fresh

    def _tell(self, fresh: list[Changed]) -> None:
        self._runs = None
        for listener in self._listeners:
            if listener.concerns is None or any(map(listener.concerns, fresh)):
                listener.told.set()
