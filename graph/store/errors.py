"""What can go wrong between us and the graph.

StoreError                   exit code 1
├── EngineUnavailable        nothing answers (not started, unreachable, stopped, wrong address)
│   └── EngineStartFailed    the embedded engine did not come up; the message holds the end of its log
│       ├── PortTaken        the fixed port belongs to another program
│       └── DirectoryTaken   another engine works on the same directory
├── AccessDenied             user name or password refused
├── QueryFailed              the engine refused a query; names the query
│   ├── QueryTimeout         it ran longer than the limit
│   └── ConstraintViolated   a unique key was broken
├── SchemaOutdated           the graph is older than this program: run `relgraph migrate`
├── SchemaNewer              the graph was written by a newer program
└── BadRows                  rows that no upsert can take (missing keys, unknown label)
"""

from graph.errors import RelgraphError


class StoreError(RelgraphError):
    """The graph could not be read or written."""


class EngineUnavailable(StoreError):
    """Nothing answers at the engine's address."""


class EngineStartFailed(EngineUnavailable):
    """The embedded engine did not come up."""


class PortTaken(EngineStartFailed):
    """The port that was asked for belongs to another program."""


class DirectoryTaken(EngineStartFailed):
    """Another engine process works on the same directory."""


class AccessDenied(StoreError):
    """The engine refused the user name or the password."""


class QueryFailed(StoreError):
    """The engine refused a query."""

    def __init__(self, query: str, message: str, code: str | None = None) -> None:
        super().__init__(f"query {query} failed: {message}")
        self.query = query
        self.code = code


class QueryTimeout(QueryFailed):
    """A query ran longer than the limit."""


class ConstraintViolated(QueryFailed):
    """A write would break a unique key."""


class SchemaOutdated(StoreError):
    """The graph's schema is older than this program."""


class SchemaNewer(StoreError):
    """The graph's schema was written by a newer program."""


class BadRows(StoreError):
    """Rows that no upsert can take."""
