"""What is asked of the engine about each employee, kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

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
        self._asking = asyncio.Lock()
        self._last: dict[str, _Reading[T]] = {}

    async def of(self, employee_id: str) -> T:
        """What the engine says of the employee."""
        last = self._fresh(employee_id)
        if last is None:
            async with self._asking:
                last = self._fresh(employee_id) or await self._asked(employee_id)
        return last.value

    def forget(self) -> None:
        """Forget all answers."""
        self._last.clear()

    def _fresh(self, employee_id: str) -> _Reading[T] | None:
        last = self._last.get(employee_id)
        return last if last and monotonic() - last.at <= self._keep_s else None

    async def _asked(self, employee_id: str) -> _Reading[T]:
        read = _Reading(await self._ask(employee_id), monotonic())
        if len(self._last) >= _MOST:
            self._last.clear()
        self._last[employee_id] = read
        return read
