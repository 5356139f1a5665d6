"""Rows that have arrived are read without a turn of the event loop each, and others are waited for."""

import asyncio
from typing import Any

import pytest

from cypher import Query
from graph.store import AsyncStore, buffered

ROWS = Query("test.rows", "UNWIND range(1, $n) AS n RETURN n, toString(n) AS text", frozenset({"n"}), "read")


async def test_every_row_arrives_whole_and_in_order(astore: AsyncStore) -> None:
    found = await astore.read(ROWS, n=20_000)
    assert found == [{"n": n, "text": str(n)} for n in range(1, 20_001)]


async def test_many_rows_take_few_turns(astore: AsyncStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await astore.read(ROWS, n=1)  # a connection is open
    loop, turns = asyncio.get_running_loop(), 0
    once = loop._run_once  # type: ignore[attr-defined]  # private to asyncio, counted only

    def counted() -> None:
        nonlocal turns
        turns += 1
        once()

    monkeypatch.setattr(loop, "_run_once", counted)
    assert len(await astore.read(ROWS, n=2_000)) == 2_000
    assert 0 < turns < 1_000


class Socket:
    """What is asked of a socket of the driver."""

    deadline: float | None = None
    timeout: float | None = None

    def get_read_deadline(self) -> float | None:
        return self.deadline

    def get_read_timeout(self) -> float | None:
        return self.timeout


async def test_what_has_not_arrived_is_waited_for() -> None:
    socket, stream, waits = Socket(), asyncio.StreamReader(), 0

    async def waiting(buffer: memoryview, size: int) -> int:
        nonlocal waits
        waits += 1
        found = await stream.read(size)
        buffer[: len(found)] = found
        return len(found)

    async def taken(size: int) -> bytes:
        return bytes(room[: await read(memoryview(room), size)])

    read, room = buffered._at_once(socket, stream, waiting), bytearray(8)
    asyncio.get_running_loop().call_later(0.01, stream.feed_data, b"abcdef")
    assert [await taken(4), await taken(4), waits] == [b"abcd", b"ef", 0]
    socket.timeout = 0.01
    with pytest.raises(TimeoutError):
        await taken(4)
    socket.deadline = 1.0
    asyncio.get_running_loop().call_later(0.01, stream.feed_data, b"ghi")
    assert [await taken(2), await taken(2), waits] == [b"gh", b"i", 1]


def test_a_driver_without_such_a_pool_stays_as_it_is() -> None:
    class Later:
        """A driver whose pool keeps its connections elsewhere."""

    later: Any = Later()
    buffered.read_at_once(later)
    assert vars(later) == {}
