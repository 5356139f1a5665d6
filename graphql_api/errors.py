"""The errors of the API and the code each kind of error carries in `extensions.code`.

    ApiError               expected; its message is shown as it is
    ├── BadInput           BAD_INPUT        an argument or request that cannot be right
    ├── InvalidDocument    BAD_INPUT        a document that does not parse or does not fit the schema
    ├── NotByGet           BAD_INPUT        a mutation that came by GET
    ├── NotAcceptable      BAD_INPUT        the Accept header takes nothing that is offered
    ├── RequestTooSlow     TOO_SLOW         the request did not arrive in time
    ├── TokensUnreadable   TOKENS_UNREADABLE  the token file is damaged: whoever runs the server must act
    ├── Unauthenticated    UNAUTHENTICATED  no, a wrong, an expired or a revoked token
    ├── Overloaded       OVERLOADED       too many requests run already
    ├── TooMany          TOO_MANY         this caller asks too often
    ├── NotSigned          UNAUTHENTICATED  events whose signature does not fit
    ├── Forbidden          FORBIDDEN        the token's role does not allow this
    │   └── FieldRefused   FORBIDDEN        a field or a kind of record that the role does not show
    ├── NoSuchRecord     NOT_FOUND        a widget asked about what is not there
    ├── EventsOff          FORBIDDEN        this server takes no events
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
from collections.abc import Iterable, Sequence
from typing import Any

from graphql import GraphQLError

from graph.errors import NotFound, UsageError
from graph.search.find import IndexNotReady
from graph.store import EngineUnavailable, QueryTimeout

INTERNAL = "INTERNAL"

_LONGEST_MESSAGE = 1_000

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


class PersistedQueryNotFound(ApiError):
    """Nobody sent the document of this hash yet, or registered one of this id.

    Code and message are those of Apollo's protocol, by which clients know to send the document itself.
    """

    code = "PERSISTED_QUERY_NOT_FOUND"
    status = 200

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class NotRegistered(ApiError):
    """Only registered documents are answered, and this is none of them."""

    code = "FORBIDDEN"
    status = 403

    def __init__(self) -> None:
        super().__init__("this server answers registered documents alone; ask for one by its id")


class NotByGet(ApiError):
    """A statement came by GET, which must change nothing."""

    status = 405


class MethodRefused(ApiError):
    """The request came by a method that this address does not answer."""

    status = 405


class NotAcceptable(ApiError):
    """The client accepts no form in which this address answers."""

    status = 406


class RequestTooSlow(ApiError):
    """The request did not arrive in time."""

    code = "TOO_SLOW"
    status = 408


class TokensUnreadable(ApiError):
    """Nobody can be let in, because the token file cannot be read."""

    code = "TOKENS_UNREADABLE"
    status = 503


class Unauthenticated(ApiError):
    """No valid token came with the request."""

    code = "UNAUTHENTICATED"
    status = 401


class NotSigned(ApiError):
    """The signature of the events is absent, or not that of this body under this server's secret."""

    code = "UNAUTHENTICATED"
    status = 401


class Overloaded(ApiError):
    """As many requests run as may; nothing of this one was done. wait_s: when to ask again."""

    code = "OVERLOADED"
    status = 503

    def __init__(self, running: int, wait_s: int = 1) -> None:
        super().__init__(f"{running} requests are being answered; ask again in {wait_s} s")
        self.wait_s = wait_s


class TooMany(ApiError):
    """The caller did as much as one caller may for now; wait_s: whole seconds until it may go on."""

    code = "TOO_MANY"
    status = 429

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"this token asks too often; go on in {wait_s} s")
        self.wait_s = wait_s


class Forbidden(ApiError):
    """The token's role does not allow this."""

    code = "FORBIDDEN"
    status = 403


class FieldRefused(Forbidden):
    """Something of an answer that the role of the token does not show."""

    def __init__(self, role: str, what: str) -> None:
        super().__init__(f"role {role} does not see {what}")


class NoSuchRecord(ApiError):
    """Nothing answers to the id, where an answer stands for one record."""

    code = "NOT_FOUND"
    status = 404


class EventsOff(ApiError):
    """The server was started without a secret for events."""

    code = "FORBIDDEN"
    status = 403

    def __init__(self) -> None:
        super().__init__("this server takes no events; whoever runs it sets RELGRAPH_EVENTS_SECRET")


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

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the request took longer than {seconds:g} s; ask for less at once")


_DOMAIN: tuple[tuple[type[Exception], str], ...] = (
    (NotFound, "NOT_FOUND"),
    (UsageError, "BAD_INPUT"),
    (EngineUnavailable, "ENGINE_UNAVAILABLE"),
    (IndexNotReady, "ENGINE_UNAVAILABLE"),
    (QueryTimeout, "DEADLINE"),
)


EXPECTED: tuple[type[Exception], ...] = (ApiError, *(kind for kind, _ in _DOMAIN))
"""Errors whose message callers are told."""


def code_of(error: BaseException | None) -> str:
    """The code of an error; `INTERNAL` for whatever nobody expected."""
    if error is None:
        return BadInput.code
    if isinstance(error, ApiError):
        return error.code
    return next((code for kind, code in _DOMAIN if isinstance(error, kind)), INTERNAL)


class Reporter:
    """Makes the errors of one answer what its caller is told, and logs those that nobody expected.

    caller: who asked, as the log names them. document: the name of the operation, if it has one.
    """

    def __init__(self, caller: str, document: str | None) -> None:
        self._caller = caller
        self._document = document or "unnamed"
        self._logged: dict[int, str] = {}

    def reported(self, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
        """GraphQL errors as the response shows them; one defect that met several fields is logged once."""
        return [self._shown(error) for error in errors]

    def _shown(self, error: GraphQLError) -> dict[str, Any]:
        cause = _cause(error)
        code = code_of(cause)
        if code == INTERNAL:
            return _located(error, *self._masked(error, cause))
        return _located(error, str(cause or error.message), {"code": code})

    def _masked(self, error: GraphQLError, cause: BaseException | None) -> tuple[str, dict[str, Any]]:
        error_id = self._logged.get(id(cause))
        if error_id is None:
            error_id = self._logged[id(cause)] = logged(cause, self._caller, self._document, error.path)
        return masked(error_id), {"code": INTERNAL, "errorId": error_id}


def logged(cause: BaseException | None, caller: str, document: str, path: object = None) -> str:
    """The id under which the log now has an error that nobody expected."""
    error_id = secrets.token_hex(6)
    log.error("error %s: caller %s, document %s, at %s", error_id, caller, document, path, exc_info=cause)
    return error_id


def masked(error_id: str) -> str:
    """What a caller is told of an error that nobody expected."""
    return f"Something went wrong on our side; the log has it under error id {error_id}."


def refused(error: ApiError | EngineUnavailable) -> dict[str, Any]:
    """The whole response to a request that is refused before it runs."""
    if isinstance(error, InvalidDocument):
        return {"errors": [_located(one, one.message, {"code": error.code}) for one in error.errors]}
    return {"errors": [{"message": _short(str(error)), "extensions": {"code": code_of(error)}}]}


def _located(error: GraphQLError, message: str, extensions: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": _short(message), "extensions": extensions}
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def _short(message: str) -> str:
    """A message that repeats what was sent may be as long as that."""
    return message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + "…"


def _cause(error: GraphQLError) -> Exception | None:
    """The error behind a GraphQL error, None where GraphQL itself refused the request."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
