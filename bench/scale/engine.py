"""The engine of one size: its own home, its own process, started again over the same data."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.engines import JARS, EngineName
from bench.scale.process import relgraph
from devtools import neo4j_server

NEO4J_HEAP = "2g"


@dataclass(frozen=True, slots=True)
class Running:
    """An engine process, and the environment by which commands reach it."""

    pid: int
    environment: dict[str, str]


@contextmanager
def running(name: EngineName, folder: Path) -> Iterator[Running]:
    """The engine whose data stand under `folder`; ended on leaving, its data stay."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    environment["RELGRAPH_HOME"] = str(home.absolute())
    started = _embedded(environment, folder) if name == "embedded" else _neo4j(environment, folder)
    with started as engine:
        yield engine


@contextmanager
def _embedded(environment: dict[str, str], folder: Path) -> Iterator[Running]:
    started = relgraph(("engine", "start", "--json"), environment, folder)
    try:
        yield Running(int(json.loads(started.output)["pid"]), environment)
    finally:
        relgraph(("engine", "stop"), environment, folder)


@contextmanager
def _neo4j(environment: dict[str, str], folder: Path) -> Iterator[Running]:
    server = neo4j_server.start(JARS, folder / "neo4j", NEO4J_HEAP)
    try:
        yield Running(server.pid, environment | {"NEO4J_URI": server.uri, "NEO4J_PASSWORD": server.password})
    finally:
        server.stop()
