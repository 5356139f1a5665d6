"""The store for the API: the same named queries without blocking; it finds a restarted engine by itself."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from types import TracebackType
from typing import Any, Self

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    unit_of_work,
)
from neo4j import Query as Statement

from cypher import Query
from graph.service import Row, Statements
from graph.store import buffered, convert, hydration, prepare
from graph.store.calls import Calls
from graph.store.config import EngineConfig
from graph.store.direct import direct
from graph.store.endpoint import Endpoint, driver_settings, locate, moved
from graph.store.errors import EngineUnavailable
from graph.store.prepare import Written
from graph.store.watched import watched

_RESTART_WAIT_S = 1.5
"""How long a call waits for a crashed engine before it says so."""


class AsyncStore(Calls):
    """Named queries on one engine from one event loop; open it with `open_async_store`."""

    def __init__(self, config: EngineConfig, endpoint: Endpoint) -> None:
        super().__init__(config, endpoint)
        self._driver = _driver(config, endpoint)
        self._direct = direct(self._driver, config.database, config.timeout_s)
        self._moving: asyncio.Task[bool] | None = None

    async def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        """All rows of a read query. Raises a StoreError that names the query."""
        return await self._read(query, params)

    async def one(self, query: str | Query, /, **params: Any) -> Row | None:
        """The first row of a read query, or None."""
        rows = await self._read(query, params)
        return rows[0] if rows else None

    async def write(self, query: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction, repeated where safe (deadlock, lost MERGE race)."""
        return await self._write(query, params)

    async def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Run a write query and, where it returns rows, the rest in its transaction, repeated as a write."""
        return await self._write(query, params, rest)

    async def close(self) -> None:
        """Close the connections and let the embedded engine go."""
        if self._moving is not None:
            await asyncio.wait({self._moving})
        await self._driver.close()
        self.endpoint.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _session(self, access: str) -> AsyncSession:
        driver = await self._current_driver()
        return driver.session(database=self.config.database, default_access_mode=access)

    async def _rows(self, query: Query, params: Mapping[str, Any]) -> list[Row]:
        text, given = prepare.sent(query.text), dict(params)
        if not self.config.embedded:
            text, given = prepare.with_one_parameter(query.text), {"given": given}
        await self._current_driver()
        async with self._watched():
            rows = None if self._direct is None else await self._direct.rows(text, given)
            return await self._by_session(text, given) if rows is None else rows

    def _watched(self) -> AbstractAsyncContextManager[None]:
        """Of an engine whose process can be looked at, the look at it while a call waits."""
        return watched(self.endpoint.stands_still) if self.config.embedded else nullcontext()

    async def _by_session(self, text: str, given: Mapping[str, Any]) -> list[Row]:
        async with await self._session(READ_ACCESS) as session:
            result = await session.run(Statement(text, timeout=self.config.timeout_s), dict(given))
            return [convert.row(record) async for record in result]

    async def _written(self, statements: Sequence[prepare.Statement]) -> Written:
        work = unit_of_work(timeout=self.config.timeout_s)(_run_while_found)
        async with self._watched(), await self._session(WRITE_ACCESS) as session:
            return await session.execute_write(work, statements)

    async def _follow(self) -> bool:
        """Reconnect to an embedded engine that crashed or moved to another port; True where it did.

        Raises EngineUnavailable where that takes long; the engine goes on starting meanwhile.
        """
        if self._moving is None or self._moving.done():
            self._moving = asyncio.create_task(self._move())
        return await _awaited(self._moving)

    async def _current_driver(self) -> AsyncDriver:
        """The driver to use: not one that is about to be replaced; raises EngineUnavailable."""
        if self._moving is not None and not self._moving.done():
            await _awaited(self._moving)
        return self._driver

    async def _move(self) -> bool:
        endpoint = await asyncio.to_thread(moved, self.config, self.endpoint)
        if endpoint is None:
            return False
        old, self.endpoint = self._driver, endpoint
        self._driver = _driver(self.config, endpoint)
        self._direct = direct(self._driver, self.config.database, self.config.timeout_s)
        await old.close()
        return True


async def _awaited(moving: asyncio.Task[bool]) -> bool:
    done, _ = await asyncio.wait({moving}, timeout=_RESTART_WAIT_S)
    if not done:
        raise EngineUnavailable("the graph engine is being started again; try again in a few seconds")
    return moving.result()


async def open_async_store(config: EngineConfig) -> AsyncStore:
    """Connect, starting the embedded engine when there is no URI; raises EngineUnavailable, AccessDenied."""
    store = AsyncStore(config, await asyncio.to_thread(locate, config))
    try:
        await store.read("store.ping")
    except BaseException:
        await store.close()
        raise
    return store


def _driver(config: EngineConfig, endpoint: Endpoint) -> AsyncDriver:
    driver = AsyncGraphDatabase.driver(endpoint.uri, auth=endpoint.auth, **driver_settings(config))
    hydration.read_moments(driver)
    buffered.read_at_once(driver)
    return driver


async def _run_while_found(
    transaction: AsyncManagedTransaction, statements: Sequence[prepare.Statement]
) -> Written:
    (query, params), *rest = statements
    result = await transaction.run(query.text, dict(params))
    rows = [convert.row(record) async for record in result]
    written = Written(rows, prepare.counters((await result.consume()).counters))
    if rows:
        for statement, given in rest:
            await (await transaction.run(statement.text, dict(given))).consume()
    return written
