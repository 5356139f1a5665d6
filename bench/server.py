"""`relgraph serve` as a process of its own, ended on leaving."""

import json
import select
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from time import monotonic, sleep
from typing import Any

import orjson

from bench.engines import Bed

START_S = 600.0
"""Until it has its engine and a first page is fast, a server answers errors; a busy machine takes long."""


class ServerGone(Exception):
    """The server ended a connection before it answered.

    No OSError on purpose: typer takes a broken pipe for a reader of its output that went away, and
    ends the program without a word.
    """


class GraphQLClient:
    """Asks over one kept connection; the standard library's, so that little of a time is the client's."""

    def __init__(self, connection: HTTPConnection, token: str) -> None:
        self._connection = connection
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The response body, whole. Raises RuntimeError where the status is not 200, and ServerGone."""
        body = orjson.dumps({"query": text, "variables": variables})
        self._leave_ended()
        try:
            self._connection.request("POST", "/graphql", body, self._headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except OSError as lost:
            where = f"{self._connection.host}:{self._connection.port}"
            raise ServerGone(f"{where} did not answer: {lost!r}") from lost
        answered: dict[str, Any] = orjson.loads(content)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {answered}")
        return answered

    def _leave_ended(self) -> None:
        """Close a connection that the server ended while it was idle; the next request opens it anew."""
        socket = self._connection.sock
        if socket and select.select([socket], [], [], 0)[0]:  # between answers only an end can be read
            self._connection.close()


@contextmanager
def served(engine: Bed) -> Iterator[GraphQLClient]:
    """A client with a token on a server of this engine, on a free port of loopback."""
    with listening(engine) as (where, token, _), closing(HTTPConnection(where, timeout=30)) as connection:
        yield GraphQLClient(connection, token)


@contextmanager
def listening(engine: Bed) -> Iterator[tuple[str, str, int]]:
    """Host and port of a server of this engine that answers, a token for it, and the id of its process."""
    issued = engine.relgraph("token", "create", "--role", "reader", "--days", "1", "--json")
    command = engine.command("serve", "--port", "0", "--no-graphiql")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            where, token = address(process), json.loads(issued)["token"]
            _await_answer(where, token)
            yield where, token, process.pid
        finally:
            process.terminate()


def _await_answer(where: str, token: str) -> None:
    """Return once the server answers and is ready: it answers some questions before it has tried the others.

    Raises TimeoutError.
    """
    ends = monotonic() + START_S
    with closing(HTTPConnection(where, timeout=30)) as connection:
        client = GraphQLClient(connection, token)
        question = "{ customers(first: 1) { nodes { customerId } } }"
        while (errors := client.ask(question, {}).get("errors")) or not _ready(connection):
            if monotonic() > ends:
                raise TimeoutError(f"the server did not answer within {START_S:.0f} s: {errors}")
            sleep(0.2)


def _ready(connection: HTTPConnection) -> bool:
    connection.request("GET", "/health/ready")
    answer = connection.getresponse()
    answer.read()
    return answer.status == 200


def address(process: subprocess.Popen[str]) -> str:
    """Host and port of the address that the server prints when it listens."""
    for line in process.stdout or ():
        if "http://" in line:
            return line.split("http://", 1)[1].split("/", 1)[0].strip()
    raise RuntimeError("the server ended before it listened")
