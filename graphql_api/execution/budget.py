"""What one answer may still grow by, until when, and when its request lets others have a turn."""

import asyncio
from collections import deque
from collections.abc import Collection
from time import perf_counter
from typing import Any

import orjson

from graphql_api.config import Limits
from graphql_api.errors import ApiError, DeadlineExceeded, TooCostly

_SLICE_S = 0.01
"""Computing for longer than this, a request lets the event loop answer others."""


_INTROSPECTED = 2
"""What an object of introspection counts: each is walked. Tools ask for the whole schema, about 5,000."""


class AnswerTooLarge(TooCostly):
    """The answer grew past a bound while it was built; all of it is refused."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the answer {what}; ask for less at once")


class Budget:
    """Objects, values, bytes and time of one answer."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._objects = 0
        self._values = 0
        self._bytes = 0
        self._ends = perf_counter() + limits.deadline_s
        self.exceeded: ApiError | None = None
        """Set, and raised, when the answer grew past a bound or its time is over."""

    def check(self) -> None:
        """Raise what was exceeded, if anything was."""
        if self.exceeded is not None:
            raise self.exceeded

    def add_object(self, kind: str, names: Collection[str]) -> None:
        """An object of this type, with fields under these names; raises what was exceeded."""
        self._objects += _INTROSPECTED if kind.startswith("__") else 1
        self._values += len(names)
        self._bytes += sum(map(len, names)) + 4 * len(names)
        self._check()

    def add_leaf(self, value: Any) -> None:
        """A single value; raises what was exceeded."""
        self._bytes += len(value) if isinstance(value, str) else 8
        self._check()

    def add_whole(self, value: Any) -> int:
        """A part of the answer that was written at once, in bytes; raises what was exceeded."""
        taken = len(orjson.dumps(value))
        self.add_bytes(taken)
        return taken

    def add_bytes(self, taken: int) -> None:
        """So many bytes more; fewer than none where a part is written anew. Raises what was exceeded."""
        self._bytes += taken
        self._check()

    def add_error(self, error: Exception) -> None:
        """An entry of `errors`: the message, where it stands, its code; raises what was exceeded."""
        self._bytes += 200 + len(str(error))
        self._check()

    def _check(self) -> None:
        most = self._limits
        if self._bytes > most.max_answer_bytes:
            self._exceed(AnswerTooLarge(f"is longer than {most.max_answer_bytes} bytes"))
        if self._objects > most.max_cost:
            self._exceed(AnswerTooLarge(f"holds more than {most.max_cost} objects"))
        if self._values > most.max_values:
            self._exceed(AnswerTooLarge(f"holds more than {most.max_values} values"))
        if perf_counter() > self._ends:
            self._exceed(DeadlineExceeded(most.deadline_s))

    def _exceed(self, error: ApiError) -> None:
        self.exceeded = error
        raise error


class Turns:
    """Lets other requests run while one computes: asyncio itself goes on until a request waits."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._since = perf_counter()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._quiet = asyncio.Event()

    def due(self) -> bool:
        """Whether this request has computed long enough."""
        return perf_counter() - self._since > _SLICE_S

    async def give(self) -> None:
        """Wait until the others had their turn; the parts of one request that wait go on one by one."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        self._quiet.clear()
        if len(self._waiting) == 1:
            loop.call_soon(self._next)
        await turn

    def _next(self) -> None:
        """Called once in each round of the event loop; all go on where the rest is not computed any more."""
        self._since = perf_counter()
        woken = False
        while self._waiting and (self._budget.exceeded or not woken):
            turn = self._waiting.popleft()
            if not turn.done():  # cancelled meanwhile
                turn.set_result(None)
                woken = True
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
        else:
            self._quiet.set()

    async def quiet(self) -> None:
        """Wait until nothing of this request waits for its turn: what it asks then is asked together."""
        while self._waiting:
            await self._quiet.wait()
