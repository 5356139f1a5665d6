"""Which engine to talk to, and how long to wait for it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """Where the graph lives.

    `uri` set means that server; not set means the embedded engine with its data under `home`.
    """

    home: Path
    uri: str | None = None
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str = "neo4j"
    timeout_s: float = 30.0
    """Longest time for one query; also the longest wait for an engine that does not answer."""
    heap: str = "1g"
    """Java heap of the embedded engine."""
    bolt_port: int | None = None
    """Fixed port of the embedded engine; not set means a free one, kept from start to start."""
    idle_s: float = 60.0
    """The embedded engine ends itself after this many seconds without clients."""
    start_timeout_s: float = 120.0

    @property
    def embedded(self) -> bool:
        """True where the engine is our own child process."""
        return self.uri is None
