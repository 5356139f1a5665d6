"""Connections that bring no request are ended; one that waits for its answer is not."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from relgraph import connections

WHOLE = b"GET / HTTP/1.1\r\nHost: api\r\n\r\n"
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Held:
    """An application that answers when it is let go."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.answers = asyncio.Event()
        self.port = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        self.asked.set()
        await self.answers.wait()
        await PlainTextResponse("done")(scope, receive, send)


@pytest.fixture
async def held(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    """The application, served; the head of a request may take a fifth of a second."""
    monkeypatch.setattr(connections, "REQUEST_S", 0.2)
    app = Held()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app.port = listener.getsockname()[1]
        config = uvicorn.Config(app, http=connections.Prompt, ws="none", lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield app
        finally:
            app.answers.set()
            server.should_exit = True
            await serving


async def sent(held: Held, data: bytes) -> Stream:
    reader, writer = await asyncio.open_connection("127.0.0.1", held.port)
    writer.write(data)
    await writer.drain()
    return reader, writer


async def ended(stream: Stream) -> bytes:
    """All that still comes until the server ends the connection."""
    reader, writer = stream
    async with asyncio.timeout(30):
        rest = await reader.read()
    writer.close()
    await writer.wait_closed()
    return rest


@pytest.mark.parametrize("data", [b"", b"GET", WHOLE[:-2], b"POST / HTTP/1.1\r\nX: " + b"y" * 10_000])
async def test_a_request_that_does_not_come_ends_its_connection(held: Held, data: bytes) -> None:
    assert b"done" not in await ended(await sent(held, data))


async def test_a_second_request_that_does_not_come_ends_it_too(held: Held) -> None:
    held.answers.set()
    reader, writer = await sent(held, WHOLE)
    assert await reader.readuntil(b"done")
    writer.write(WHOLE[:-2])
    assert await ended((reader, writer)) == b""


async def test_a_request_that_waits_for_its_answer_is_not_cut_off(held: Held) -> None:
    waiting = await sent(held, WHOLE)
    await held.asked.wait()
    assert await ended(await sent(held, b"")) == b""  # longer than the head of a request may take
    held.answers.set()
    assert await waiting[0].readuntil(b"done")
    waiting[1].close()
    await waiting[1].wait_closed()
