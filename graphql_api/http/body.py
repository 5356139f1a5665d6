"""Reads one GraphQL request from an HTTP body, bounded."""

from typing import Any

import orjson
from starlette.requests import Request

from graphql_api.errors import BadInput, TooLarge
from graphql_api.execution import Question


async def question_in(request: Request, max_bytes: int) -> Question:
    """The question in a JSON body; raises TooLarge or BadInput."""
    if "json" not in request.headers.get("content-type", ""):
        raise BadInput("send the query as JSON with `Content-Type: application/json`")
    return _question(_decoded(await _bounded(request, max_bytes)))


async def _bounded(request: Request, max_bytes: int) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(f"the request body is longer than {max_bytes} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the body is not JSON: {error}") from error


def _question(document: Any) -> Question:
    if isinstance(document, list):
        raise BadInput("batches are not accepted; send one operation per request")
    if not isinstance(document, dict) or not isinstance(document.get("query"), str):
        raise BadInput('the body needs a `query`, such as {"query": "{ viewer { name } }"}')
    variables, name = document.get("variables"), document.get("operationName")
    if not isinstance(variables, dict | None):
        raise BadInput("`variables` must be an object")
    if not isinstance(name, str | None):
        raise BadInput("`operationName` must be a string")
    return Question(document["query"], name, variables or {})
