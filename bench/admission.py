"""What a crowd gets from the rule of admission alone: `python -m bench.admission` (no server, virtual time).

A server that answers so many requests a second, shared by all that run at once, each of which also waits for
an engine; clients ask one question after the other, and whoever is refused waits as Retry-After says. The
clock is the event loop's own and jumps to the next event, so that nothing else on the machine plays a part:
what `python -m bench.crowd` measures on a real server, this computes for servers of any speed, also for one
that is held up by others for part of the time.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from random import Random
from typing import Any, NamedTuple, TypeVar

import numpy as np

from graphql_api.errors import Overloaded
from graphql_api.http.admission import Admission

T = TypeVar("T")
RATES = (600, 300, 150, 80)
"""Requests a second."""
SIZES = (16, 64)
KINDS = (0.6, 1.0, 1.4)
"""What documents take, beside their mean."""
ENGINE_S = 0.004
REFUSAL = 0.1
"""What a refusal takes, beside an answer."""
STALLS = (1.0, 1.0, 1.0, 0.4)
"""Of its speed a held-up server has one of these, for STALL_S each."""
STALL_S = 0.3
WARM_S, SECONDS = 5.0, 15.0


class Got(NamedTuple):
    """What a crowd got: complete answers a second, their 99th percentile, the share that was refused."""

    rate: float
    p99_s: float
    refused: float


class _Jumping(selectors.DefaultSelector):
    """Waits for nothing: a time-out has passed at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout:
            self.now += timeout
        return events


class _VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes as fast as its events are worked on."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


class _Server:
    """A processor that all requests at work share equally."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._left: dict[asyncio.Future[None], float] = {}
        self._at = loop.time()
        self._next: asyncio.TimerHandle | None = None
        self._speed = 1.0

    async def work(self, seconds: float) -> None:
        """So many seconds of the whole processor."""
        self._pass()
        done = self._loop.create_future()
        self._left[done] = seconds
        self._plan()
        await done

    def run_at(self, speed: float) -> None:
        """From now on at this share of its speed."""
        self._pass()
        self._speed = speed
        self._plan()

    def _pass(self) -> None:
        now = self._loop.time()
        if self._left:
            each = (now - self._at) * self._speed / len(self._left)
            self._left = {one: left - each for one, left in self._left.items()}
        self._at = now

    def _plan(self) -> None:
        if self._next:
            self._next.cancel()
        if self._left:
            soonest = max(min(self._left.values()), 0.0) * len(self._left) / self._speed
            self._next = self._loop.call_later(soonest, self._end)

    def _end(self) -> None:
        self._pass()
        for one in [one for one, left in self._left.items() if left <= 1e-9]:
            del self._left[one]
            one.set_result(None)
        self._plan()


def met(rate: float, clients: int, *, stalls: bool = False, seed: int = 1) -> Got:
    """What so many clients get of a server that can answer `rate` requests a second."""
    return _in_virtual_time(_met(rate, clients, stalls, Random(seed)))


def _in_virtual_time(work: Coroutine[Any, Any, T]) -> T:
    loop = _VirtualLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


async def _met(rate: float, clients: int, stalls: bool, draw: Random) -> Got:
    loop = asyncio.get_running_loop()
    server, admission = _Server(loop), Admission(256, loop.time)
    taken: list[float] = []
    refused = 0

    async def client() -> None:
        nonlocal refused
        await asyncio.sleep(draw.random() / 100)
        while (began := loop.time()) < WARM_S + SECONDS:
            kind = draw.randrange(len(KINDS))
            try:
                await admission.enter()
            except Overloaded as error:
                refused += began > WARM_S
                await server.work(REFUSAL / rate)
                await asyncio.sleep(error.wait_s)
                continue
            half = 0.5 * KINDS[kind] / rate * draw.lognormvariate(-0.06, 0.35)
            await server.work(half)
            await asyncio.sleep(ENGINE_S)
            await server.work(half)
            admission.leave(str(kind), loop.time() - began)
            if began > WARM_S:
                taken.append(loop.time() - began)

    async def hold_up() -> None:
        while stalls:
            server.run_at(draw.choice(STALLS))
            await asyncio.sleep(STALL_S)

    others = asyncio.create_task(hold_up())
    await asyncio.gather(*(client() for _ in range(clients)))
    others.cancel()
    return Got(len(taken) / SECONDS, float(np.percentile(taken, 99)), refused / (refused + len(taken)))


def main() -> None:
    """Print a line for each speed of a server, alone on its machine and held up by others."""
    print("rate  held up  at 16: per s, p99 ms, refused   at 64: per s, p99 ms, refused   64 to 16")
    for stalls in (False, True):
        for rate in RATES:
            few, many = (met(rate, size, stalls=stalls) for size in SIZES)
            held = "yes" if stalls else "no"
            print(
                f"{rate:4}  {held:7} {_told(few)}   {_told(many)}   {many.rate / few.rate:6.0%}", flush=True
            )


def _told(got: Got) -> str:
    return f"{got.rate:9.0f} {1e3 * got.p99_s:9.0f} {got.refused:8.1%}"


if __name__ == "__main__":
    main()
