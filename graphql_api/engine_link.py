"""The API's hold on the engine: the API is up at once, the engine when it is ready.

A connection that is lost later is the store's own matter: it finds a restarted engine by itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from graph.store import AsyncStore, EngineUnavailable, StoreError, Written
from graph.store.metrics import QueryCount

Connect = Callable[[], Awaitable[AsyncStore]]

log = logging.getLogger("graphql_api")


class EngineLink:
    """Runs named queries on the connected store; raises EngineUnavailable at once while there is none."""

    def __init__(self, connect: Connect, pause_s: float = 1.0) -> None:
        self._connect = connect
        self._pause_s = pause_s
        self._store: AsyncStore | None = None
        self._why = "the engine is still starting; try again in a few seconds"
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._connecting = asyncio.create_task(self._until_connected())

    async def stop(self) -> None:
        """End the attempts and close the store."""
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        if self._store is not None:
            await self._store.close()
            self._store = None

    async def read(self, name: str, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of a read query."""
        return await self._held().read(name, **params)

    async def write(self, name: str, /, **params: Any) -> Written:
        """Rows and counters of a write query."""
        return await self._held().write(name, **params)

    def counts(self) -> dict[str, QueryCount]:
        """What each query cost so far."""
        return self._store.metrics.snapshot() if self._store else {}

    def _held(self) -> AsyncStore:
        if self._store is None:
            raise EngineUnavailable(self._why)
        return self._store

    async def _until_connected(self) -> None:
        while self._store is None:
            try:
                self._store = await self._connect()
            except StoreError as error:
                if str(error) != self._why:
                    log.warning("engine not reachable: %s", error)
                self._why = str(error)
                await asyncio.sleep(self._pause_s)
        log.info("engine connected")
