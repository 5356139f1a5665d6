"""How many requests run at once, found from how much longer they take than the best of their kind.

Additive increase, multiplicative decrease (Chiu and Jain 1989), as TCP finds its window: while the bound is
met and requests are quick it grows, and where too many take longer than `TARGET_S` more than the best of
their kind it shrinks. Requests beyond it wait in a short queue for a bounded time, since a long one only
makes everybody late (CoDel, Nichols and Jacobson 2012); then they are refused, with the time until their
turn comes at the rate that was measured. A request that is slow by itself, alone on an idle machine,
shrinks nothing.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from time import perf_counter

from graphql_api.errors import Overloaded

TARGET_S = 0.1
"""What a request may take longer than the best of its kind."""
LATE_SHARE = 0.05
"""Of the requests of a window, at most so many may take longer."""
PATIENCE_S = 0.04
"""How long a request waits for its turn."""
FEWEST = 2
"""The bound is never smaller."""
ROOM = 8
"""So many may wait at least: what a few people at a time ask is not refused."""
FIRST = 32
WINDOW_S, WINDOW_REQUESTS = 0.25, 20
"""A window ends after this time and so many requests."""
RETURNING = 0.2
"""Refused clients that are told to come back, per request answered. Whoever was answered asks again at once:
of six that come five are answered and one is refused."""
LONGEST_RETRY_S = 30
_KINDS = 1_000
_FORGETS_PER_S = 0.0005
"""By this share the best time of a kind grows each second, for machines and data change."""


class Admission:
    """Lets requests in, at most `most` at once; `kind` names those that take about as long."""

    def __init__(self, most: int, clock: Callable[[], float] = perf_counter) -> None:
        self._most = most
        self._clock = clock
        self.limit = float(min(FIRST, most))
        self.running = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._best: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Of each kind its best time, and when that was."""
        self._window = _Window(clock())
        self._rate = 0.0
        self._promised = clock()
        """When the last one of those who were refused is to come back."""

    async def enter(self) -> None:
        """Wait for a turn; raises Overloaded."""
        if self.running < int(self.limit) and not self._waiting:
            self.running += 1
            return
        self._window.met = True
        if len(self._waiting) >= max(self.limit, ROOM):
            raise self._refusal()
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await turn
        except TimeoutError as error:
            if not _granted(turn):
                self._drop(turn)
                raise self._refusal() from error
        except asyncio.CancelledError:
            if _granted(turn):
                self._give_back()
            else:
                self._drop(turn)
            raise

    def leave(self, kind: str, seconds: float) -> None:
        """A request of this kind, which took so long with its waiting, has ended."""
        now = self._clock()
        self._window.ended += 1
        self._window.late += seconds - self._best_of(kind, seconds, now) > TARGET_S
        if self._window.ended >= WINDOW_REQUESTS and now - self._window.began >= WINDOW_S:
            self._adapt(now)
        self._give_back()

    def _best_of(self, kind: str, seconds: float, now: float) -> float:
        best, at = self._best.get(kind, (seconds, now))
        best *= 1 + _FORGETS_PER_S * (now - at)
        if seconds <= best or kind not in self._best:
            self._best[kind] = (seconds, now)
        self._best.move_to_end(kind)
        if len(self._best) > _KINDS:
            self._best.popitem(last=False)
        return min(best, seconds)

    def _adapt(self, now: float) -> None:
        window = self._window
        if window.late > LATE_SHARE * window.ended:
            self.limit = max(self.limit * 0.8, min(FEWEST, self._most))
        elif window.met:
            self.limit = min(self.limit + 1, self._most)
        self._rate = window.ended / (now - window.began)
        self._window = _Window(now)

    def _give_back(self) -> None:
        self.running -= 1
        while self._waiting and self.running < int(self.limit):
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self.running += 1

    def _drop(self, turn: asyncio.Future[None]) -> None:
        if turn in self._waiting:
            self._waiting.remove(turn)

    def _refusal(self) -> Overloaded:
        """Those who are refused come back one after the other, at a share of the rate that was measured."""
        now = self._clock()
        between = 1 / (RETURNING * self._rate) if self._rate else 0.0
        self._promised = min(max(self._promised, now) + between, now + LONGEST_RETRY_S)
        return Overloaded(self.running, max(ceil(self._promised - now), 1))


class _Window:
    """What was seen since `began`: requests that ended, those of them late, whether the bound was met."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.ended = self.late = 0
        self.met = False


def _granted(turn: asyncio.Future[None]) -> bool:
    return turn.done() and not turn.cancelled()
