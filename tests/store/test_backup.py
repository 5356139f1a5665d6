"""Backup and restore: an equal export after a restore, on the same engine; damage and misuse are refused."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cypher import Query
from graph import census, migrations
from graph.backup import BackupError, Manifest, backup, restore
from graph.store import Store
from tests.conftest import Cli, wipe
from tests.store.rows import MORNING, fact, moment, nodes, props_of

NOW = datetime(2024, 6, 1, tzinfo=UTC)
STRANGE = Query("test.strange", "CREATE (:Wizard {name: 'x'})", frozenset(), "write")
CLEAR = Query("test.clear", "MATCH (n:Wizard) DELETE n", frozenset(), "write")


def fill(store: Store) -> None:
    """A small graph with every kind of value that a backup must keep."""
    customer = {
        "name": '宏达, "quoted"',
        "tax_id": "911101080000000123",
        "domains": ["a.cn", "b.cn"],
        "employees": 7,
        "revenue": 1e300,
        "created_at": MORNING,
        "x_flag": True,
        "x_count": 2**60,
        "embedding": [0.1, -0.25, 3.0],
    }
    odd = {"name": "odd types", "revenue": 5, "x_seen": MORNING, "loaded_at": "2024-01-01 as text"}
    store.upsert_nodes("Customer", [{"id": "a", "props": customer}])
    store.upsert_nodes("Customer", [{"id": "b", "props": odd, "moments": ["x_seen"]}])
    store.upsert_nodes("Order", [{"id": "o", "props": {"ordered_at": "2024-01-01T08:00:00.123456+00:00"}}])
    figures = {"value_amounts": [1.5, 2.0], "value_currencies": ["CNY", "EUR"]}
    store.upsert_nodes("Profile", [{"id": "a", "props": figures}])
    store.upsert_nodes("Product", nodes(3))
    store.upsert_nodes("Employee", nodes(2, name="E"))
    twice = [fact("a", "b", "f1"), fact("a", "b", "f2", run_id="r")]
    store.upsert_facts("PARENT_OF", "Customer", "Customer", twice)
    owned = fact("0", "a", "f3", evidence=["Order:o"], evidence_count=1)
    store.upsert_facts("OWNS", "Employee", "Customer", [owned])
    store.upsert_parts("PLACED", "Customer", "Order", [{"start": "a", "end": "o", "props": {}}])
    lines = [{"start": "o", "end": "1", "key": line, "props": {"quantity": -1.5}} for line in (1, 2)]
    store.upsert_parts("CONTAINS", "Order", "Product", lines)


def tables(manifest: Manifest) -> dict[str, str]:
    return {table.file: table.sha256 for table in manifest.tables}


@pytest.mark.query("schema.reidentify", "transfer.ids", "transfer.nodes", "transfer.relationships",
                   "transfer.relationships_from_end", "transfer.any")  # fmt: skip
def test_a_restored_graph_exports_equally_under_a_new_identity(store: Store, tmp_path: Path) -> None:
    fill(store)
    before, identity = census.take(store), migrations.state(store).database_id
    first = backup(store, tmp_path / "first.zip", NOW)
    wipe(store)
    assert tables(restore(store, tmp_path / "first.zip", NOW)) == tables(first)
    second = backup(store, tmp_path / "second.zip", NOW)
    assert tables(second) == tables(first)
    assert census.take(store) == before
    assert props_of(store, "Customer", "b")["x_seen"] == moment(MORNING)
    assert {first.database_id, second.database_id} == {identity, migrations.state(store).database_id}
    assert first.database_id != second.database_id


def test_hubs_are_read_from_the_other_side(store: Store, tmp_path: Path) -> None:
    """A page of employees with all their ties is more than one query may return; of contacts it is not."""
    store.upsert_nodes("Employee", nodes(1))
    store.upsert_nodes("Contact", nodes(6000))
    ties = (fact("0", str(number), f"k{number}", raw=1.0, strength=0.5) for number in range(6000))
    store.upsert_facts("KNOWS", "Employee", "Contact", ties)
    manifest = backup(store, tmp_path / "hub.zip", NOW)
    assert {table.name: table.rows for table in manifest.tables}["KNOWS"] == 6000
    calls = store.metrics.snapshot()
    paged = "transfer.relationships_from_end[KNOWS,Employee,employee_id,Contact,contact_id]"
    assert (calls[paged].calls, calls[paged].rows) == (2, 6000)


EXPORTED: dict[str, dict[str, str]] = {}


def test_both_engines_write_the_same_tables(store: Store, tmp_path: Path) -> None:
    """The second engine to run this compares with the first."""
    fill(store)
    EXPORTED[store.engine] = tables(backup(store, tmp_path / "whole.zip", NOW))
    assert all(exported == EXPORTED[store.engine] for exported in EXPORTED.values())


def test_only_an_empty_graph_is_filled(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup(store, tmp_path / "whole.zip", NOW)
    with pytest.raises(BackupError, match="not empty"):
        restore(store, tmp_path / "whole.zip", NOW)


def test_a_file_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "whole.zip").write_text("precious")
    with pytest.raises(BackupError, match="exists"):
        backup(store, tmp_path / "whole.zip", NOW)
    assert (tmp_path / "whole.zip").read_text() == "precious"


def test_what_the_model_does_not_know_is_named_not_dropped(store: Store, tmp_path: Path) -> None:
    store.write(STRANGE)
    try:
        with pytest.raises(BackupError, match="Wizard"):
            backup(store, tmp_path / "whole.zip", NOW)
        assert list(tmp_path.iterdir()) == []
    finally:
        store.write(CLEAR)


def damaged(whole: Path, target: Path) -> Iterator[str]:
    """Write `whole` to `target` with one thing wrong after another; yields what is said about it."""
    target.write_bytes(whole.read_bytes()[:-40])
    yield "not a whole"
    with zipfile.ZipFile(whole) as source:
        held = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(held["manifest.json"])
    for change, says in (
        ({"manifest.json": b"{}"}, "not a whole"),
        ({"manifest.json": json.dumps(manifest | {"format": 99}).encode()}, "format 99"),
        ({"manifest.json": json.dumps(manifest | {"schema_version": 99}).encode()}, "schema version 99"),
        ({"nodes-Customer.parquet": b"PAR1"}, "checksum"),
    ):
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in (held | change).items():
                archive.writestr(name, content)
        yield says


def test_a_damaged_or_newer_file_is_refused_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup(store, tmp_path / "whole.zip", NOW)
    wipe(store)
    for says in damaged(tmp_path / "whole.zip", tmp_path / "bad.zip"):
        with pytest.raises(BackupError, match=says):
            restore(store, tmp_path / "bad.zip", NOW)
    with pytest.raises(BackupError, match="no file"):
        restore(store, tmp_path / "absent.zip", NOW)
    assert census.take(store).nodes == {}


@pytest.mark.slow
def test_the_commands(store: Store, cli: Cli, tmp_path: Path) -> None:
    fill(store)
    saved = json.loads(cli("backup", tmp_path / "whole.zip", "--json").stdout)
    assert (saved["nodes"], saved["relationships"]) == (9, 6)
    refused = cli("restore", tmp_path / "whole.zip", check=False)
    assert (refused.returncode, "not empty" in refused.stderr) == (1, True)
    wipe(store)
    assert json.loads(cli("restore", tmp_path / "whole.zip", "--json").stdout)["tables"] == saved["tables"]
