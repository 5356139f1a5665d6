"""Responses as JSON."""

from typing import Any

import orjson
from starlette.responses import Response

from graphql_api.errors import ApiError, Unauthenticated, refused


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as compact JSON."""
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


def refusal(error: ApiError, status: int | None = None) -> Response:
    """A request refused before it ran; a missing or bad token also says how to authenticate (RFC 6750)."""
    challenge = (
        {"WWW-Authenticate": 'Bearer realm="relgraph"'} if isinstance(error, Unauthenticated) else None
    )
    return json_response(refused(error), status or error.status, challenge)
