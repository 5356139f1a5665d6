"""What a call of a named query is, on both stores: checked, counted, repeated where safe, errors made ours.

The rules stand here once, as coroutines over what a store does with its driver. A blocking store's part of
them has happened by the time it is awaited, so `graph.service.at_once` brings such a call to its end.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from neo4j.exceptions import ConstraintError

from cypher import Query
from graph.scope import EVERYTHING
from graph.service import Row, Statements
from graph.store import prepare
from graph.store.classify import LOST, PASSING, EngineError, classified
from graph.store.config import EngineConfig
from graph.store.endpoint import Endpoint
from graph.store.metrics import Call, Metrics
from graph.store.prepare import Written
from graph.store.team import team_of


class Calls(ABC):
    """Calls of named queries on one engine; a store adds how its driver runs a statement."""

    def __init__(self, config: EngineConfig, endpoint: Endpoint) -> None:
        self.config = config
        self.endpoint = endpoint
        self.metrics = Metrics()

    @abstractmethod
    async def _rows(self, query: Query, params: Mapping[str, Any]) -> list[Row]:
        """All rows of a read statement, run once."""

    @abstractmethod
    async def _written(self, statements: Sequence[prepare.Statement]) -> Written:
        """What the first of write statements returned and changed, run in one transaction.

        Where it returns nothing the others are not run.
        """

    @abstractmethod
    async def _follow(self) -> bool:
        """Reconnect to an engine that moved; False where this store stays with the one it has."""

    async def _read(self, name: str | Query, params: Mapping[str, Any]) -> list[Row]:
        query = prepare.named(name, "read")
        params = await self._completed(query, params)
        prepare.check(query, params)
        with self._call(query) as call:
            try:
                rows = await self._rows(query, params)
            except PASSING:
                await self._follow()
                rows = await self._rows(query, params)
            call.rows = len(rows)
        return rows

    async def _write(self, name: str | Query, params: Mapping[str, Any], rest: Statements = ()) -> Written:
        query = prepare.named(name, "write")
        params = await self._completed(query, params)
        statements = [(query, params), *((prepare.named(one, "write"), {"rows": rows}) for one, rows in rest)]
        for statement, given in statements:
            prepare.check(statement, given)
        with self._call(query) as call:
            try:
                written = await self._written(statements)
            except ConstraintError:  # two MERGEs of one key raced; the second now finds the node
                written = await self._written(statements)
            except LOST:
                if not await self._follow():
                    raise
                written = await self._written(statements)
            call.rows = len(written.rows)
        return written

    async def _completed(self, query: Query, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters with a viewer, their team and their rows, where the query weighs what is not given.

        Nobody asks then, who is of no team and from whom no row is kept: those who serve viewers give them.
        """
        nobody = {"scope": EVERYTHING, "viewer": ""}
        params = {name: value for name, value in nobody.items() if name in query.params} | dict(params)
        if "team" not in query.params or "team" in params:
            return params
        return {**params, "team": await team_of(self._read, params["viewer"])}

    @contextmanager
    def _call(self, query: Query) -> Iterator[Call]:
        with self._translated(query), self.metrics.call(query.name) as call:
            yield call

    @contextmanager
    def _translated(self, query: Query) -> Iterator[None]:
        """What the driver raises inside comes out as an error of ours that names the query."""
        try:
            yield
        except EngineError as error:
            raise classified(error, query.name, self.endpoint.uri) from error
