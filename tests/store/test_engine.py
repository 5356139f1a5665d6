"""The embedded engine's life: one per home, shared, found again, ended; what is in its way is named."""

import json
import os
import shutil
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from graph import census, migrations
from graph.store import (
    AsyncStore,
    EngineConfig,
    EngineUnavailable,
    Store,
    embedded,
    open_async_store,
    open_store,
)
from graph.store.embedded.files import EngineFiles, EngineState
from graph.store.errors import DirectoryTaken, PortTaken
from tests.conftest import Cli, command_line
from tests.store.rows import MORNING, nodes

pytestmark = pytest.mark.faults


@pytest.fixture
def config(home: Path) -> EngineConfig:
    """An embedded engine of this test alone; it ends soon after its last client."""
    return EngineConfig(home=home, heap="512m", timeout_s=20, idle_s=2)


@pytest.fixture
def relgraph(config: EngineConfig, tmp_path: Path) -> Cli:
    """The command line on `config`'s home."""
    return command_line(config, tmp_path)


def state_of(config: EngineConfig) -> EngineState:
    state = embedded.running(config)
    assert state is not None
    return state


def kill(config: EngineConfig) -> None:
    process = psutil.Process(state_of(config).pid)
    process.kill()
    psutil.wait_procs([process], timeout=10)


def test_one_engine_serves_everybody_and_ends_when_nobody_holds_it(config: EngineConfig) -> None:
    with ThreadPoolExecutor(12) as pool:
        stores = list(pool.map(open_store, [config] * 12))
    state = state_of(config)
    assert {store.endpoint.uri for store in stores} == {f"bolt://127.0.0.1:{state.bolt_port}"}
    sockets = psutil.Process(state.pid).net_connections()
    listening = {item.laddr.ip for item in sockets if item.status == "LISTEN"}
    assert listening <= {"127.0.0.1", "::ffff:127.0.0.1"}
    process = psutil.Process(state.pid)
    for store in stores:
        assert process.is_running()
        store.close()
    gone, _ = psutil.wait_procs([process], timeout=30)
    assert gone
    assert embedded.running(config) is None
    assert not embedded.crashed(config)


@pytest.mark.parametrize("terminated", [False, True], ids=["by itself", "on SIGTERM"])
def test_an_engine_whose_home_was_removed_ends(config: EngineConfig, terminated: bool) -> None:
    with open_store(config):
        process = psutil.Process(state_of(config).pid)
        shutil.rmtree(config.home)
        if terminated:
            process.terminate()
        gone, _ = psutil.wait_procs([process], timeout=60)
    assert gone == [process]


def test_two_commands_at_once_start_one_engine(relgraph: Cli, config: EngineConfig) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: relgraph("engine", "start", "--json"), range(2)))
    first, second = (json.loads(one.stdout) for one in done)
    assert first.pop("memory").keys() == second.pop("memory").keys()
    assert first == second
    assert first["pid"] == state_of(config).pid
    assert "running at" in relgraph("engine", "status").stdout
    assert "stopped" in relgraph("engine", "stop").stdout
    assert "not running" in relgraph("engine", "stop").stdout


def test_its_files_are_private(config: EngineConfig) -> None:
    with open_store(config):
        files = EngineFiles(config.home)
        for path in (files.password_file, files.state_file, files.ports_file):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(files.root.stat().st_mode) == 0o700
        command = " ".join(psutil.Process(state_of(config).pid).cmdline())
        assert files.password() not in command


def test_a_killed_engine_is_started_again_on_the_same_data_and_port(config: EngineConfig) -> None:
    with open_store(config) as store:
        migrations.migrate(store)
        store.upsert_nodes("Order", nodes(6000, ordered_at=MORNING))
        before = store.endpoint.uri
        kill(config)
        with pytest.raises(EngineUnavailable):
            store.read("store.ping")
    assert embedded.crashed(config)
    with open_store(config) as store:
        assert store.endpoint.uri == before
        assert census.take(store).nodes == {"Order": 6000}
        migrations.check(store)
        assert store.upsert_nodes("Order", nodes(6001, ordered_at=MORNING)) == 6001
        assert census.take(store).nodes == {"Order": 6001}


async def test_the_asynchronous_store_recovers_from_a_killed_engine(config: EngineConfig) -> None:
    async with await open_async_store(config) as store:
        kill(config)
        assert await recovered(store) == [{"answer": 1}]
        with socket.socket() as taker:
            kill(config)
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taker.bind(("127.0.0.1", port_of(store)))
            taker.listen()
            before = port_of(store)
            assert await recovered(store) == [{"answer": 1}]
            assert port_of(store) != before


async def test_an_engine_that_was_stopped_stays_down_until_it_is_started(config: EngineConfig) -> None:
    async with await open_async_store(config) as store:
        embedded.stop(config)
        with pytest.raises(EngineUnavailable):
            await store.read("store.ping")
        assert embedded.running(config) is None
        with open_store(config):
            assert await store.read("store.ping") == [{"answer": 1}]


async def recovered(store: AsyncStore) -> list[dict[str, Any]]:
    """The first answer; until the engine is up again, every call says so after a short wait."""
    for _ in range(60):
        try:
            return await store.read("store.ping")
        except EngineUnavailable:
            continue
    pytest.fail("the engine did not come back")


def port_of(store: AsyncStore) -> int:
    return int(store.endpoint.uri.rpartition(":")[2])


def test_stale_files_do_not_matter(config: EngineConfig) -> None:
    files = EngineFiles(config.home)
    files.prepare()
    files.password()
    mine = psutil.Process()
    reused = EngineState("ready", os.getpid(), mine.create_time() - 100, 1, 1, "root", "neo4j")
    files.write_state(reused)
    for name in ("start", "lease", "owner"):
        files.lock(name).write_text("left over")
    with open_store(config) as store:
        assert store.read("store.ping") == [{"answer": 1}]
        assert state_of(config).pid != os.getpid()
    embedded.stop(config)
    files.state_file.write_text("{ torn")
    files.password_file.unlink()
    with open_store(config) as store:
        assert store.read("store.ping") == [{"answer": 1}]


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        port = int(taker.getsockname()[1])
        with pytest.raises(PortTaken, match=str(port)):
            open_store(EngineConfig(home=home, bolt_port=port))


def test_a_directory_that_another_engine_holds_is_named(config: EngineConfig) -> None:
    with open_store(config) as store:
        state = state_of(config)
        EngineFiles(config.home).state_file.unlink()
        with pytest.raises(DirectoryTaken, match="RELGRAPH_HOME"):
            open_store(config)
        assert store.read("store.ping") == [{"answer": 1}]
        EngineFiles(config.home).write_state(state)


def test_two_homes_do_not_touch(tmp_path: Path) -> None:
    configs = [EngineConfig(home=tmp_path / name, heap="512m", idle_s=2) for name in ("a", "b")]
    try:
        with open_store(configs[0]) as first, open_store(configs[1]) as second:
            migrations.migrate(first)
            assert first.endpoint.uri != second.endpoint.uri
            assert migrations.state(second).version is None
    finally:
        for config in configs:
            embedded.stop(config)


def test_a_server_of_others_is_not_stopped(store: Store, cli: Cli) -> None:
    if store.config.embedded:
        pytest.skip("about NEO4J_URI")
    done = cli("engine", "stop", check=False)
    assert (done.returncode, "NEO4J_URI" in done.stderr) == (2, True)
    assert store.read("store.ping") == [{"answer": 1}]
