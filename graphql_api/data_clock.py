"""The company's now, kept for a while."""

import asyncio
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from graph.clock import data_now, finished_runs
from graph.service import GraphStore, Row


class _Reading(NamedTuple):
    """What the clock showed, the runs recorded before it was read, and when this was last known right."""

    shown: datetime
    runs: Row | None
    at: float


class DataClock:
    """The company's now, at most `keep_s` seconds old; many requests at once ask for it once.

    After `keep_s` it asks whether a run has ended since, and only then reads the clock anew. `fixed`: a now
    for demonstrations and tests, which nothing moves.
    """

    def __init__(self, store: GraphStore, keep_s: float = 30.0, fixed: datetime | None = None) -> None:
        self._store = store
        self._keep_s = keep_s
        self._fixed = fixed
        self._asking = asyncio.Lock()
        self._last: _Reading | None = None

    async def now(self) -> datetime:
        """The data's now."""
        return self._fixed or self._kept() or await self._asked()

    def _kept(self) -> datetime | None:
        if self._last is None or monotonic() - self._last.at > self._keep_s:
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
        runs = await finished_runs(self._store)
        if last is not None and runs is not None and runs == last.runs:
            return last._replace(at=monotonic())
        return _Reading(await data_now(self._store), runs, monotonic())
