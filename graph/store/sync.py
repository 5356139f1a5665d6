"""The store for commands: blocking calls of named queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Result,
    Session,
    unit_of_work,
)
from neo4j import Query as Statement
from neo4j.exceptions import ConstraintError

from cypher import Query, query
from graph.service import Row, Statements, at_once
from graph.store import convert, hydration, prepare, writes
from graph.store.calls import Calls
from graph.store.classify import EngineError, classified
from graph.store.config import EngineConfig
from graph.store.endpoint import Endpoint, driver_settings, engine_name, locate
from graph.store.prepare import Written
from graph.store.reading import NotReadOnly, reading


class Store(Calls):
    """Named queries on one engine; open it with `open_store`, share it between threads, close it once."""

    def __init__(self, config: EngineConfig, endpoint: Endpoint, driver: Driver, engine: str) -> None:
        super().__init__(config, endpoint)
        self.engine = engine
        """`neo4j` or `arcadedb`; only migrations and backup may look at it."""
        self._driver = driver

    @property
    def writers(self) -> int:
        """How many transactions write at once faster than one; the embedded engine's meet on its pages."""
        return 2 if self.engine == "neo4j" else 1

    @property
    def imports_files(self) -> bool:
        """Whether `neo4j-admin database import` can fill this engine while it stands still."""
        return self.engine == "neo4j"

    def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        """All rows of a read query. Raises a StoreError that names the query."""
        return at_once(self._read(query, params))

    def one(self, query: str | Query, /, **params: Any) -> Row | None:
        """The first row of a read query, or None."""
        rows = self.read(query, **params)
        return rows[0] if rows else None

    def stream(self, query: str | Query, /, **params: Any) -> Iterator[Row]:
        """Rows of a read query one by one, without keeping them all in memory; it is never repeated."""
        checked = prepare.named(query, "read")
        prepare.check(checked, params)
        with self._call(checked) as call:
            for row in self._records(checked, params):
                call.rows += 1
                yield row

    def ask(self, text: str, /, **params: Any) -> list[Row]:
        """All rows of a statement that a user wrote; nothing that it does stays.

        Raises NotReadOnly for one that changes something, else a StoreError.
        """
        asked = reading(text)
        prepare.check(asked, params)
        with self._call(asked) as call, self._session(READ_ACCESS) as session:
            with session.begin_transaction(timeout=self.config.timeout_s) as transaction:
                result = transaction.run(asked.text, params)
                rows = [convert.row(record) for record in result]
                changes = result.consume().counters.contains_updates
                transaction.rollback()
            if changes:
                raise NotReadOnly("it changes the graph")
            call.rows = len(rows)
        return rows

    def write(self, query: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction, repeated where safe (deadlock, lost MERGE race)."""
        return at_once(self._write(query, params))

    def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Run a write query and, where it returns rows, the rest in its transaction, repeated as a write."""
        return at_once(self._write(query, params, rest))

    def write_together(self, statements: Iterable[tuple[Query, Sequence[writes.Row]]]) -> None:
        """Run write queries, each with its `rows`, in one transaction (all or none), repeated as a write."""
        checked = [(prepare.named(statement, "write"), {"rows": rows}) for statement, rows in statements]
        for statement, params in checked:
            prepare.check(statement, params)
        with self._call(checked[0][0]):
            try:
                self._commit(checked)
            except ConstraintError:  # two MERGEs of one key raced; the second now finds the node
                self._commit(checked)

    def explain(self, query: Query) -> None:
        """Have the engine plan a statement without running it; raises QueryFailed where it is not valid."""
        with self._translated(query), self._session(READ_ACCESS) as session:
            session.run(f"EXPLAIN {query.text}", dict.fromkeys(query.params)).consume()

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

    async def _rows(self, query: Query, params: Mapping[str, Any]) -> list[Row]:
        return list(self._records(query, params))

    async def _written(self, statements: Sequence[prepare.Statement]) -> Written:
        work = unit_of_work(timeout=self.config.timeout_s)(_run_while_found)
        with self._session(WRITE_ACCESS) as session:
            return session.execute_write(work, statements)

    def _commit(self, statements: Sequence[prepare.Statement]) -> None:
        work = unit_of_work(timeout=self.config.timeout_s)(_run)
        with self._session(WRITE_ACCESS) as session:
            session.execute_write(work, statements)

    async def _follow(self) -> bool:
        return False  # a command ends with its engine; the next one finds or starts another

    def _records(self, query: Query, params: Mapping[str, Any]) -> Iterator[Row]:
        statement = Statement(query.text, timeout=self.config.timeout_s)
        with self._session(READ_ACCESS) as session:
            yield from map(convert.row, session.run(statement, dict(params)))

    def _session(self, access: str) -> Session:
        return self._driver.session(database=self.config.database, default_access_mode=access)


def open_store(config: EngineConfig) -> Store:
    """Connect, starting the embedded engine when there is no URI; raises EngineUnavailable, AccessDenied."""
    endpoint = locate(config)
    driver = GraphDatabase.driver(endpoint.uri, auth=endpoint.auth, **driver_settings(config))
    hydration.read_moments(driver)
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


def _run(transaction: ManagedTransaction, statements: Sequence[prepare.Statement]) -> None:
    for statement, params in statements:
        transaction.run(statement.text, dict(params)).consume()


def _run_while_found(transaction: ManagedTransaction, statements: Sequence[prepare.Statement]) -> Written:
    (first, params), *rest = statements
    written = _written(transaction.run(first.text, dict(params)))
    if written.rows:
        _run(transaction, rest)
    return written


def _written(result: Result) -> Written:
    rows = [convert.row(record) for record in result]
    return Written(rows, prepare.counters(result.consume().counters))
