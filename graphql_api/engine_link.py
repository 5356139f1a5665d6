"""The API's hold on the engine: the API is up at once, the engine when it is ready.

A connection that is lost later is the store's own matter: it finds a restarted engine by itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from cypher import Query, query
from graph.service import Statements
from graph.store import AsyncStore, EngineUnavailable, StoreError, Written
from graph.store.metrics import QueryCount
from graphql_api.teams import Teams
from graphql_api.tracing import Tracer, default_tracer, span

Connect = Callable[[], Awaitable[AsyncStore]]
Prepare = Callable[[AsyncStore], Awaitable[bool]]

STARTING = "the engine is still starting; try again in a few seconds"
COLD = "a first page of customers is still slower than the deadline of a request; it is tried again"
SILENT = "the engine does not answer; try again in a few seconds"

_PATIENCE_S = 1.0
"""How long an engine that works may take for the smallest question."""

log = logging.getLogger("graphql_api")


class NotForViewers(Exception):
    """The API ran a query that serves the company or operation and hides nothing; a defect."""

    def __init__(self, asked: Query) -> None:
        super().__init__(
            f"{asked.name} says `sees: {asked.sees}`; the API runs only queries that say `sees: viewer`"
        )


class WithoutRows(Exception):
    """A query that weighs rows was run for nobody in particular; a defect."""

    def __init__(self, asked: Query) -> None:
        super().__init__(f"{asked.name} keeps to the rows of whoever asks; run it by the store of a request")


def with_rows(asked: Query, params: Mapping[str, Any]) -> Query:
    """The query, which must be given the rows that it keeps to; raises WithoutRows."""
    if "scope" in asked.params and "scope" not in params:
        raise WithoutRows(asked)
    return asked


def for_viewers(asked: str | Query) -> Query:
    """The query, which must serve a viewer; raises NotForViewers."""
    found = query(asked) if isinstance(asked, str) else asked
    if found.sees != "viewer":
        raise NotForViewers(found)
    return found


class WholeLink:
    """Runs what moves records whole, hidden parts included, and shows nothing of it: merges alone use it."""

    def __init__(self, connected: Connect) -> None:
        self._connected = connected

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of any read query."""
        return await (await self._connected()).read(asked, **params)

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Rows and counters of any write query."""
        return await (await self._connected()).write(asked, **params)

    async def write_all(self, asked: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Any write query and, where it returns rows, the rest in its transaction."""
        return await (await self._connected()).write_all(asked, rest, **params)


class EngineLink:
    """Runs named queries on the connected store.

    A query waits while the first attempt to connect runs; after a failed one it raises EngineUnavailable.
    `prepare` runs before anybody's query and says whether the engine is quick enough now; it is tried again
    until it is, while queries are answered already.
    """

    def __init__(
        self,
        connect: Connect,
        prepare: Prepare | None = None,
        pause_s: float = 1.0,
        tracer: Tracer | None = None,
    ) -> None:
        self._connect = connect
        self._tracer = tracer or default_tracer()
        self._prepare = prepare
        self._prepared = prepare is None
        self._pause_s = pause_s
        self._store: AsyncStore | None = None
        self.why = STARTING
        """Why there is no connection, while there is none."""
        self._teams = Teams()
        self._connecting: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._connecting = asyncio.create_task(self._until_prepared())

    async def stop(self) -> None:
        """End the attempts and close the store."""
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        if self._store is not None:
            await self._store.close()
            self._store = None

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of a read query that serves a viewer; raises NotForViewers for another."""
        query, store = with_rows(for_viewers(asked), params), await self._connected()
        with span(self._tracer, query.name, **{"db.operation.name": "read"}) as open_span:
            rows = await store.read(query, **await self._teams.given(store, query, params))
            open_span.set_attribute("db.response.returned_rows", len(rows))
        return rows

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Rows and counters of a write query that serves a viewer; raises NotForViewers for another.

        The driver repeats a write for many seconds; one that takes long is given up where the engine is gone.
        """
        query, store = with_rows(for_viewers(asked), params), await self._connected()
        with span(self._tracer, query.name, **{"db.operation.name": "write"}):
            return await self._written(store, query, params)

    async def _written(self, store: AsyncStore, query: Query, params: Mapping[str, Any]) -> Written:
        given = await self._teams.given(store, query, params)
        writing = asyncio.ensure_future(store.write(query, **given))
        try:
            await asyncio.wait({writing}, timeout=_PATIENCE_S)
            if not writing.done() and (trouble := await self.trouble()):
                raise EngineUnavailable(trouble)
            return await writing
        finally:
            writing.cancel()

    @property
    def whole(self) -> "WholeLink":
        """The same connection for merges."""
        return WholeLink(self._connected)

    async def unready(self) -> str | None:
        """Why nobody should send requests here now; None where they may."""
        trouble = await self.trouble()
        return trouble or (None if self._prepared else COLD)

    async def trouble(self) -> str | None:
        """Why the engine does not answer now; None where it does."""
        if self._store is None or not self._tried.is_set():
            return self.why
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._store.read("store.ping")
        except TimeoutError:
            return SILENT
        except StoreError as error:
            return str(error)
        return None

    def counts(self) -> dict[str, QueryCount]:
        """What each query cost so far."""
        return self._store.metrics.snapshot() if self._store else {}

    async def _connected(self) -> AsyncStore:
        await self._tried.wait()
        if self._store is None:
            raise EngineUnavailable(self.why)
        return self._store

    async def _until_prepared(self) -> None:
        store = await self._until_connected()
        while self._prepare is not None and not self._prepared:
            self._prepared = await self._prepare(store)
            self._tried.set()
            if not self._prepared:
                await asyncio.sleep(self._pause_s)
        self._tried.set()

    async def _until_connected(self) -> AsyncStore:
        while self._store is None:
            try:
                self._store = await self._connect()
            except StoreError as error:
                if str(error) != self.why:
                    log.warning("engine not reachable: %s", error)
                self.why = str(error)
                self._tried.set()
                await asyncio.sleep(self._pause_s)
        log.info("engine connected")
        return self._store
