"""Health and metrics for whoever operates the service."""

from collections.abc import Callable
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.store import StoreError
from graphql_api.config import wall_clock
from graphql_api.context import Context
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import EngineLink
from graphql_api.errors import ApiError, Forbidden
from graphql_api.http.answer import json_response, refusal
from graphql_api.http.metrics import Measures

Admit = Callable[[str | None], Context]
"""The context of whoever sent this Authorization header."""


class Health:
    """`live`: the process answers; `ready`: the engine too; `metrics`: for Prometheus."""

    def __init__(self, link: EngineLink, admit: Admit, clock: DataClock, measures: Measures) -> None:
        self._link = link
        self._admit = admit
        self._clock = clock
        self._measures = measures

    async def live(self, _request: Request) -> Response:
        """200 as long as the process runs."""
        return json_response({"status": "live"})

    async def ready(self, _request: Request) -> Response:
        """200 when the engine answers, and a first page within its deadline; else 503 with the reason."""
        reason = await self._link.unready()
        if reason is not None:
            return _unavailable(reason)
        return json_response({"status": "ready"})

    async def metrics(self, request: Request) -> Response:
        """Prometheus text (exposition format 0.0.4); needs a token of role `admin`."""
        try:
            await self._check(request.headers.get("authorization"))
        except ApiError as error:
            return refusal(error)
        text = await self._measures.exposition(self._link, self._clock, wall_clock())
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    async def _check(self, authorization: str | None) -> None:
        """Raise Forbidden or Unauthenticated for whoever may not read metrics."""
        context = self._admit(authorization)
        if not context.grant.operates:
            raise Forbidden("metrics need a token of role `admin`")
        with suppress(StoreError):  # an engine that is lost is when metrics are needed most
            await context.rows.check()


def _unavailable(reason: str) -> Response:
    return json_response({"status": "unavailable", "reason": reason}, 503, {"Retry-After": "2"})
