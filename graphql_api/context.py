"""What one request carries: who asks, the engine, and loaders of its own."""

from datetime import UTC, datetime
from typing import TypeVar

import strawberry

from graph.plan import Plan, arun
from graphql_api.engine_link import EngineLink
from graphql_api.security import Identity

T = TypeVar("T")


class Context:
    """Made anew for each request, so that nothing one caller loaded reaches another."""

    def __init__(self, link: EngineLink, identity: Identity) -> None:
        self.identity = identity
        self._link = link

    async def ask(self, plan: Plan[T]) -> T:
        """The answer of a domain service's plan."""
        return await arun(self._link, plan)


Info = strawberry.Info[Context, None]


def moment(as_of: datetime | None) -> datetime | None:
    """A moment in UTC; one without an offset is read as UTC."""
    if as_of is None:
        return None
    return as_of.replace(tzinfo=UTC) if as_of.tzinfo is None else as_of.astimezone(UTC)
