"""What goes wrong with a system that is asked.

RelgraphError
├── ConnectorMissing  no such connector, or what it needs is not installed
├── PullInvalid       the mapping's `pull: from:` is not what the connector needs
└── SystemFailed      the system cannot be reached, refuses, or breaks off; nothing of it was kept
"""

from collections.abc import Collection

from graph.errors import RelgraphError
from graph.sentences import suggestion


class ConnectorMissing(RelgraphError):
    """No connector of this name can be used."""

    exit_code = 2

    def __init__(self, name: str, known: Collection[str], why: str | None = None) -> None:
        said = why or f"known are {', '.join(sorted(known))}{suggestion(name, known)}"
        super().__init__(f"there is no connector `{name}` to use: {said}")


class PullInvalid(RelgraphError):
    """A connector cannot work with what the mapping says."""

    exit_code = 2


class SystemFailed(RelgraphError):
    """A system did not give all that it was asked for; it is asked for the same again."""

    def __init__(self, system: str, stream: str, why: str) -> None:
        super().__init__(f"{system}, {stream}: {why}; nothing of it was kept, and it is read again")
