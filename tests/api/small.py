"""The endpoint over a schema of a test's own: real HTTP messages, no engine."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from graph.store import AsyncStore, EngineUnavailable
from graphql_api.config import Limits
from graphql_api.context import Context
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import EngineLink
from graphql_api.execution.schema import BoundedSchema
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


class SmallApi:
    """Asks one operation at a time, each in a context of its own."""

    def __init__(
        self,
        query: type,
        limits: Limits | None = None,
        mutation: type | None = None,
        *,
        introspection: bool = True,
        registered: Mapping[str, str] | None = None,
    ) -> None:
        bounds = limits or Limits()
        link = NoEngine(_nowhere)
        self._endpoint = GraphQLEndpoint(
            BoundedSchema(
                query,
                mutation,
                limits=bounds,
                introspection=introspection,
                registered=None if registered is None else frozenset(registered.values()),
            ),
            lambda _: Context(link, DataClock(link), SERVICE, bounds),
            bounds,
            registered=registered,
        )

    async def request(self, method: str, **named: Any) -> httpx.Response:
        """The raw response to any HTTP request."""
        transport = httpx.ASGITransport(self._endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
            return await http.request(method, "/graphql", **named)

    async def answer(self, text: str, variables: dict[str, Any] | None = None) -> tuple[dict[str, Any], int]:
        """The body and the status, which in this media type tells of an invalid document, too."""
        accepted = {"accept": "application/graphql-response+json"}
        sent = {"query": text, "variables": variables or {}}
        response = await self.request("POST", json=sent, headers=accepted)
        return response.json(), response.status_code

    async def codes(self, text: str, variables: dict[str, Any] | None = None) -> set[str]:
        """The codes of the answer's errors."""
        body, _ = await self.answer(text, variables)
        return {error["extensions"]["code"] for error in body.get("errors", ())}
