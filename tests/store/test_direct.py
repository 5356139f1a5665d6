"""Statements that are read without a session answer, fail and are cancelled as those in one."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from neo4j.time import Date

from cypher import Query
from graph.store import AsyncStore, StoreError
from graph.store.direct import Direct, direct

MANY = Query("test.many", "UNWIND range(1, $n) AS n RETURN n", frozenset({"n"}), "read")
WRONG = Query("test.wrong", "MATCH (n) RETURN n.x + {", frozenset(), "read")
DAY = Query("test.day", "RETURN [date('2024-05-06')] AS day", frozenset(), "read")
LONG = Query(
    "test.long",
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b RETURN sum(a * b) AS n",
    frozenset(),
    "read",
)
STATEMENTS = (
    "RETURN 1 AS n, 2.5 AS share, 'text' AS text, true AS flag, null AS nothing",
    "RETURN [1, [2, {three: 3}], null] AS list, {a: {b: [datetime('2024-05-06T07:08:09.123Z')]}} AS map",
    "UNWIND range(1, 2500) AS n RETURN n, toString(n) AS text",
    "UNWIND [] AS n RETURN n",
    "MATCH (n:Customer) RETURN n, n.name AS name ORDER BY name",
)  # fmt: skip


def by(astore: AsyncStore) -> Direct:
    assert astore._direct is not None
    return astore._direct


@pytest.mark.parametrize("text", STATEMENTS)
async def test_rows_are_those_of_a_session(astore: AsyncStore, text: str) -> None:
    assert await by(astore).rows(text, {}) == await astore._by_session(text, {})


async def test_an_error_is_told_and_the_connection_serves_on(astore: AsyncStore) -> None:
    for _ in range(3):
        with pytest.raises(StoreError, match=r"test\.wrong"):
            await astore.read(WRONG)
        assert await astore.read(MANY, n=2) == [{"n": 1}, {"n": 2}]


async def test_who_is_cancelled_leaves_nothing_for_the_next(astore: AsyncStore) -> None:
    for wait in (0.0, 0.001, 0.02):
        asked = asyncio.create_task(astore.read(LONG))
        await asyncio.sleep(wait)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        together = await asyncio.gather(*(astore.read(MANY, n=n) for n in range(1, 5)))
        assert [len(rows) for rows in together] == [1, 2, 3, 4]


async def test_what_the_driver_could_not_make_is_read_by_a_session(
    astore: AsyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, read = by(astore), []
    session = astore._by_session

    async def counted(text: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        read.append(text)
        return await session(text, given)

    monkeypatch.setattr(astore, "_by_session", counted)
    assert await astore.read(DAY) == [{"day": [date(2024, 5, 6)]}]
    assert read == []
    monkeypatch.setattr(reader, "_private", reader._private._replace(broken=Date))
    assert await astore.read(DAY) == [{"day": [date(2024, 5, 6)]}]
    assert len(read) == 1


async def test_a_driver_without_such_a_pool_is_read_by_sessions(
    astore: AsyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later:
        """A driver whose pool keeps its connections elsewhere."""

    later: Any = Later()
    assert direct(later, "neo4j", 1.0) is None
    monkeypatch.setattr(astore, "_direct", None)
    assert await astore.read(MANY, n=1) == [{"n": 1}]
