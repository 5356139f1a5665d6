"""Fixtures for tests on the graph; each runs on every engine that this machine can start.

The embedded engine always; a real Neo4j where `RELGRAPH_TEST_NEO4J_URI` names one or Java 17+ and Maven can
start one. An engine that is absent skips its tests with the reason, or fails them where
`RELGRAPH_REQUIRE_ENGINES` names it. `pytest -k embedded` runs the embedded half only.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import migrations
from graph.store import AsyncStore, EngineConfig, Store, open_async_store, open_store
from tests import budget
from tests.engines import ENGINES, Engines
from tests.queries_run import QueriesRun, recorded

Cli = Callable[..., subprocess.CompletedProcess[str]]
_ENGINES = pytest.StashKey[list[dict[str, Any]]]()
_QUERIES = pytest.StashKey[QueriesRun]()


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """The session's engines; stopped at its end."""
    required = os.environ.get("RELGRAPH_REQUIRE_ENGINES", "").replace(" ", "").split(",")
    started = Engines(tmp_path_factory.mktemp("engines"), frozenset(filter(None, required)))
    yield started
    started.close()
    _told(request.config).append({"tested": sorted(started.tested), "absent": started.absent})


def _told(config: pytest.Config) -> list[dict[str, Any]]:
    """Which engines were tested: by this process, and by each worker that has ended."""
    if hasattr(config, "workeroutput"):
        told: list[dict[str, Any]] = config.workeroutput.setdefault("engines", [])
        return told
    return config.stash.setdefault(_ENGINES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker of pytest-xdist which engines it tested."""
    _told(node.config).extend(node.workeroutput.get("engines", []))


@pytest.fixture(scope="session", params=ENGINES)
def engine_config(request: pytest.FixtureRequest, engines: Engines) -> EngineConfig:
    """How to reach an engine, once per engine; the session shares its graph, so empty it by `store`."""
    name = str(request.param)
    config = engines.config(name)
    if config is None:
        reason = f"engine {name} is absent: {engines.absent[name]}"
        (pytest.fail if name in engines.required else pytest.skip)(reason)
    engines.tested.add(name)
    return config


@pytest.fixture(scope="session")
def _session_store(engine_config: EngineConfig) -> Iterator[Store]:
    with open_store(engine_config) as opened:
        migrations.migrate(opened)
        yield opened


@pytest.fixture
def store(_session_store: Store) -> Store:
    """An open store on an empty, migrated graph."""
    wipe(_session_store)
    return _session_store


@pytest.fixture
async def astore(store: Store) -> AsyncIterator[AsyncStore]:
    """The asynchronous store on the same empty graph as `store`."""
    async with await open_async_store(store.config) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An empty RELGRAPH_HOME; an engine that a test starts in it is stopped afterwards."""
    from graph.store.embedded import stop  # noqa: PLC0415 - beside its only use

    folder = tmp_path / "home"
    yield folder
    stop(EngineConfig(home=folder))


@pytest.fixture
def cli(store: Store, tmp_path: Path) -> Cli:
    """Run `relgraph ARGS…` as a process of its own on the engine of `store`; arguments become text."""
    return command_line(store.config, tmp_path)


def command_line(config: EngineConfig, folder: Path) -> Cli:
    """A runner of `relgraph` with this engine in its environment and `folder` as working directory."""
    environment = {
        key: item for key, item in os.environ.items() if not key.startswith(("NEO4J_", "RELGRAPH_"))
    } | {"RELGRAPH_HOME": str(config.home), "PYTHONUNBUFFERED": "1"}
    if config.uri is not None:
        environment |= {"NEO4J_URI": config.uri, "NEO4J_USER": config.user, "NEO4J_DATABASE": config.database}
        environment |= {"NEO4J_PASSWORD": config.password} if config.password else {}

    def run(
        *arguments: object, check: bool = True, timeout_s: float = 240
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "relgraph", *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, cwd=folder,
            capture_output=True, text=True, timeout=timeout_s, check=False,
        )  # fmt: skip
        if check and done.returncode != 0:
            pytest.fail(f"relgraph {' '.join(command[3:])} → {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options for a long suite that must end in time."""
    budget.add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin no test when the time is over."""
    budget.skip_when_spent(item.config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as long what is long on the engine that it would run on; draw the order where a seed is given."""
    for item in items:
        called = getattr(item, "callspec", None)  # parametrised tests have one
        engine = called and called.params.get("engine_config")
        if any(engine in mark.args for mark in item.iter_markers("long_on")):
            item.add_marker("long")
    if seed := config.getoption("drawn"):
        items[:] = budget.drawn(items, seed)
    budget.begin(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Record which named queries each test runs."""
    run = session.config.stash[_QUERIES] = QueriesRun()
    with recorded(run):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a known-answer test whose queries did not run in it, or had nothing to answer."""
    run = item.config.stash[_QUERIES]
    run.clear()
    outcome = yield
    claimed = tuple(name for mark in item.iter_markers("query") for name in mark.args)
    if missing := run.missing(claimed):
        pytest.fail(f"marked as the known-answer test of its queries, but {missing}")
    return outcome


def wipe(store: Store) -> None:
    """Empty the graph of this store, in batches, and forget the history kept of it; its schema stays.

    What a test writes without a `Change` stands in no log, so the history could not tell that it is gone.
    """
    shutil.rmtree(store.config.home / "history", ignore_errors=True)
    for name in ("store.erase_relationships", "store.erase_nodes"):
        while store.write(name, limit=20_000).rows[0]["erased"]:
            pass


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which engines were tested."""
    told = config.stash.get(_ENGINES, [])
    if told:
        tested = sorted({name for engines in told for name in engines["tested"]})
        absent = {name: reason for engines in told for name, reason in engines["absent"].items()}
        reasons = "".join(f"; {name} absent: {reason}" for name, reason in absent.items())
        terminalreporter.write_line(f"engines tested: {', '.join(tested) or 'none'}{reasons}")
