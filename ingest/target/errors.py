"""What goes wrong where records are written.

RelgraphError
├── TargetFailed   the system cannot be reached, or refuses everybody: what is queued stays queued
└── RecordRefused  the system does not take this record
"""

from graph.errors import RelgraphError


class TargetFailed(RelgraphError):
    """A system took nothing; it is told the same again."""

    def __init__(self, system: str, record: str, why: str) -> None:
        super().__init__(f"{system}, {record}: {why}; what is queued is sent again")


class RecordRefused(RelgraphError):
    """A record that the system does not take."""
