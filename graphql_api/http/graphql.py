"""POST /graphql: who asks, what is asked, the answer as JSON."""

from collections.abc import Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graphql_api.context import Context
from graphql_api.errors import ApiError, Unauthenticated
from graphql_api.execution import Executor, refused
from graphql_api.http.body import question_in
from graphql_api.security import Gate, Identity


class GraphQLEndpoint:
    """Answers one operation per request; every request needs a token, introspection too."""

    def __init__(
        self, executor: Executor, gate: Gate, context: Callable[[Identity], Context], max_body_bytes: int
    ) -> None:
        self._executor = executor
        self._gate = gate
        self._context = context
        self._max_body_bytes = max_body_bytes

    async def __call__(self, request: Request) -> Response:
        """The HTTP response to a GraphQL request."""
        try:
            identity = self._gate.admit(request.headers.get("authorization"))
            question = await question_in(request, self._max_body_bytes)
        except ApiError as error:
            return refusal(error)
        answered = await self._executor.answer(question, self._context(identity))
        return json_response(answered.body, answered.status)


def json_response(body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as compact JSON."""
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


def refusal(error: ApiError) -> Response:
    """A request refused before it ran; a missing or bad token also says how to authenticate (RFC 6750)."""
    challenge = (
        {"WWW-Authenticate": 'Bearer realm="relgraph"'} if isinstance(error, Unauthenticated) else None
    )
    return json_response(refused(error), error.status, challenge)
