"""The first load of an empty Neo4j from files: it leaves what an ordinary load leaves, or nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devtools.neo4j_server import Neo4jServer, missing, remember, remembered, start
from graph.clock import read_clock
from graph.migrations import migrate
from graph.service import run_sync
from graph.store import EngineConfig, Store, open_store
from ingest.bulk.load import BulkLoad, finish, finish_files, import_files, prepared, shown_command
from ingest.errors import BulkDiffers, BulkFailed, BulkMissing, BulkNotPossible
from tests.ingest.conftest import COMPANY, FILES, Workshop
from tests.ingest.reading import contents
from tests.ingest.test_faults import until
from tests.paths import NEO4J_CACHE

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAPPING = (
    COMPANY.replace(
        "fields: {name: name, employees: staff, tax_id: tax}",
        "fields: {name: name, employees: staff, tax_id: tax, domains: domains, industry: industry}\n"
        "        attributes: {founded: founded, listed: listed}\n        known_from: modified",
    ).replace(
        "valid_from: 2020-01-01\n",
        "valid_from: 2020-01-01\n"
        "attributes:\n  Customer: {founded: {type: integer}, listed: {type: boolean}}\n"
        "kinds:\n  machine: {name_zh: 设备, fields: {hours: {type: number, unit: h}}}\n",
    )
    + """
  machines:
    file: machines.csv
    nodes:
      - {label: Item, kind: machine, key: id, fields: {name: name}, attributes: {hours: hours}}
    links:
      - {type: LINKED_TO, to: {Customer: account}, fields: {relation: {constant: installed_at}}}
"""
)
ACCOUNTS = (
    "id,name,staff,tax,parent,domains,industry,founded,listed,modified\n"
    '1,"Alpha ""A"", 宏达\nand Sons",10,91350100M000100Y43,,alpha.com,"a, b",1999,true,2024-01-01\n'
    "2,Beta\\,,913456789012345678,1,,,,,2024-02-01\n"
)
MACHINES = "id,name,hours,account\nM1,Pump,12.5,1\nM2,Fan,,2\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, EngineConfig]]:
    """A Neo4j of the test's own with the cache that remembers it."""
    if reason := missing():
        pytest.skip(f"no Neo4j here: {reason}")
    cache = tmp_path / "cache"
    cache.mkdir()
    started = start(NEO4J_CACHE, tmp_path / "neo4j")
    for jars in NEO4J_CACHE.glob("jars-*"):
        (cache / jars.name).symlink_to(jars.resolve())
    remember(cache, started)
    yield cache, EngineConfig(home=tmp_path / "home", uri=started.uri, password=started.password)
    running: Neo4jServer | None = remembered(cache)
    if running is not None:
        running.stop()


@pytest.mark.slow
def test_a_bulk_load_leaves_what_an_ordinary_load_leaves(
    store: Store, tmp_path: Path, server: tuple[Path, EngineConfig]
) -> None:
    if store.engine != "neo4j":
        pytest.skip("the embedded engine has no import tool")
    exports = tmp_path / "exports"
    exports.mkdir()
    ordinary = Workshop(store, exports, tmp_path / "ordinary")
    ordinary.put(accounts_csv=ACCOUNTS, people_csv=FILES["people.csv"], lines_csv=FILES["lines.csv"])
    ordinary.put(machines_csv=MACHINES)
    ordinary.load(MAPPING)
    cache, config = server
    command = f"{sys.executable} -m devtools.neo4j_server --cache {cache} admin"
    with open_store(config) as opened:
        migrate(opened)
        bulk = Workshop(opened, exports, tmp_path / "home")
        bulk.load(MAPPING, bulk=True)
        with pytest.raises(BulkMissing, match="--bulk-finish"):
            finish(opened, bulk.home, NOW)
    load = prepared(bulk.home)
    assert shown_command(load).startswith("neo4j-admin database import full neo4j ")
    with pytest.raises(BulkFailed, match="load again with --bulk"):
        import_files(command, replace(load, arguments=[*load.arguments, "--nodes=Customer=missing.csv"]))
    with open_store(config) as opened:
        assert opened.read("store.count_relationships") == [], "a failed import leaves the graph as it was"
    _kill_import(cache, load)
    with open_store(config) as opened:
        assert opened.read("store.count_relationships") == [], "a killed import leaves the graph as it was"
    import_files(command, load)
    assert (bulk.home / "bulk" / load.database_id / "import.report").is_file()
    assert not Path("import.report").exists()
    with open_store(config) as opened:
        migrate(opened)
        with pytest.raises(BulkDiffers, match="Customer: 2 instead of 3"):
            _finish_with(opened, bulk, {"Customer": 3})
        _finish_with(opened, bulk, {"Customer": 2})
        assert contents(opened) == contents(store)
        assert run_sync(opened, read_clock) == run_sync(store, read_clock)
        again = replace(bulk, store=opened)
        assert not again.load(MAPPING).changed
        with pytest.raises(BulkNotPossible, match="not empty"):
            again.load(MAPPING, bulk=True)


def _kill_import(cache: Path, load: BulkLoad) -> None:
    """Begin an import, kill it with all that it started once it writes, and start the server again."""
    server = remembered(cache)
    assert server is not None
    words = [sys.executable, "-m", "devtools.neo4j_server", "--cache", str(cache), "admin", *load.arguments]
    with subprocess.Popen(
        words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until((server.home / "import" / "data").exists, process)
        os.killpg(process.pid, signal.SIGKILL)
    remember(cache, start(cache, server.home, port=server.port))


def _finish_with(store: Store, workshop: Workshop, nodes: dict[str, int]) -> None:
    """Finish a load of which `nodes` are said to have been written."""
    load = prepared(workshop.home)
    finish_files(workshop.home / "bulk" / load.database_id, replace(load, nodes={**load.nodes, **nodes}))
    finish(store, workshop.home, NOW)


def test_only_an_empty_neo4j_is_loaded_in_bulk(company: Workshop) -> None:
    if company.store.engine == "neo4j":
        company.load()
    with pytest.raises(BulkNotPossible, match=r"not empty|embedded engine"):
        company.load(bulk=True)
    assert not list((company.home / "bulk").glob("*"))
