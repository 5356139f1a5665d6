"""The errors of the API and the code each kind of error carries in `extensions.code`.

    ApiError               expected; its message is shown as it is
    ├── BadInput           BAD_INPUT        an argument or document that cannot be right
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

from graph.errors import NotFound, UsageError
from graph.store import EngineUnavailable, QueryTimeout

INTERNAL = "INTERNAL"


class ApiError(Exception):
    """Base of what the API itself refuses; the message is meant for the caller."""

    code = "BAD_INPUT"
    status = 400


class BadInput(ApiError):
    """The request cannot be right as asked."""


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
