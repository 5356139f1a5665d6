"""The engines that tests run on: which are to be had here, and why others are not."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devtools.neo4j_server import Neo4jNotAvailable, Neo4jServer, missing, start
from graph.store import EngineConfig
from graph.store.embedded import stop
from tests.paths import NEO4J_CACHE

ENGINES = ("embedded", "neo4j")


@dataclass
class Engines:
    """Engines of one test session, started when first asked for."""

    folder: Path
    required: frozenset[str]
    """Names that must be there (`RELGRAPH_REQUIRE_ENGINES`): missing is then a failure, not a skip."""
    tested: set[str] = field(default_factory=set)
    absent: dict[str, str] = field(default_factory=dict)
    _configs: dict[str, EngineConfig] = field(default_factory=dict)
    _server: Neo4jServer | None = None

    def config(self, name: str) -> EngineConfig | None:
        """How to reach an engine; None (with the reason in `absent`) where it cannot be had here."""
        if name not in self._configs and name not in self.absent:
            try:
                self._configs[name] = self._embedded() if name == "embedded" else self._neo4j()
            except Neo4jNotAvailable as error:
                self.absent[name] = str(error)
        return self._configs.get(name)

    def close(self) -> None:
        """Stop whatever this session started."""
        for config in self._configs.values():
            if config.embedded:
                stop(config)
        if self._server is not None:
            self._server.stop()

    def _embedded(self) -> EngineConfig:
        return EngineConfig(home=self.folder / "embedded", heap="1g")

    def _neo4j(self) -> EngineConfig:
        home = self.folder / "beside-neo4j"
        home.mkdir(exist_ok=True)
        if uri := os.environ.get("RELGRAPH_TEST_NEO4J_URI"):
            if os.environ.get("PYTEST_XDIST_WORKER"):
                pytest.exit("RELGRAPH_TEST_NEO4J_URI names one graph: run the tests with WORKERS=0", 1)
            password = os.environ.get("RELGRAPH_TEST_NEO4J_PASSWORD")
            return EngineConfig(home=home, uri=uri, password=password)
        if reason := missing():
            raise Neo4jNotAvailable(reason)
        # Every test empties the graph, and planning anew is most of what small tests cost a real Neo4j.
        self._server = start(NEO4J_CACHE, self.folder / "neo4j", timeout_s=300, keep_plans=True)
        # On a busy machine a cold server plans the first long statements for most of a minute.
        return EngineConfig(home=home, uri=self._server.uri, password=self._server.password, timeout_s=120.0)
