"""The driver's errors as ours; engines agree on class and code, never on the message."""

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.store.errors import (
    AccessDenied,
    ConstraintViolated,
    EngineUnavailable,
    QueryFailed,
    QueryTimeout,
    StoreError,
)

EngineError = (Neo4jError, DriverError)
"""Everything the driver raises on purpose."""

LOST = (ServiceUnavailable, SessionExpired)
"""The connection is gone, though the engine may be back already."""

PASSING = (*LOST, TransientError)
"""Retry a read once on these: a pooled connection of a restarted engine, a lost deadlock."""


def classified(error: Neo4jError | DriverError, query: str, address: str) -> StoreError:
    """Our error for one of the driver's; names the query, or the address that does not answer."""
    if isinstance(error, AuthError):
        return AccessDenied(f"{address} refused the login; check NEO4J_USER and NEO4J_PASSWORD")
    if isinstance(error, LOST):
        return EngineUnavailable(f"no graph engine answers at {address}; run `relgraph doctor`")
    if isinstance(error, ConfigurationError):
        return EngineUnavailable(f"the address {address} is not usable: {error}")
    if isinstance(error, Neo4jError):
        return _refused(error, query)
    return QueryFailed(query, str(error))


def _refused(error: Neo4jError, query: str) -> QueryFailed:
    code = error.code or ""
    if "TransactionTimedOut" in code or "TransactionTerminated" in code:
        return QueryTimeout(query, "it ran longer than the limit (RELGRAPH_QUERY_TIMEOUT)", code)
    message = error.message or code
    if isinstance(error, ConstraintError):
        return ConstraintViolated(query, message, code)
    return QueryFailed(query, message, code)
