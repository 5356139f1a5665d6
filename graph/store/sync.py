"""The store for commands: blocking calls of named queries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j import Query as Statement
from neo4j.exceptions import ConstraintError

from cypher import Query, query
from graph.store import convert, hydration, prepare, writes
from graph.store.classify import PASSING, EngineError, classified
from graph.store.config import EngineConfig
from graph.store.endpoint import Endpoint, driver_settings, engine_name, locate
from graph.store.metrics import Metrics
from graph.store.prepare import Written


class Store:
    """Named queries on one engine; open it with `open_store`, share it between threads, close it once."""

    def __init__(self, config: EngineConfig, endpoint: Endpoint, driver: Driver, engine: str) -> None:
        self.config = config
        self.endpoint = endpoint
        self.engine = engine
        """`neo4j` or `arcadedb`; only migrations and backup may look at it."""
        self.metrics = Metrics()
        self._driver = driver

    def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a read query. Raises a StoreError that names the query."""
        found = prepare.named(asked, "read", params)
        with self._translated(found), self.metrics.call(found.name) as call:
            try:
                rows = list(self._rows(found, params))
            except PASSING:
                rows = list(self._rows(found, params))
            call.rows = len(rows)
        return rows

    def one(self, asked: str | Query, /, **params: Any) -> dict[str, Any] | None:
        """The first row of a read query, or None."""
        rows = self.read(asked, **params)
        return rows[0] if rows else None

    def stream(self, asked: str | Query, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Rows of a read query one by one, without holding them all."""
        found = prepare.named(asked, "read", params)
        with self._translated(found), self.metrics.call(found.name) as call:
            for row in self._rows(found, params):
                call.rows += 1
                yield row

    def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction, repeated where safe (deadlock, lost MERGE race)."""
        found = prepare.named(asked, "write", params)
        with (
            self._translated(found),
            self.metrics.call(found.name) as call,
            self._session(WRITE_ACCESS) as session,
        ):
            written = self._write_twice(session, found, params)
            call.rows = len(written.rows)
        return written

    def explain(self, asked: Query) -> None:
        """Have the engine plan a statement without running it; raises QueryFailed where it is not valid."""
        with self._translated(asked), self._session(READ_ACCESS) as session:
            session.run(f"EXPLAIN {asked.text}", dict.fromkeys(asked.params)).consume()

    def upsert_nodes(self, label: str, rows: Iterable[writes.Row]) -> int:
        """Create or update nodes; returns how many rows were written."""
        return self._upsert(writes.node_upsert(label), rows)

    def upsert_facts(self, kind: str, start: str, end: str, rows: Iterable[writes.Row]) -> int:
        """Create or update facts; returns how many rows found both ends (fewer than given: some dangle)."""
        return self._upsert(writes.fact_upsert(kind, start, end), rows)

    def upsert_parts(self, kind: str, start: str, end: str, rows: Iterable[writes.Row]) -> int:
        """Create or update parts; returns how many rows found both ends (fewer than given: some dangle)."""
        return self._upsert(writes.part_upsert(kind, start, end), rows)

    def close(self) -> None:
        """Close the connections and let the embedded engine go."""
        self._driver.close()
        self.endpoint.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _upsert(self, upsert: writes.Upsert, rows: Iterable[writes.Row]) -> int:
        return sum(
            int(self.write(statement, rows=batch).rows[0]["matched"])
            for statement, batch in writes.batches(upsert, rows)
        )

    @contextmanager
    def _translated(self, query: Query) -> Iterator[None]:
        try:
            yield
        except EngineError as error:
            raise classified(error, query.name, self.endpoint.uri) from error

    def _rows(self, query: Query, params: dict[str, Any]) -> Iterator[dict[str, Any]]:
        statement = Statement(query.text, timeout=self.config.timeout_s)
        with self._session(READ_ACCESS) as session:
            yield from map(convert.row, session.run(statement, params))

    def _session(self, access: str) -> Session:
        return self._driver.session(database=self.config.database, default_access_mode=access)

    def _write_twice(self, session: Session, query: Query, params: dict[str, Any]) -> Written:
        work = unit_of_work(timeout=self.config.timeout_s)(_run)
        try:
            return session.execute_write(work, query.text, params)
        except ConstraintError:  # two MERGEs of one key raced; the second now finds the node
            return session.execute_write(work, query.text, params)


def open_store(config: EngineConfig) -> Store:
    """Connect, starting the embedded engine when there is no URI; raises EngineUnavailable, AccessDenied."""
    endpoint = locate(config)
    hydration.use_quick()
    driver = GraphDatabase.driver(endpoint.uri, auth=endpoint.auth, **driver_settings(config))
    try:
        agent = _agent(driver, config)
    except EngineError as error:
        driver.close()
        endpoint.release()
        raise classified(error, "store.open", endpoint.uri) from error
    return Store(config, endpoint, driver, engine_name(agent))


def _agent(driver: Driver, config: EngineConfig) -> str:
    with driver.session(database=config.database) as session:
        return session.run(query("store.ping").text).consume().server.agent


def _run(transaction: ManagedTransaction, text: str, params: dict[str, Any]) -> Written:
    result = transaction.run(text, params)
    rows = convert.rows(list(result))
    return Written(rows, prepare.counters(result.consume().counters))
