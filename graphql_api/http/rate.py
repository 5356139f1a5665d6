"""How often one caller may do something: token buckets (Turner 1986), one for each caller, in memory."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import NamedTuple

from graphql_api.errors import TooMany

_MOST = 10_000
"""Callers remembered; the one that was away longest is forgotten first, and begins anew."""


class _Level(NamedTuple):
    left: float
    at: float


class Rate:
    """`per_s` of something in the long run, `burst` at once."""

    def __init__(self, per_s: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self._per_s = per_s
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[str, _Level] = OrderedDict()

    def check(self, caller: str, amount: float = 1) -> None:
        """Raise TooMany where so much is not left; nothing is taken."""
        left = self._left(caller)
        if left < amount:
            raise TooMany(ceil((amount - left) / self._per_s))

    def take(self, caller: str, amount: float = 1) -> None:
        """Take so much; raises TooMany where it is not left, and then takes nothing."""
        self.check(caller, amount)
        self._levels[caller] = _Level(self._left(caller) - amount, self._clock())
        self._levels.move_to_end(caller)
        if len(self._levels) > _MOST:
            self._levels.popitem(last=False)

    def _left(self, caller: str) -> float:
        level = self._levels.get(caller)
        if level is None:
            return self._burst
        return min(self._burst, level.left + self._per_s * (self._clock() - level.at))
