"""Reads one GraphQL request from an HTTP body or a query string, bounded and exact."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from starlette.types import Message, Receive
from strawberry.http import GraphQLRequestData

from graphql_api.errors import BadInput, TooLarge
from graphql_api.http.persisted import PersistedDocuments

_NO_QUERY = 'the request needs a `query`, such as {"query": "{ viewer { name } }"}'
_LONG_NUMBER = re.compile(rb"\d{16}")
"""From 16 digits on a number may not fit a float, from 20 on not the integers of the fast reader."""


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


def operation_in(content_type: str | None, body: bytes, persisted: PersistedDocuments) -> GraphQLRequestData:
    """The operation in a JSON body; raises BadInput, PersistedQueryNotFound."""
    media, _, parameters = (content_type or "").lower().partition(";")
    if media.strip() != "application/json":
        raise BadInput("send the query as JSON with `Content-Type: application/json`")
    charset = re.search(r'charset\s*=\s*"?([^\s;"]+)', parameters)
    if charset and charset[1] not in ("utf-8", "utf8"):
        raise BadInput(f"the body must be UTF-8, not {charset[1][:20]}")
    return _operation(_decoded(body), persisted)


def operation_of(params: Mapping[str, str], persisted: PersistedDocuments) -> GraphQLRequestData:
    """The operation in a query string, `variables` and `extensions` as JSON text; raises as operation_in."""
    document: dict[str, Any] = dict(params)
    for name in ("variables", "extensions"):
        document[name] = _decoded(params[name].encode()) if params.get(name) else None
    return _operation(document, persisted)


def _decoded(body: bytes) -> Any:
    try:
        return _exact(body) if _LONG_NUMBER.search(body) else orjson.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"the body is not JSON: {error}") from error


def _exact(body: bytes) -> Any:
    """JSON whose long numbers are kept to the digit."""
    return json.loads(body, parse_float=_float, parse_constant=_refused)


def _float(text: str) -> float:
    """A float; raises BadInput for a whole number that it would alter."""
    value, exact = float(text), Decimal(text)
    if exact == exact.to_integral_value() and exact != Decimal(value):
        raise BadInput(f"the number {text[:40]} cannot be held exactly; send ids as strings")
    return value


def _refused(text: str) -> None:
    raise BadInput(f"{text} is no number of JSON")


def _operation(document: Any, persisted: PersistedDocuments) -> GraphQLRequestData:
    if isinstance(document, list):
        raise BadInput("batches are not accepted; send one operation per request")
    if not isinstance(document, dict):
        raise BadInput(_NO_QUERY)
    text = persisted.text(document)
    if not text:
        raise BadInput(_NO_QUERY)
    variables, name = document.get("variables"), document.get("operationName")
    if not isinstance(variables, dict | None):
        raise BadInput("`variables` must be an object")
    if not isinstance(name, str | None):
        raise BadInput("`operationName` must be a string")
    return GraphQLRequestData(text, variables, name, None)
