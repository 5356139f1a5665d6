"""Where to connect, and the driver settings of both stores."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from neo4j import Auth, NotificationDisabledClassification, basic_auth

from graph.store import embedded
from graph.store.config import EngineConfig
from graph.store.errors import EngineUnavailable

MAX_RETRY_S = 10.0
"""How long the driver repeats a transaction that lost a deadlock or its connection."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A reachable engine; `attached` holds the embedded one up."""

    uri: str
    user: str
    password: str | None
    http_port: int | None = None
    attached: embedded.Attached | None = None

    @property
    def auth(self) -> Auth | None:
        return basic_auth(self.user, self.password) if self.password is not None else None

    def stands_still(self) -> bool:
        """Whether the process of the embedded engine is paused; nobody can tell of another one."""
        return self.attached is not None and embedded.stands_still(self.attached.state)

    def release(self) -> None:
        """Let the embedded engine go."""
        if self.attached is not None:
            self.attached.release()


def locate(config: EngineConfig) -> Endpoint:
    """The endpoint of this configuration; starts the embedded engine when it does not run."""
    if config.uri is not None:
        _check_uri(config.uri)
        return Endpoint(config.uri, config.user, config.password)
    attached = embedded.attach(config)
    state = attached.state
    return Endpoint(
        f"bolt://127.0.0.1:{state.bolt_port}", state.user, attached.password, state.http_port, attached
    )


def driver_settings(config: EngineConfig) -> dict[str, Any]:
    """Settings of the neo4j driver; nothing waits longer than the configured timeout."""
    return {
        "connection_timeout": min(config.timeout_s, 5.0),
        "connection_acquisition_timeout": config.timeout_s,
        "max_transaction_retry_time": min(config.timeout_s, MAX_RETRY_S),
        "notifications_disabled_classifications": [NotificationDisabledClassification.UNRECOGNIZED],
        "user_agent": "relgraph",
    }


def engine_name(agent: str) -> str:
    """`arcadedb` or `neo4j`, from the server's own introduction."""
    return "arcadedb" if "arcadedb" in agent.lower() else "neo4j"


def _check_uri(uri: str) -> None:
    parts = urlsplit(uri)
    if not parts.scheme.startswith(("bolt", "neo4j")) or not parts.hostname:
        raise EngineUnavailable(f"NEO4J_URI is {uri!r}; expected bolt://HOST:PORT or neo4j://HOST:PORT")


def moved(config: EngineConfig, old: Endpoint) -> Endpoint | None:
    """Where the embedded engine is now, if it is not where `old` says; None where there is nothing to follow.

    One that crashed is started again; one that was stopped on purpose stays down.
    """
    if old.attached is None:
        return None
    running = embedded.running(config)
    if running == old.attached.state or (running is None and not embedded.crashed(config)):
        return None
    fresh = locate(config)
    old.release()
    return fresh
