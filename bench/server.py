"""`relgraph serve` as a process of its own, ended on leaving."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any

import orjson

from bench.engines import Bed


class GraphQLClient:
    """Asks over one kept connection; the standard library's, so that little of a time is the client's."""

    def __init__(self, connection: HTTPConnection, token: str) -> None:
        self._connection = connection
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The response body, whole. Raises RuntimeError where the status is not 200."""
        body = orjson.dumps({"query": text, "variables": variables})
        self._connection.request("POST", "/graphql", body, self._headers)
        answer = self._connection.getresponse()
        answered: dict[str, Any] = orjson.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {answered}")
        return answered


@contextmanager
def served(engine: Bed) -> Iterator[GraphQLClient]:
    """A client with a token on a server of this engine, on a free port of loopback."""
    issued = engine.relgraph("token", "create", "--role", "reader", "--days", "1", "--json")
    command = engine.command("serve", "--port", "0", "--no-graphiql")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            with closing(HTTPConnection(address(process), timeout=30)) as connection:
                yield GraphQLClient(connection, json.loads(issued)["token"])
        finally:
            process.terminate()


def address(process: subprocess.Popen[str]) -> str:
    """Host and port of the address that the server prints when it listens."""
    for line in process.stdout or ():
        if "http://" in line:
            return line.split("http://", 1)[1].split("/", 1)[0].strip()
    raise RuntimeError("the server ended before it listened")
