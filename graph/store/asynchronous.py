"""The store for the API: the same named queries without blocking; it finds a restarted engine by itself."""

import asyncio
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
from neo4j.exceptions import ConstraintError

from cypher import Query
from graph.store import convert, hydration, prepare
from graph.store.classify import LOST, PASSING, EngineError, classified
from graph.store.config import EngineConfig
from graph.store.endpoint import Endpoint, driver_settings, locate, moved
from graph.store.metrics import Metrics
from graph.store.prepare import Written


class AsyncStore:
    """Named queries on one engine from one event loop; open it with `open_async_store`."""

    def __init__(self, config: EngineConfig, endpoint: Endpoint) -> None:
        self.config = config
        self.endpoint = endpoint
        self.metrics = Metrics()
        self._driver = _driver(config, endpoint)
        self._moving = asyncio.Lock()

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a read query. Raises a StoreError that names the query."""
        query = prepare.named(asked, "read", params)
        try:
            with self.metrics.call(query.name) as call:
                rows = await self._read_again(query, params)
                call.rows = len(rows)
                return rows
        except EngineError as error:
            raise classified(error, query.name, self.endpoint.uri) from error

    async def one(self, asked: str | Query, /, **params: Any) -> dict[str, Any] | None:
        """The first row of a read query, or None."""
        rows = await self.read(asked, **params)
        return rows[0] if rows else None

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction, repeated where safe (deadlock, lost MERGE race)."""
        query = prepare.named(asked, "write", params)
        try:
            with self.metrics.call(query.name) as call:
                written = await self._write_again(query, params)
                call.rows = len(written.rows)
                return written
        except EngineError as error:
            raise classified(error, query.name, self.endpoint.uri) from error

    async def close(self) -> None:
        """Close the connections and let the embedded engine go."""
        await self._driver.close()
        self.endpoint.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _session(self, access: str) -> AsyncSession:
        return self._driver.session(database=self.config.database, default_access_mode=access)

    async def _read_again(self, query: Query, params: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return await self._read(query, params)
        except PASSING:
            await self._follow()
            return await self._read(query, params)

    async def _read(self, query: Query, params: dict[str, Any]) -> list[dict[str, Any]]:
        statement = Statement(query.text, timeout=self.config.timeout_s)
        async with self._session(READ_ACCESS) as session:
            result = await session.run(statement, params)
            return [convert.row(record) async for record in result]

    async def _write_again(self, query: Query, params: dict[str, Any]) -> Written:
        try:
            return await self._write(query, params)
        except ConstraintError:  # two MERGEs of one key raced; the second now finds the node
            return await self._write(query, params)
        except LOST:
            if not await self._follow():
                raise
            return await self._write(query, params)

    async def _write(self, query: Query, params: dict[str, Any]) -> Written:
        async with self._session(WRITE_ACCESS) as session:
            return await session.execute_write(
                unit_of_work(timeout=self.config.timeout_s)(_run), query.text, params
            )

    async def _follow(self) -> bool:
        """Reconnect to an embedded engine that crashed or moved to another port; True where it did."""
        async with self._moving:
            endpoint = await asyncio.to_thread(moved, self.config, self.endpoint)
            if endpoint is None:
                return False
            old, self.endpoint = self._driver, endpoint
            self._driver = _driver(self.config, endpoint)
            await old.close()
            return True


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
    hydration.use_quick()
    return AsyncGraphDatabase.driver(endpoint.uri, auth=endpoint.auth, **driver_settings(config))


async def _run(transaction: AsyncManagedTransaction, text: str, params: dict[str, Any]) -> Written:
    result = await transaction.run(text, params)
    rows = [convert.row(record) async for record in result]
    return Written(rows, prepare.counters((await result.consume()).counters))
