"""The four that answer: bare Cypher by both drivers, `relgraph serve`, and `@neo4j/graphql`."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from time import perf_counter
from typing import Any, Protocol

import orjson
from neo4j import AsyncDriver, AsyncGraphDatabase, Driver, Session

from bench.crowd import Crowd, Seen
from bench.engines import Bed
from bench.server import GraphQLClient
from bench.serving.questions import Answer, Case, Ids, Question

OURS, LIBRARY = "relgraph", "@neo4j/graphql"
BARE, BARE_ASYNC = "bare", "bare, async"


class Refused(Exception):
    """A side answered a question with an error: the comparison would mean nothing."""


class Side(Protocol):
    """One way to get an answer."""

    name: str
    pids: tuple[int, ...]
    """Of the processes that work for an answer beside this one: the engine's, and the server's if any."""
    decodes: bool
    """Whether this process works for an answer, too, as bare clients do; those of servers only time it."""

    def ask(self, question: Question, case: Case) -> tuple[float, Ids]:
        """Milliseconds until the whole answer is read and decoded, and the ids in it. Raises Refused."""

    def crowd(self, question: Question, cases: Sequence[Case], clients: int, seconds: float) -> Seen:
        """So many clients, each of which asks one question after the other for so long."""


class Served:
    """A GraphQL server on loopback, ours or the library's."""

    decodes = False

    def __init__(
        self, name: str, where: str, token: str, connection: HTTPConnection, pids: tuple[int, ...]
    ) -> None:
        self.name, self._where, self._token, self.pids = name, where, token, pids
        self._connection = connection
        self._client = GraphQLClient(connection, token)

    def ask(self, question: Question, case: Case) -> tuple[float, Ids]:
        text, variables, ids = self._asked(question, case)
        began = perf_counter()
        answer = self._client.ask(text, variables)
        took = (perf_counter() - began) * 1000
        if answer.get("errors"):
            raise Refused(f"{self.name}, {question.title}: {answer['errors']}")
        return took, ids(answer["data"])

    def crowd(self, question: Question, cases: Sequence[Case], clients: int, seconds: float) -> Seen:
        self._connection.close()  # a server ends what is idle for long; the next question opens it anew
        bodies = [
            orjson.dumps(dict(zip(("query", "variables"), self._asked(question, case)[:2], strict=True)))
            for case in cases
        ]
        host, _, port = self._where.rpartition(":")
        crowd = Crowd(host, int(port), self._token, lambda: random.choice(bodies))
        return asyncio.run(crowd.meet(clients, seconds))

    def _asked(self, question: Question, case: Case) -> tuple[str, dict[str, Any], Callable[[Answer], Ids]]:
        if self.name == LIBRARY:
            return question.library, case.library, question.of_library
        return question.ours, case.ours, question.of_ours


class Bare:
    """The official driver as it comes, synchronous; one record, in autocommit."""

    name = BARE
    decodes = True

    def __init__(self, driver: Driver, session: Session, database: str, pids: tuple[int, ...]) -> None:
        self.pids = pids
        self._driver, self._session, self._database = driver, session, database

    def ask(self, question: Question, case: Case) -> tuple[float, Ids]:
        began = perf_counter()
        answer = _one(self._session, question, case)
        return (perf_counter() - began) * 1000, question.of_bare(answer)

    def crowd(self, question: Question, cases: Sequence[Case], clients: int, seconds: float) -> Seen:
        seen, began = Seen(), perf_counter()

        def client() -> list[float]:
            took: list[float] = []
            with self._driver.session(database=self._database) as session:
                while (asked := perf_counter()) < began + seconds:
                    _one(session, question, random.choice(cases))
                    took.append(perf_counter() - asked)
            return took

        with ThreadPoolExecutor(clients) as pool:
            for one in [pool.submit(client) for _ in range(clients)]:
                seen.complete += one.result()
        seen.lasted = perf_counter() - began
        return seen


class BareAsync:
    """The official driver as it comes, asynchronous; one record, in autocommit."""

    name = BARE_ASYNC
    decodes = True

    def __init__(
        self, runner: asyncio.Runner, driver: AsyncDriver, database: str, pids: tuple[int, ...]
    ) -> None:
        self.pids = pids
        self._runner, self._driver, self._database = runner, driver, database
        self._session = driver.session(database=database)

    def ask(self, question: Question, case: Case) -> tuple[float, Ids]:
        took, answer = self._runner.run(self._one(question, case))
        return took * 1000, question.of_bare(answer)

    def crowd(self, question: Question, cases: Sequence[Case], clients: int, seconds: float) -> Seen:
        return self._runner.run(self._crowd(question, cases, clients, seconds))

    async def _one(self, question: Question, case: Case) -> tuple[float, Answer]:
        began = perf_counter()
        answer = (await (await self._session.run(question.bare, case.bare)).data())[0]["answer"]
        return perf_counter() - began, answer

    async def _crowd(self, question: Question, cases: Sequence[Case], clients: int, seconds: float) -> Seen:
        seen, began = Seen(), perf_counter()

        async def client() -> None:
            async with self._driver.session(database=self._database) as session:
                while (asked := perf_counter()) < began + seconds:
                    await (await session.run(question.bare, random.choice(cases).bare)).data()
                    seen.complete.append(perf_counter() - asked)

        await asyncio.gather(*(client() for _ in range(clients)))
        seen.lasted = perf_counter() - began
        return seen

    def close(self) -> None:
        """Give the session back."""
        self._runner.run(self._session.close())


def _one(session: Session, question: Question, case: Case) -> Answer:
    return session.run(question.bare, case.bare).data()[0]["answer"]


@contextmanager
def bare_sides(engine: Bed) -> Iterator[list[Side]]:
    """Both drivers on an engine."""
    endpoint, database = engine.endpoint, engine.config.database
    pids = (engine.pid,)
    with (
        engine.driver() as driver,
        driver.session(database=database) as session,
        asyncio.Runner() as runner,
    ):
        asynchronous = AsyncGraphDatabase.driver(
            endpoint.uri, auth=endpoint.auth, notifications_min_severity="OFF"
        )
        side = BareAsync(runner, asynchronous, database, pids)
        try:
            yield [Bare(driver, session, database, pids), side]
        finally:
            side.close()
            runner.run(asynchronous.close())


@contextmanager
def served_side(name: str, where: str, token: str, pids: tuple[int, ...]) -> Iterator[Side]:
    """A server that listens there; `pids` are its own and its engine's."""
    with closing(HTTPConnection(where, timeout=60)) as connection:
        yield Served(name, where, token, connection, pids)
