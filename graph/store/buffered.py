"""Reads what has already arrived without waiting for it, on our own asynchronous connections only.

Neo4j hints how long a connection may stay silent, so the asynchronous driver makes a task and a timer for
each of its reads, two for a row: some four turns of the event loop, even where the row lies in the buffer
(decision record 0120). Connections that a store opens read their buffers at once and leave waiting to the
driver. At most what a stream holds, some hundred KiB, is read before others get their turn.

The stream and its buffer are private to the driver and to asyncio: where a later one lacks them, nothing is
replaced, and answers are the same, only slower.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import AsyncDriver


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
        if socket is not None and hasattr(stream, "_buffer") and hasattr(socket, "recv_into"):
            socket.recv_into = _at_once(stream, socket.recv_into)
        return connection

    return opened


def _at_once(
    stream: Any, waiting: Callable[[memoryview, int], Awaitable[int]]
) -> Callable[[memoryview, int], Awaitable[int]]:
    """`recv_into` of a stream; `waiting` is the driver's, for when nothing has arrived."""

    async def recv_into(buffer: memoryview, size: int) -> int:
        if not stream._buffer:
            return await waiting(buffer, size)
        found = await stream.read(size)  # returns at once: there is something
        buffer[: len(found)] = found
        return len(found)

    return recv_into
