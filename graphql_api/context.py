"""What one request carries: who asks, the engine, the data's clock, and loaders of its own."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from datetime import UTC, datetime
from typing import Any, TypeVar

import strawberry

from graph.plan import Ask, Plan, Row, arun
from graph.resolve_id import resolving
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import EngineLink
from graphql_api.loaders import Loaders
from graphql_api.security import Identity

T = TypeVar("T")


class Context:
    """Made anew for each request, so that nothing one caller loaded reaches another."""

    def __init__(self, link: EngineLink, clock: DataClock, identity: Identity) -> None:
        self.identity = identity
        self._link = link
        self._clock = clock
        self.loaders = Loaders(link)
        self._made: dict[Hashable, asyncio.Task[Any]] = {}

    @property
    def viewer(self) -> str | None:
        """The employee who asks; None for a service."""
        return self.identity.employee_id

    async def ask(self, plan: Plan[T]) -> T:
        """The answer of a domain service's plan."""
        return await arun(self._link, plan)

    async def rows(self, ask: Ask) -> list[Row]:
        """The rows of one query."""
        return await self._link.read(ask.name, **ask.params)

    async def once(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `make` gives; within this request it is made once per key, however many fields ask."""
        if key not in self._made:
            self._made[key] = asyncio.create_task(make())
            self._made[key].add_done_callback(_seen)
        made: T = await asyncio.shield(self._made[key])
        return made

    def end(self) -> None:
        """Stop what is still being made, because nobody waits for it any more."""
        for task in self._made.values():
            task.cancel()

    async def resolve(self, label: str, asked: str) -> str:
        """Our id for any id a user may hold; raises NotFound."""
        return await self.ask(resolving(label, asked))

    async def now(self) -> datetime:
        """The data's now."""
        return await self._clock.now()


def _seen(task: asyncio.Task[Any]) -> None:
    """Take note of a failure, so that asyncio does not complain where every field that asked is gone."""
    if not task.cancelled():
        task.exception()


Info = strawberry.Info[Context, None]


def moment(as_of: datetime | None) -> datetime | None:
    """A moment in UTC; one without an offset is read as UTC."""
    if as_of is None:
        return None
    return as_of.replace(tzinfo=UTC) if as_of.tzinfo is None else as_of.astimezone(UTC)
