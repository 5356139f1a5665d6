"""What the API is built with; handed in by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph.decision_chain.required import RequiredRoles
from graph.store import EngineConfig
from graphql_api.audit.file import Retention
from graphql_api.tracing import Tracer, default_tracer


def wall_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request; each refusal names the bound it met."""

    max_body_bytes: int = 200_000
    max_tokens: int = 4_000
    """Lexical tokens of a document."""
    max_overlaps: int = 2_000
    """Pairs of fields in one place that answer under the same name; validating compares each."""
    max_text: int = 1_000
    """Characters of one string, written in the document or given as a variable."""
    max_stated_text: int = 10_000
    """Characters of one string given as a variable of a mutation, such as a note."""
    max_depth: int = 15
    max_cost: int = 20_000
    """Objects the answer may hold, plus the weights of store calls (see `graphql_api.execution.measure`)."""
    max_values: int = 100_000
    """Values the answer may hold, those of introspection too."""
    max_answer_bytes: int = 8_000_000
    """Counted while the answer is built."""
    max_page: int = 1_000
    deadline_s: float = 10.0
    max_event_bytes: int = 1_000_000
    """Of one `POST /events`."""
    max_events: int = 500
    max_running: int | None = None
    """Requests that a process ever answers at once; how many it does, it finds by itself (`Admission`). None:
    no bound at all."""
    requests_per_s: float | None = None
    """GraphQL operations of one token in the long run; four seconds' worth at once. None: no bound."""
    beacons_per_s: float = 5.0
    """Beacons of one page's token, or of an ordinary one, in the long run."""
    max_beacons: int = 300
    """Beacons at once."""
    misses_per_s: float = 0.5
    """Accounts that a token of the widgets may name in vain, in the long run."""
    max_misses: int = 60
    """Such at once."""
    max_sockets: int = 500
    """WebSockets of a process."""
    max_sockets_per_token: int = 10
    max_subscriptions: int = 20
    """Of one WebSocket."""
    persisted_bytes: int = 4_000_000
    """Text of documents that clients may name by their hash."""
    document_cache_bytes: int = 32_000_000
    """Memory that parsed and validated documents may take."""


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """The engine to ask, the token file to trust, and the bounds to keep."""

    engine: EngineConfig
    tokens: Path
    limits: Limits = field(default_factory=Limits)
    graphiql: bool = True
    introspection: bool = True
    """Whether the schema may be asked for; GraphiQL and most clients' tools need it."""
    clock: Callable[[], datetime] = wall_clock
    """Decides when a token has expired; business time comes from the data."""
    events_secret: str | None = None
    """What senders of events sign with; None: none are taken."""
    documents: Mapping[str, str] | None = None
    """The documents that may be asked, by id; None: any."""
    widget_origins: frozenset[str] = frozenset()
    """Origins whose pages may use the widgets; none: no page may."""
    required: RequiredRoles | None = None
    """The roles that decisions need; None: the playbook that comes with relgraph."""
    audit: Path | None = None
    """The folder under which the trail of reads of personal data is kept; None: none is."""
    retention: Retention = field(default_factory=Retention)
    """How long that trail is kept."""
    tracer: Tracer = field(default_factory=default_tracer)
    """Takes the spans of requests."""
    now: datetime | None = None
    """The company's now, fixed for demonstrations and tests; None: what the graph keeps."""
