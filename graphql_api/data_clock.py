"""The company's now, kept for a while."""

import asyncio
from datetime import datetime
from math import inf
from time import monotonic
from typing import NamedTuple

from graph.clock import finished_runs, kept_clock, newest_event
from graph.service import GraphStore, Row


class _Reading(NamedTuple):
    """What the clock showed, the runs recorded before it was read, and from when on this was known right."""

    shown: datetime
    runs: Row | None
    at: float


class DataClock:
    """The company's now, at most `keep_s` seconds old; many requests at once ask for it once.

    In a graph that no load has filled it is the newest event, which takes long to find: it is looked for
    again only where a run has ended. `fixed`: a now for demonstrations and tests, which nothing moves.
    """

    def __init__(self, store: GraphStore, keep_s: float = 30.0, fixed: datetime | None = None) -> None:
        self._store = store
        self._keep_s = keep_s
        self._fixed = fixed
        self._asking = asyncio.Lock()
        self._last: _Reading | None = None
        self._doubted_at = -inf

    async def now(self) -> datetime:
        """The data's now."""
        return self._fixed or self._kept() or await self._asked()

    def doubt(self) -> None:
        """Look again for whoever asks next: something was written that may have moved it."""
        self._doubted_at = monotonic()

    def _kept(self) -> datetime | None:
        if self._last is None or self._last.at <= self._doubted_at:
            return None
        if monotonic() - self._last.at > self._keep_s:
            return None
        return self._last.shown

    async def _asked(self) -> datetime:
        async with self._asking:
            kept = self._kept()
            if kept is None:
                self._last = await self._read(self._last)
                kept = self._last.shown
            return kept

    async def _read(self, last: _Reading | None) -> _Reading:
        began = monotonic()
        kept = await kept_clock(self._store)
        if kept is not None:
            return _Reading(kept.now, None, began)
        runs = await finished_runs(self._store)
        if last is not None and runs is not None and runs == last.runs:
            return last._replace(at=began)
        return _Reading(await newest_event(self._store), runs, began)
