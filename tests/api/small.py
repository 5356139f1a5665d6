"""The endpoint over a schema of a test's own: real HTTP messages, no engine."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from graph.store import AsyncStore, EngineUnavailable
from graphql_api.config import Limits
from graphql_api.context import Context
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import EngineLink
from graphql_api.execution.bounds import bounded_schema
from graphql_api.http.endpoint import GraphQLEndpoint
from graphql_api.security import Identity

_NOW = datetime.now(UTC)
SERVICE = Identity(
    token_id="test", employee_id=None, role="reader", created_at=_NOW, expires_at=_NOW + timedelta(days=1)
)


async def _nowhere() -> AsyncStore:
    raise EngineUnavailable("tests over a small schema have no engine")


class NoEngine(EngineLink):
    """Never has trouble, for nothing is asked of it."""

    async def trouble(self) -> None:
        """None."""


@dataclass(frozen=True)
class SmallApi:
    """Asks one operation at a time, each in a context of its own."""

    query: type
    limits: Limits = field(default_factory=Limits)

    async def answer(self, text: str, variables: dict[str, Any] | None = None) -> tuple[dict[str, Any], int]:
        """The body and the status."""
        link = NoEngine(_nowhere)
        endpoint = GraphQLEndpoint(
            bounded_schema(self.limits, self.query),
            lambda _: Context(link, DataClock(link), SERVICE, self.limits),
            self.limits,
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(endpoint), base_url="http://api") as http:
            response = await http.post("/graphql", json={"query": text, "variables": variables or {}})
        return response.json(), response.status_code
