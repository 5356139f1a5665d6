"""Reads one GraphQL request from an HTTP body, bounded."""

from typing import Any

import orjson
from starlette.types import Message, Receive
from strawberry.http import GraphQLRequestData

from graphql_api.errors import BadInput, TooLarge


def bounded(receive: Receive, max_bytes: int) -> Receive:
    """The messages of a request; raises TooLarge as soon as its body is too long."""
    left = max_bytes

    async def received() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge(f"the request body is longer than {max_bytes} bytes")
        return message

    return received


def operation_in(content_type: str | None, body: bytes) -> GraphQLRequestData:
    """The operation in a JSON body; raises BadInput."""
    if "json" not in (content_type or ""):
        raise BadInput("send the query as JSON with `Content-Type: application/json`")
    return _operation(_decoded(body))


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the body is not JSON: {error}") from error


def _operation(document: Any) -> GraphQLRequestData:
    if isinstance(document, list):
        raise BadInput("batches are not accepted; send one operation per request")
    if not isinstance(document, dict) or not isinstance(document.get("query"), str):
        raise BadInput('the body needs a `query`, such as {"query": "{ viewer { name } }"}')
    variables, name = document.get("variables"), document.get("operationName")
    if not isinstance(variables, dict | None):
        raise BadInput("`variables` must be an object")
    if not isinstance(name, str | None):
        raise BadInput("`operationName` must be a string")
    return GraphQLRequestData(document["query"], variables, name, None)
