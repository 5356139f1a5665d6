"""What one answer may still grow by, and when its request lets others have a turn."""

import asyncio
from collections.abc import Collection
from time import perf_counter
from typing import Any

import orjson

from graphql_api.config import Limits
from graphql_api.errors import TooCostly

_SLICE_S = 0.01
"""Computing for longer than this, a request lets the event loop answer others."""


_INTROSPECTED = 4
"""What an object of introspection counts: each is walked. What GraphiQL asks for holds about 1,100."""


class AnswerTooLarge(TooCostly):
    """The answer grew past a bound while it was built; all of it is refused."""


class Budget:
    """Objects, values and bytes of one answer; each raises AnswerTooLarge when there are too many."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._objects = 0
        self._values = 0
        self._bytes = 0

    def add_object(self, kind: str, names: Collection[str]) -> None:
        """An object of this type, with fields under these names."""
        self._objects += _INTROSPECTED if kind.startswith("__") else 1
        self._values += len(names)
        self._bytes += sum(map(len, names)) + 4 * len(names)
        if self._objects > self._limits.max_cost:
            raise AnswerTooLarge(f"the answer holds more than {self._limits.max_cost} objects; ask for less")
        if self._values > self._limits.max_values:
            raise AnswerTooLarge(f"the answer holds more than {self._limits.max_values} values; ask for less")
        self._check_bytes()

    def add_leaf(self, value: Any) -> None:
        """A single value."""
        self._bytes += len(value) if isinstance(value, str) else 8
        self._check_bytes()

    def add_whole(self, value: Any) -> None:
        """A part of the answer that was written at once."""
        self._bytes += len(orjson.dumps(value))
        self._check_bytes()

    def add_error(self, error: Exception) -> None:
        """An entry of `errors`: the message, where it stands, its code."""
        self._bytes += 200 + len(str(error))
        self._check_bytes()

    def _check_bytes(self) -> None:
        if self._bytes > self._limits.max_answer_bytes:
            raise AnswerTooLarge(
                f"the answer is longer than {self._limits.max_answer_bytes} bytes; ask for less at once"
            )


class Turns:
    """Lets other requests run while one computes: asyncio itself goes on until a request waits."""

    def __init__(self) -> None:
        self._since = perf_counter()
        self._one_at_a_time = asyncio.Lock()

    def due(self) -> bool:
        """Whether this request has computed long enough."""
        return perf_counter() - self._since > _SLICE_S

    async def give(self) -> None:
        """Wait until the others had their turn; those of one request that wait go on one by one."""
        async with self._one_at_a_time:
            if self.due():
                await asyncio.sleep(0)
                self._since = perf_counter()
