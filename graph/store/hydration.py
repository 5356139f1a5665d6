"""Moments from the wire, quickly.

The driver makes a `neo4j.time.DateTime` with a pytz zone of every moment: some 25 µs, more than the
engine needs for a small row. We read moments as aware UTC `datetime` anyway (`convert`), so the function
that makes them is replaced by one that adds to the epoch: under a microsecond (`python -m
bench.hydration`, decision record 0012). Its name is private to the driver: where a later one lacks it,
nothing is replaced, and `convert` does the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "hydrate_datetime"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _temporal() -> ModuleType | None:
    """The driver's module for moments (Bolt 5 and later), where it has one with that function."""
    try:
        found = import_module("neo4j._codec.hydration.bolt.v2.temporal")
    except ModuleNotFoundError:
        return None
    return found if hasattr(found, _NAME) else None


_MODULE = _temporal()
DRIVERS_OWN: Any = getattr(_MODULE, _NAME, None)
"""The driver's function, None where it has no such."""


def moment(seconds: int, nanoseconds: int, tz: int | str | None = None) -> datetime:
    """An aware UTC datetime of seconds since the epoch in UTC, to the microsecond; `tz` does not move it.

    Without `tz` the engine told a clock time, which here is UTC.
    """
    del tz
    return _EPOCH + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)


def use_quick() -> None:
    """Have connections that open from now on read moments by `moment`."""
    if _MODULE is not None:
        setattr(_MODULE, _NAME, moment)


@contextmanager
def as_it_comes() -> Iterator[None]:
    """Connections that open meanwhile read moments as the driver does by itself."""
    if _MODULE is None:
        yield
        return
    before = getattr(_MODULE, _NAME)
    setattr(_MODULE, _NAME, DRIVERS_OWN)
    try:
        yield
    finally:
        setattr(_MODULE, _NAME, before)
