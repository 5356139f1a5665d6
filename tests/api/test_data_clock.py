"""The data's "now" is read anew only when data may have come in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cypher import Query
from graphql_api.data_clock import DataClock

START = datetime(2025, 1, 1, tzinfo=UTC)


class Data:
    """Answers as the store does; each reading of the clock shows a later day."""

    def __init__(self) -> None:
        self.readings = 0
        self.mark: dict[str, Any] = {"runs": 1, "last_at": START, "unfinished": 0}

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        assert not params
        if asked == "derive.runs":
            return [dict(self.mark)]
        if asked == "derive.kept_clock":
            return []
        self.readings += 1
        return [{"at": START + timedelta(days=self.readings)}, {"at": None}]

    async def write(self, asked: str | Query, /, **params: Any) -> Any:
        raise AssertionError((asked, params))


async def test_it_is_read_again_after_a_run_only() -> None:
    data = Data()
    clock = DataClock(data, keep_s=-1.0)
    assert await clock.now() == await clock.now() == START + timedelta(days=1)
    data.mark["runs"] = 2
    assert await clock.now() == START + timedelta(days=2)


async def test_while_a_run_goes_on_it_is_read_each_time() -> None:
    data = Data()
    data.mark["unfinished"] = 1
    clock = DataClock(data, keep_s=-1.0)
    assert [await clock.now(), await clock.now()] == [START + timedelta(days=1), START + timedelta(days=2)]


async def test_within_the_time_it_is_kept_nothing_is_asked() -> None:
    data = Data()
    data.mark["unfinished"] = 1
    clock = DataClock(data, keep_s=60.0)
    assert await clock.now() == await clock.now()
    assert data.readings == 1


async def test_in_doubt_it_is_read_again_though_it_is_kept() -> None:
    data = Data()
    data.mark["unfinished"] = 1
    clock = DataClock(data, keep_s=60.0)
    assert await clock.now() == START + timedelta(days=1)
    clock.doubt()
    assert await clock.now() == await clock.now() == START + timedelta(days=2)


async def test_a_fixed_now_asks_nothing() -> None:
    data = Data()
    clock = DataClock(data, keep_s=-1.0, fixed=START)
    assert await clock.now() == START
    assert data.readings == 0
