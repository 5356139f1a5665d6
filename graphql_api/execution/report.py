"""What a caller is told of an error: its code; of what nobody expected, the id under which it is logged."""

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from graphql_api.errors import INTERNAL, ApiError, code_of

log = logging.getLogger("graphql_api")


def reported(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """GraphQL errors as the response shows them."""
    return [_shown(error) for error in errors]


def refused(error: ApiError) -> dict[str, Any]:
    """The whole response to a request that is refused before it runs."""
    return {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}


def _shown(error: GraphQLError) -> dict[str, Any]:
    cause = _cause(error)
    code = code_of(cause)
    if code == INTERNAL:
        return _located(error, *_masked(error, cause))
    return _located(error, str(cause or error.message), {"code": code})


def _masked(error: GraphQLError, cause: Exception | None) -> tuple[str, dict[str, Any]]:
    error_id = secrets.token_hex(6)
    log.error("error %s at %s", error_id, error.path, exc_info=cause)
    message = f"Something went wrong on our side; the log has it under error id {error_id}."
    return message, {"code": INTERNAL, "errorId": error_id}


def _located(error: GraphQLError, message: str, extensions: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": message, "extensions": extensions}
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def _cause(error: GraphQLError) -> Exception | None:
    """The error behind a GraphQL error, None where GraphQL itself refused the request."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
