"""Responses as JSON."""

from typing import Any

import orjson
from starlette.responses import Response

from graphql_api.errors import (
    ApiError,
    InvalidDocument,
    NotByGet,
    Overloaded,
    RequestTooSlow,
    TooLarge,
    TooMany,
    Unauthenticated,
    refused,
)
from graphql_api.http.accept import JSON


def json_response(
    body: Any, status: int = 200, headers: dict[str, str] | None = None, media: str = JSON
) -> Response:
    """`body` as compact JSON."""
    return Response(orjson.dumps(body), status, headers, media_type=media)


def refusal(error: ApiError, media: str = JSON) -> Response:
    """A request refused before it ran; where HTTP has a header that says what to do instead, with it.

    A document that is invalid is answered in `application/json` with 200, as GraphQL over HTTP says: older
    clients do not look into an answer of another status.
    """
    well_formed = media == JSON and isinstance(error, InvalidDocument)
    return json_response(refused(error), 200 if well_formed else error.status, _advice(error), media)


def _advice(error: ApiError) -> dict[str, str] | None:
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": 'Bearer realm="relgraph"'}  # RFC 6750
    if isinstance(error, Overloaded | TooMany):
        return {"Retry-After": str(error.wait_s)}
    if isinstance(error, NotByGet):
        return {"Allow": "POST"}
    if isinstance(error, RequestTooSlow | TooLarge):
        return {"Connection": "close"}
    return None
