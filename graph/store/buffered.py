"""Reads what has already arrived without waiting for it, on our own asynchronous connections only.

Neo4j hints how long a connection may stay silent, so the asynchronous driver makes a task and a timer for
each of its reads, two for a row: some four turns of the event loop, even where the row lies in the buffer
(decision record 0120). Connections that a store opens read their buffers at once, and wait for as long as
was hinted with a timer alone; where there is a deadline too, waiting is left to the driver. At most what a
stream holds, some hundred KiB, is read before others get their turn.

The stream and its buffer are private to the driver and to asyncio: where a later one lacks them, nothing is
replaced, and answers are the same, only slower.
"""

from asyncio import timeout
from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import AsyncDriver

_SOCKET = ("recv_into", "get_read_deadline", "get_read_timeout")


def read_at_once(driver: AsyncDriver) -> None:
    """Have the connections that this driver opens from now on read their buffers without waiting."""
    pool = getattr(driver, "_pool", None)
    opener = getattr(pool, "opener", None)
    if pool is not None and opener is not None:
        pool.opener = _opened(opener)


def _opened(opener: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def opened(*args: Any, **kwargs: Any) -> Any:
        connection = await opener(*args, **kwargs)
        socket = getattr(connection, "socket", None)
        stream = getattr(socket, "_reader", None)
        if socket is None or not hasattr(stream, "_buffer"):
            return connection
        if all(hasattr(socket, name) for name in _SOCKET):
            socket.recv_into = _at_once(socket, stream, socket.recv_into)
        return connection

    return opened


def _at_once(
    socket: Any, stream: Any, waiting: Callable[[memoryview, int], Awaitable[int]]
) -> Callable[[memoryview, int], Awaitable[int]]:
    """`recv_into` of a socket; `waiting` is the driver's."""

    async def recv_into(buffer: memoryview, size: int) -> int:
        if stream._buffer:
            found = await stream.read(size)  # returns at once: there is something
        elif socket.get_read_deadline() is None:
            async with timeout(socket.get_read_timeout()):
                found = await stream.read(size)
        else:
            return await waiting(buffer, size)
        buffer[: len(found)] = found
        return len(found)

    return recv_into
