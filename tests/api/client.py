"""Asks the API as a client does: real HTTP messages into the application."""

from dataclasses import dataclass
from typing import Any

import httpx

from graph.store import AsyncStore

_BY_TIME = frozenset({"derive.kept_clock", "derive.clock", "derive.runs"})
"""Queries of the company's now, which is read anew when it is half a minute old, whatever is asked."""


@dataclass(frozen=True)
class Client:
    """A caller with a token."""

    http: httpx.AsyncClient
    token: str | None

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        """The raw response to a JSON body."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.http.post("/graphql", json=body, headers=sent | headers)

    async def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer: `data` and perhaps `errors`."""
        body: dict[str, Any] = (await self.post({"query": query, "variables": variables})).json()
        return body

    async def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that must have no errors."""
        body = await self.answer(query, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    async def codes(self, query: str, **variables: Any) -> list[str]:
        """The codes of an answer that must have errors."""
        body = await self.answer(query, **variables)
        return [error["extensions"]["code"] for error in body["errors"]]


def calls(astore: AsyncStore) -> int:
    """How many queries have run, those left out that time alone brings."""
    counts = astore.metrics.snapshot()
    return sum(count.calls for name, count in counts.items() if name not in _BY_TIME)
