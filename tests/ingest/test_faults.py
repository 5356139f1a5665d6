"""Processes that die in mid-load: the same command again gives the graph of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cypher import Query
from graph import migrations
from graph.census import take
from graph.store import EngineConfig, Store, open_store
from graph.store.embedded import stop
from graph.store.errors import StoreError
from tests.conftest import wipe
from tests.ingest.conftest import COMPANY, FILES
from tests.ingest.reading import BOOKKEEPING, contents

pytestmark = pytest.mark.faults

ORDERS = Query("test.orders", "MATCH (o:Order) RETURN count(*) AS n", frozenset(), "read")
CHANGES = Query(
    "test.changes", "MATCH (c:Change) RETURN c.kind AS kind, sum(c.count) AS n", frozenset(), "read"
)


def exports(folder: Path, lines: int = 12_000) -> None:
    """The small company's files, with many order lines."""
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    draw = random.Random(7)
    rows = "".join(
        f"O{n // 2},2024-05-{draw.randint(1, 28):02},{draw.randint(1, 2)},"
        f"P{draw.randint(1, 300)},{n % 7},{n % 100}\n"
        for n in range(lines)
    )
    (folder / "lines.csv").write_text("order,day,account,product,quantity,amount\n" + rows, encoding="utf-8")
    (folder / "mapping.yml").write_text(COMPANY, encoding="utf-8")


@contextmanager
def loader(folder: Path, config: EngineConfig, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`relgraph ingest` as a process of its own."""
    environment = {**os.environ, "RELGRAPH_HOME": str(home)}
    environment.pop("NEO4J_URI", None)
    if config.uri is not None:
        environment |= {
            "NEO4J_URI": config.uri,
            "NEO4J_USER": config.user,
            "NEO4J_PASSWORD": config.password or "",
        }
    command = [
        sys.executable,
        "-m",
        "relgraph",
        "ingest",
        str(folder),
        "--mapping",
        str(folder / "mapping.yml"),
    ]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until the load is under way; fails when it ends or two minutes pass before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if reached():
                return
        except StoreError:
            pass  # the engine is still starting
        time.sleep(0.05)
    pytest.fail(f"the load ended too early or never began (exit code {process.poll()})")


def loaded(store: Store) -> bool:
    return int(store.read(ORDERS)[0]["n"]) > 0


def written(store: Store) -> dict[str, int]:
    """Nodes by label and relationships by type."""
    census = take(store)
    nodes = {label: count for label, count in census.nodes.items() if label not in BOOKKEEPING}
    return nodes | census.relationships


def logged(store: Store) -> dict[str, int]:
    """The items by label and type that the change log counts."""
    return {row["kind"].removeprefix("load."): int(row["n"]) for row in store.read(CHANGES)}


def run(folder: Path, config: EngineConfig, home: Path) -> None:
    with loader(folder, config, home) as process:
        assert process.wait(timeout=280) == 0


@pytest.mark.timeout(600)
def test_a_loader_that_is_killed_is_simply_run_again(
    engine_config: EngineConfig, store: Store, tmp_path: Path
) -> None:
    folder, home = tmp_path / "exports", engine_config.home
    exports(folder)
    with loader(folder, engine_config, home) as process:
        until(lambda: loaded(store), process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    cut = contents(store)
    assert written(store) == logged(store), "what a killed load wrote is in the change log"
    run(folder, engine_config, home)
    resumed = contents(store)
    wipe(store)
    run(folder, engine_config, home)
    assert cut != resumed, "the kill came too late to prove anything"
    assert resumed == contents(store)


@pytest.mark.timeout(600)
def test_an_engine_that_is_killed_in_mid_load(tmp_path: Path) -> None:
    folder, broken, whole = tmp_path / "exports", tmp_path / "broken", tmp_path / "whole"
    exports(folder)
    config = EngineConfig(home=broken)
    try:
        with open_store(config) as store:
            migrations.migrate(store)
            assert store.endpoint.attached is not None
            engine = store.endpoint.attached.state.pid
            with loader(folder, config, broken) as process:
                until(lambda: loaded(store), process)
                os.kill(engine, signal.SIGKILL)
                assert process.wait(timeout=120) == 1
        run(folder, config, broken)
        run(folder, EngineConfig(home=whole), whole)
        with open_store(config) as store, open_store(EngineConfig(home=whole)) as other:
            assert contents(store) == contents(other)
    finally:
        stop(config)
        stop(EngineConfig(home=whole))
