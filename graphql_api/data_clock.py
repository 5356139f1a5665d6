"""The data's own "now", kept for a while: finding it reads a maximum per label."""

import asyncio
from datetime import datetime
from time import monotonic

from graph.clock import clock
from graph.plan import AsyncReader, arun


class DataClock:
    """The newest moment in the data, at most `keep_s` seconds old; many requests at once ask for it once."""

    def __init__(self, store: AsyncReader, keep_s: float = 30.0) -> None:
        self._store = store
        self._keep_s = keep_s
        self._asking = asyncio.Lock()
        self._read: tuple[datetime, float] | None = None

    async def now(self) -> datetime:
        """The data's now."""
        return self._kept() or await self._asked()

    def _kept(self) -> datetime | None:
        if self._read is None or monotonic() - self._read[1] > self._keep_s:
            return None
        return self._read[0]

    async def _asked(self) -> datetime:
        async with self._asking:
            kept = self._kept()
            if kept is None:
                kept = await arun(self._store, clock())
                self._read = (kept, monotonic())
            return kept
