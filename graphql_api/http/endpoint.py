"""POST /graphql: Strawberry's ASGI view with our tokens, bounds, error codes and JSON."""

import asyncio
from collections.abc import Callable
from typing import Any

from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graphql_api.config import Limits
from graphql_api.context import Context
from graphql_api.errors import ApiError, BadInput, DeadlineExceeded, reported
from graphql_api.http.answer import json_response, refusal
from graphql_api.http.request import bounded, operation_in

Admit = Callable[[str | None], Context]
"""From an Authorization header to the context of the request; raises Unauthenticated."""


class GraphQLEndpoint(GraphQL[Context, None]):
    """Answers one operation per request; every request needs a token, introspection too.

    Multipart uploads, batches and subscriptions are off.
    """

    def __init__(self, schema: Schema, admit: Admit, limits: Limits) -> None:
        super().__init__(schema, graphql_ide=None, allow_queries_via_get=False, subscription_protocols=())
        self._admit = admit
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application; what Strawberry refuses as plain text is refused with a code."""
        try:
            response = await self.run(Request(scope, bounded(receive, self._limits.max_body_bytes)))
        except ApiError as error:
            response = refusal(error)
        except HTTPException as error:
            response = refusal(BadInput(error.reason), error.status_code)
        await response(scope, receive, send)

    async def get_context(self, request: Any, response: Any) -> Context:  # noqa: ARG002  # Strawberry's signature
        """Whoever asks, and loaders of the request's own."""
        return self._admit(request.headers.get("authorization"))

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """One operation; raises BadInput or TooLarge."""
        return operation_in(request.content_type, await request.get_body())

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """The result within the deadline; the status is 400 where nothing was executed."""
        context.operation_name = request_data.operation_name
        try:
            async with asyncio.timeout(self._limits.deadline_s):
                result = await super().execute_single(
                    request, request_adapter, sub_response, context, root_value, request_data
                )
        except TimeoutError:
            return _late(self._limits.deadline_s)
        if isinstance(result, PreExecutionError):
            sub_response.status_code = 400
        return result

    async def process_result(
        self,
        request: Request,  # noqa: ARG002  # Strawberry's signature
        result: ExecutionResult,
    ) -> GraphQLHTTPResponse:
        """The body; errors with their codes, and no `data` where nothing was executed."""
        body: dict[str, Any] = {} if isinstance(result, PreExecutionError) else {"data": result.data}
        if result.errors:
            body["errors"] = reported(result.errors)
        return body  # type: ignore[return-value]  # a TypedDict of the same keys

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """`response_data` as compact JSON."""
        return json_response(response_data, sub_response.status_code or 200)


def _late(seconds: float) -> ExecutionResult:
    cause = DeadlineExceeded(f"the request took longer than {seconds:g} s; ask for less at once")
    return ExecutionResult(data=None, errors=[GraphQLError(str(cause), original_error=cause)])
