"""Moments from the wire, quickly, on our own connections only.

The driver makes a `neo4j.time.DateTime` with a pytz zone of every moment: some 25 µs, more than the
engine needs for a small row. We read moments as aware UTC `datetime` anyway (`convert`), so each connection
that a store opens gets a function that adds to the epoch instead: under a microsecond (decision record
0012; `python -m bench.hydration` prints what a moment costs either way, the engine's part included). A
driver that others open in the same process reads as it always did.

A connection's table of such functions is private to the driver: where a later one lacks it, nothing is
replaced, and `convert` does the work.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import AsyncDriver, Driver

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UTC_TAGS = (b"I", b"i", b"d")
"""Bolt's structures for a moment: with an offset, with a named zone, without either (a clock time).

The first two of Bolt 4 (`F`, `f`) count seconds of local time; they are left to the driver.
"""


def moment(seconds: int, nanoseconds: int, tz: int | str | None = None) -> datetime:
    """An aware UTC datetime of seconds since the epoch in UTC, to the microsecond; `tz` does not move it.

    Without `tz` the engine sent a clock time, which here is UTC.
    """
    del tz
    return _EPOCH + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)


def read_moments(driver: Driver | AsyncDriver) -> None:
    """Have the connections that this driver opens from now on read moments by `moment`."""
    pool = getattr(driver, "_pool", None)
    opener = getattr(pool, "opener", None)
    if pool is None or opener is None:
        return
    pool.opener = _awaited(opener) if isinstance(driver, AsyncDriver) else _blocking(opener)


def _blocking(opener: Callable[..., Any]) -> Callable[..., Any]:
    def opened(*args: Any, **kwargs: Any) -> Any:
        return _quickened(opener(*args, **kwargs))

    return opened


def _awaited(opener: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def opened(*args: Any, **kwargs: Any) -> Any:
        return _quickened(await opener(*args, **kwargs))

    return opened


def _quickened(connection: Any) -> Any:
    handler = getattr(connection, "hydration_handler", None)
    functions = getattr(handler, "struct_hydration_functions", None)
    if handler is not None and functions is not None:
        ours = {tag: moment for tag in _UTC_TAGS if tag in functions}
        handler.struct_hydration_functions = functions | ours
    return connection
