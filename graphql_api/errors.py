"""The errors of the API and the code each kind of error carries in `extensions.code`.

    ApiError               expected; its message is shown as it is
    ├── BadInput           BAD_INPUT        an argument or request that cannot be right
    ├── InvalidDocument    BAD_INPUT        a document that does not parse or does not fit the schema
    ├── Unauthenticated    UNAUTHENTICATED  no, a wrong, an expired or a revoked token
    ├── Forbidden          FORBIDDEN        the token's role does not allow this
    ├── TooLarge           TOO_LARGE        the body is longer than allowed
    ├── TooDeep            TOO_DEEP         the document nests deeper than allowed
    ├── TooCostly          TOO_COSTLY       the answer could grow larger than allowed
    └── DeadlineExceeded   DEADLINE         the request ran out of its time

Errors of the domain are expected too: NotFound → NOT_FOUND, UsageError → BAD_INPUT, EngineUnavailable →
ENGINE_UNAVAILABLE, QueryTimeout → DEADLINE. All others are INTERNAL: masked, logged under an id that the
answer names.
"""

import logging
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from graphql import GraphQLError

from graph.errors import NotFound, UsageError
from graph.store import EngineUnavailable, QueryTimeout

INTERNAL = "INTERNAL"

log = logging.getLogger("graphql_api")


class ApiError(Exception):
    """Base of what the API itself refuses; the message is meant for the caller."""

    code = "BAD_INPUT"
    status = 400


class BadInput(ApiError):
    """The request cannot be right as asked."""


class InvalidDocument(ApiError):
    """The document does not parse, does not fit the schema, or a variable does not fit its type."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__("invalid document")
        self.errors = errors


class Unauthenticated(ApiError):
    """No valid token came with the request."""

    code = "UNAUTHENTICATED"
    status = 401


class Forbidden(ApiError):
    """The token's role does not allow this."""

    code = "FORBIDDEN"
    status = 403


class TooLarge(ApiError):
    """The request body is longer than allowed."""

    code = "TOO_LARGE"
    status = 413


class TooDeep(ApiError):
    """The document nests deeper than allowed."""

    code = "TOO_DEEP"


class TooCostly(ApiError):
    """The answer could grow larger than allowed."""

    code = "TOO_COSTLY"


class DeadlineExceeded(ApiError):
    """The request ran out of its time."""

    code = "DEADLINE"


_DOMAIN: tuple[tuple[type[Exception], str], ...] = (
    (NotFound, "NOT_FOUND"),
    (UsageError, "BAD_INPUT"),
    (EngineUnavailable, "ENGINE_UNAVAILABLE"),
    (QueryTimeout, "DEADLINE"),
)


def code_of(error: BaseException | None) -> str:
    """The code of an error; `INTERNAL` for whatever nobody expected."""
    if error is None:
        return BadInput.code
    if isinstance(error, ApiError):
        return error.code
    return next((code for kind, code in _DOMAIN if isinstance(error, kind)), INTERNAL)


def reported(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """GraphQL errors as the response shows them; one that nobody expected is logged."""
    return [_shown(error) for given in errors for error in _unpacked(given)]


def refused(error: ApiError) -> dict[str, Any]:
    """The whole response to a request that is refused before it runs."""
    return {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}


def _unpacked(error: GraphQLError) -> Iterator[GraphQLError]:
    if isinstance(error.original_error, InvalidDocument):
        yield from error.original_error.errors
    else:
        yield error


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
