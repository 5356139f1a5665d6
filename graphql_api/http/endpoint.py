"""/graphql: Strawberry's ASGI view with our tokens, bounds, error codes and JSON."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import UNSET, Schema
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graph.store import EngineUnavailable, StoreError
from graphql_api.audit.journal import NoTrail
from graphql_api.audit.noting import PURPOSE, Noting
from graphql_api.config import Limits, wall_clock
from graphql_api.context import Context
from graphql_api.errors import (
    ApiError,
    DeadlineExceeded,
    MethodRefused,
    NotAcceptable,
    Reporter,
    RequestTooSlow,
    refused,
)
from graphql_api.http.accept import GRAPHQL_JSON, HTML, JSON, preferred
from graphql_api.http.answer import json_response, refusal
from graphql_api.http.page import Page
from graphql_api.http.persisted import PersistedDocuments
from graphql_api.http.rate import Rate
from graphql_api.http.request import bounded, operation_in, operation_of
from graphql_api.live.socket import Session
from graphql_api.live.wire import Protocol, Wire

Admit = Callable[[str | None], Context]
"""From an Authorization header to the context of the request; raises Unauthenticated or TokensUnreadable."""

_BY_GET = frozenset({OperationType.QUERY})
"""What may be asked by GET, which must change nothing."""
_LENIENCE_S = 0.5
"""An answer that is being computed ends by itself at its deadline; one that waits is cancelled then."""


class GraphQLEndpoint(GraphQL[Context, None]):
    """Answers one operation per request; every request needs a token, introspection too.

    By POST, or by GET where nothing is changed. A browser that asks for HTML gets the page, if there is one.
    Subscriptions come by WebSocket. Multipart uploads and batches are off.
    """

    websocket_adapter_class = Wire
    graphql_transport_ws_handler_class = Protocol  # type: ignore[assignment]  # its context is the session

    def __init__(
        self,
        schema: Schema,
        admit: Admit,
        limits: Limits,
        page: Page | None = None,
        session: Callable[[], Session] | None = None,
        registered: Mapping[str, str] | None = None,
        noting: Noting | None = None,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=limits.deadline_s),
            max_subscriptions_per_connection=limits.max_subscriptions,
        )
        self._session = session
        self._admit = admit
        self._limits = limits
        self._page = page
        self._noting = noting or Noting(NoTrail(), wall_clock)
        often = limits.requests_per_s
        self._rate = None if often is None else Rate(often, burst=max(1.0, 4 * often))
        self._persisted = PersistedDocuments(limits.persisted_bytes, registered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, bounded(receive, self._limits.max_body_bytes))
        response = await self._response(request)
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        try:
            if request.method not in ("GET", "POST"):
                raise MethodRefused("ask by GET or POST")
            media = request.state.media = self._media(request)
            if media == HTML and self._page:
                return await self._page(request)
            async with asyncio.timeout(self._limits.deadline_s + _LENIENCE_S):
                return await self._answered(request)
        except (TimeoutError, DeadlineExceeded):
            return await self._late(request)
        except ApiError as error:
            return refusal(error, getattr(request.state, "media", JSON))

    async def _late(self, request: Request) -> Response:
        """The request came too slowly, asked for too much, or the engine is gone; the engine is asked."""
        context: Context = request.state.context
        if context.operation is None:
            return refusal(RequestTooSlow(f"the request did not arrive within {self._limits.deadline_s:g} s"))
        trouble = await context.engine_trouble()
        cause = EngineUnavailable(trouble) if trouble else DeadlineExceeded(self._limits.deadline_s)
        return json_response({"data": None, **refused(cause)}, media=request.state.media)

    def _media(self, request: Request) -> str:
        """The form of the answer; raises NotAcceptable. What is posted is answered as JSON in any case."""
        accept = request.headers.get("accept", "")
        if request.method == "POST":
            return preferred(accept, (JSON, GRAPHQL_JSON)) or JSON
        page = self._page is not None and not {"query", "extensions", "documentId"} & {*request.query_params}
        media = preferred(accept, (JSON, GRAPHQL_JSON, HTML) if page else (JSON, GRAPHQL_JSON))
        if media is None:
            raise NotAcceptable(f"this address answers as {JSON}; say so in `Accept`")
        return media

    async def _answered(self, request: Request) -> Response:
        """The answer to one operation over HTTP; raises an ApiError.

        Strawberry's own way there makes an adapter and a response that nothing here needs.
        """
        context = await self._context(request)
        asked = await self._asked(request)
        allowed = None if request.method == "POST" else _BY_GET
        result = await self.schema.execute(
            asked.query, asked.variables, context, None, asked.operation_name, allowed
        )
        return json_response(self._body(request, context, result), media=request.state.media)

    async def _context(self, request: Request) -> Context:
        """Whoever asks, and loaders of the request's own."""
        request.state.context = context = self._admit(request.headers.get("authorization"))
        if self._rate is not None:
            self._rate.take(context.identity.token_id)
        with suppress(StoreError):  # an engine that is gone says so where it is asked
            await context.rows.check()
        return context

    async def _asked(self, request: Request) -> GraphQLRequestData:
        """One operation; raises BadInput or TooLarge."""
        if request.method == "GET":
            return operation_of(request.query_params, self._persisted)
        body = await request.body()
        return operation_in(request.headers.get("content-type"), body, self._persisted)

    def _body(self, request: Request, context: Context, result: ExecutionResult) -> dict[str, Any]:
        """What is answered; errors with their codes."""
        body: dict[str, Any] = {"data": result.data}
        if result.data is not None:
            self._noting.note(context.identity, context, "graphql", request.headers.get(PURPOSE))
        if result.errors:
            body["errors"] = Reporter(context.caller, context.document_name).reported(result.errors)
        return body

    async def get_context(self, request: Any, response: Any) -> Context:  # noqa: ARG002 - Strawberry's signature
        """Of a WebSocket what makes the contexts of its operations."""
        if self._session is None:
            raise RuntimeError("this endpoint holds no WebSockets")
        return self._session()  # type: ignore[return-value]  # Strawberry has one context for both

    async def on_ws_connect(self, context: Any) -> Any:
        """Admit whoever opened a WebSocket."""
        await context.open()
        return UNSET
