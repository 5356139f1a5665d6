"""The feed of a process: what listeners share, and that the clock is doubted before they are told."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from cypher import Query
from graphql_api.live.feed import Feed

START = datetime(2025, 1, 1, tzinfo=UTC)


class Log:
    """A change log with one change, and no runs."""

    def __init__(self) -> None:
        self.asked: list[str | Query] = []

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        assert params
        self.asked.append(asked)
        if asked == "feed.since":
            return [{"change_id": "c", "kind": "derive.gaps", "entity_ids": [], "at": START}]
        return []

    async def write(self, asked: str | Query, /, **params: Any) -> Any:
        raise AssertionError((asked, params))


async def test_the_clock_is_doubted_before_a_change_is_told_and_runs_are_read_once() -> None:
    log, doubts = Log(), []
    feed = Feed(log, lambda: START, lambda: doubts.append(listener.told.is_set()), pause_s=0.0)
    with feed.listening(lambda change: change.kind == "derive.gaps") as listener:
        await asyncio.gather(*(feed.runs() for _ in range(5)))
        assert log.asked.count("feed.runs") == 1
        await listener.told.wait()
        assert doubts == [False]
        await feed.runs()
        assert log.asked.count("feed.runs") == 2
    await feed.stop()
