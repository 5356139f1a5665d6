"""What is asked of the engine about each employee, kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")
_MOST = 10_000
"""Answers kept at most; then all are forgotten."""


class _Reading(NamedTuple, Generic[T]):
    value: T
    at: float


class Kept(Generic[T]):
    """Each employee's answer, at most `keep_s` seconds old; many requests at once ask for it once."""

    def __init__(self, ask: Callable[[str], Awaitable[T]], keep_s: float = 30.0) -> None:
        self._ask = ask
        self._keep_s = keep_s
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """A lock for each employee who is being asked about; it goes with the last request that waits."""
        self._last: dict[str, _Reading[T]] = {}
        self._forgotten = 0
        """How often all answers were forgotten."""

    async def of(self, employee_id: str) -> T:
        """What the engine says of the employee."""
        last = self._fresh(employee_id)
        if last is None:
            async with self._asking.setdefault(employee_id, asyncio.Lock()):
                last = self._fresh(employee_id) or await self._asked(employee_id)
        return last.value

    def forget(self) -> None:
        """Forget all answers, also those that are under way: whoever asks from now on is told anew."""
        self._forgotten += 1
        self._last.clear()

    def _fresh(self, employee_id: str) -> _Reading[T] | None:
        last = self._last.get(employee_id)
        return last if last and monotonic() - last.at <= self._keep_s else None

    async def _asked(self, employee_id: str) -> _Reading[T]:
        began, forgotten = monotonic(), self._forgotten
        read = _Reading(await self._ask(employee_id), began)
        if forgotten == self._forgotten:
            self._keep(employee_id, read)
        return read

    def _keep(self, employee_id: str, read: _Reading[T]) -> None:
        if len(self._last) >= _MOST:
            self._last.clear()
        self._last[employee_id] = read
