"""A call of an engine whose own process is paused ends with an error, however long queries may take."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from graph.store.errors import EngineUnavailable

LOOK_S = 1.0
"""How often a call that has no answer looks at the process; a query that takes long is left to run."""


@asynccontextmanager
async def watched(stands_still: Callable[[], bool]) -> AsyncIterator[None]:
    """Raises EngineUnavailable once `stands_still` says so while the body waits."""
    loop = asyncio.get_running_loop()
    next_look: asyncio.TimerHandle

    def look() -> None:
        nonlocal next_look
        if stands_still():
            limit.reschedule(loop.time())
        else:
            next_look = loop.call_later(LOOK_S, look)

    next_look = loop.call_later(LOOK_S, look)
    try:
        async with asyncio.timeout(None) as limit:
            yield
    except TimeoutError:
        if limit.expired():
            why = "the process of the graph engine is paused; continue it, or run `relgraph engine stop`"
            raise EngineUnavailable(why) from None
        raise
    finally:
        next_look.cancel()
