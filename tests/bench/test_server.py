"""The client of the benches over a server that ends connections."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Thread

import pytest
import typer
from typer.testing import CliRunner

from bench.server import GraphQLClient, ServerGone

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data": 1}'


@contextmanager
def _client(*answers: bytes) -> Iterator[tuple[GraphQLClient, list[Thread]]]:
    """A client of a server that ends each connection after one request, answered or not."""

    def one(listener: socket.socket, answer: bytes) -> None:
        with listener.accept()[0] as connection:
            received = b""
            while not received.endswith(b"}"):
                received += connection.recv(65_536)
            connection.sendall(answer)

    def serve(turns: list[Thread]) -> None:
        for turn in turns:
            turn.start()
            turn.join()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        turns = [Thread(target=one, args=(listener, answer)) for answer in answers]
        server = Thread(target=serve, args=(turns,))
        server.start()
        with closing(HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=10)) as connection:
            yield GraphQLClient(connection, "token"), turns
        server.join()


def test_a_connection_that_was_ended_while_idle_is_opened_anew() -> None:
    with _client(ANSWER, ANSWER) as (client, turns):
        assert client.ask("{ a }", {}) == {"data": 1}
        turns[0].join()  # the server has ended the connection
        assert client.ask("{ a }", {}) == {"data": 1}


def test_a_server_that_ends_without_an_answer_is_named() -> None:
    with _client(b"") as (client, _), pytest.raises(ServerGone, match=r"127\.0\.0\.1:\d+ did not answer"):
        client.ask("{ a }", {})


def test_a_bench_whose_server_broke_the_pipe_does_not_end_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    def bench() -> None:
        connection = HTTPConnection("127.0.0.1", 1)
        monkeypatch.setattr(connection, "request", broken)
        GraphQLClient(connection, "token").ask("{ a }", {})

    program = typer.Typer()
    program.command()(bench)
    assert isinstance(CliRunner().invoke(program).exception, ServerGone)
