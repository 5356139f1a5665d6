"""Fresh engines to measure on: the embedded one under a new home, or a real Neo4j through Maven."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from neo4j import Driver, GraphDatabase

from devtools import neo4j_server
from graph.errors import RelgraphError
from graph.migrations import migrate
from graph.store import EngineConfig, embedded, open_store
from graph.store.endpoint import Endpoint

EngineName = Literal["embedded", "neo4j"]
ENGINES: tuple[EngineName, ...] = ("embedded", "neo4j")
JARS = Path(".neo4j")
"""Where `make neo4j` and the tests keep the jars too."""


class CommandFailed(RelgraphError):
    """A relgraph command that a bench needs ended badly; the message holds what it output last."""

    def __init__(self, arguments: Sequence[str], status: int, output: str) -> None:
        super().__init__(f"relgraph {' '.join(arguments)} ended with {status}:\n{output[-2000:]}")


@dataclass(frozen=True, slots=True)
class Bed:
    """A running engine with an empty, migrated graph, and how a command reaches it."""

    name: EngineName
    config: EngineConfig
    endpoint: Endpoint
    pid: int
    """Of the engine's process."""

    def driver(self) -> Driver:
        """The official driver on this engine, as it comes; only its notices are off."""
        endpoint = self.endpoint
        return GraphDatabase.driver(endpoint.uri, auth=endpoint.auth, notifications_min_severity="OFF")

    def relgraph(self, *arguments: str) -> str:
        """Run a relgraph command on this engine; its standard output. Raises CommandFailed."""
        done = subprocess.run(self.command(*arguments), check=False, capture_output=True, text=True)
        if done.returncode:
            raise CommandFailed(arguments, done.returncode, done.stderr)
        return done.stdout

    def command(self, *arguments: str) -> list[str]:
        """The words that run a relgraph command of this environment on this engine."""
        program = str(Path(sys.executable).with_name("relgraph"))
        return ["env", *self._variables(), program, *arguments]

    def _variables(self) -> list[str]:
        home = f"RELGRAPH_HOME={self.config.home}"
        if self.config.uri is None:
            return ["-u", "NEO4J_URI", home]
        return [home, f"NEO4J_URI={self.config.uri}", f"NEO4J_PASSWORD={self.config.password}"]


def usable(engines: str, order: Sequence[EngineName] = ENGINES) -> tuple[list[EngineName], list[str]]:
    """Of `engines` (comma-separated) those that can be started here, in this order; why others cannot."""
    wanted = [name for name in order if name in engines.split(",")]
    reasons = {name: neo4j_server.missing() if name == "neo4j" else None for name in wanted}
    left_out = [f"{name} is left out: {reason}" for name, reason in reasons.items() if reason]
    return [name for name in wanted if reasons[name] is None], left_out


@contextmanager
def bed(name: EngineName, folder: Path) -> Iterator[Bed]:
    """A fresh engine with its data under `folder`, ended on leaving."""
    started = _embedded(folder) if name == "embedded" else _neo4j(folder)
    with (
        started as (config, pid),
        open_store(config) as store,
    ):  # attached: the engine must not end between commands
        migrate(store)
        attached = store.endpoint.attached
        yield Bed(name, config, store.endpoint, pid if attached is None else attached.state.pid)


@contextmanager
def _embedded(folder: Path) -> Iterator[tuple[EngineConfig, int]]:
    config = EngineConfig(home=folder)
    try:
        yield config, 0  # it starts when it is opened
    finally:
        embedded.stop(config)


@contextmanager
def _neo4j(folder: Path) -> Iterator[tuple[EngineConfig, int]]:
    server = neo4j_server.start(JARS, folder / "neo4j")
    try:
        yield EngineConfig(home=folder, uri=server.uri, password=server.password), server.pid
    finally:
        server.stop()
