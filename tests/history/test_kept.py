"""The kept history: built, opened again, caught up with what others wrote, and never half in force."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from cypher import Query
from graph.history import TABLES, History, check_history, open_history, read_history, rebuild_history
from graph.history.touched import packed, unpacked
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago
from tests.history.test_read import company, rows


def content(history: History) -> dict[str, list[dict[str, Any]]]:
    """All rows of all views, without their positions."""
    return {
        name: sorted(
            ({key: item for key, item in row.items() if key != "position"} for row in rows(history, name)),
            key=str,
        )
        for name in TABLES
    }


def same_as_graph(store: Store, home: Path) -> bool:
    with open_history(store, home) as kept, read_history(store) as read:
        assert content(kept) == content(read)
    return True


def change(store: Store, key: str, kind: str, label: str, *ids: str) -> None:
    """A line of the change log, as ingest writes it."""
    props = {"at": NOW.isoformat(), "actor": "ingest", "kind": kind, "count": len(ids)}
    store.upsert_nodes("Change", [{"id": key, "props": props | {"touched": packed(label, ids)}}])


def test_ids_survive_their_packing() -> None:
    assert unpacked(packed("Order", ["b", "a", "b", "顾客"])).ids == ("a", "b", "顾客")


def test_it_is_built_partitioned_by_month_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    world = company()
    world.order("old", "acme", ago(400), [("p", 1.0, 1.0)])
    world.load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    assert same_as_graph(store, tmp_path)
    files = [path for path in (tmp_path / "history").rglob("*") if path.name != "write.lock"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files if path.is_dir()} == {0o700}
    months = {path.parent.name for path in (tmp_path / "history" / "edge_contains").rglob("*.parquet")}
    assert months == {"month=2024-05", "month=2025-06"}


@pytest.mark.query("history.changes_by_ids")
def test_what_others_wrote_is_read_by_the_ids_that_the_log_names(store: Store, tmp_path: Path) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    with open_history(store, tmp_path) as history:
        before = history.position
    world = World()
    world.order("o2", "bolt", ago(3), [("p", 4.0, 8.0)])
    world.node("Customer", "bolt", name="Bolt & Co")
    world.load(store)
    store.write(DROP_LINE)
    change(store, "c2", "load.Order", "Order", "o2")
    change(store, "c3", "load.PLACED", "Order", "o2")
    change(store, "c4", "load.CONTAINS", "Order", "o2", "o1")
    change(store, "c5", "load.Customer", "Customer", "bolt")
    change(store, "c6", "load.Alias", "Alias", "x")
    assert same_as_graph(store, tmp_path)
    with open_history(store, tmp_path) as history:
        assert history.position == before + 5
        changed = set(history.changed_since(before).fetchall())
        assert changed == {
            ("node_order", "Order", "o2", None, None),
            ("node_customer", "Customer", "bolt", None, None),
            ("edge_placed", "Order", "o2", "Customer", "bolt"),
            ("edge_contains", "Order", "o2", "Product", "p"),
            ("edge_contains", "Order", "o1", "Product", "p"),
        }
        assert history.complete_since == before


DROP_LINE = Query(
    "test.drop_line",
    "MATCH (o:Order {order_id: 'o1'})-[r:CONTAINS]->(p) WHERE r.line = 2 DELETE r",
    frozenset(),
    "write",
)


def test_what_a_user_asserts_and_what_ends_is_caught_up(store: Store, tmp_path: Path) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()
    world = World()
    world.role("ann", ("Opportunity", "d1"), "blocker", source="user:eve", source_key="x")
    world.load(store)
    props = {"at": NOW.isoformat(), "actor": "user:eve", "kind": "assert.HAS_ROLE", "count": 1}
    entities = {"entity_ids": ["Contact:ann", "Opportunity:d1"]}
    store.upsert_nodes("Change", [{"id": "c2", "props": props | entities}])
    assert same_as_graph(store, tmp_path)
    store.write(CLOSE_ALL)
    change(store, "c3", "ended.Customer", "Customer", "acme")
    assert same_as_graph(store, tmp_path)


CLOSE_ALL = Query(
    "test.close_all",
    "MATCH (n:Customer {customer_id: 'acme'})-[r]-() WHERE r.fact_id IS NOT NULL"
    " SET r.valid_to = datetime('2025-06-01T00:00:00Z')",
    frozenset(),
    "write",
)


@pytest.mark.parametrize("touched", [None, "all"])
def test_where_the_log_cannot_tell_it_is_built_anew(
    store: Store, tmp_path: Path, touched: str | None
) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()
    world = World()
    world.customer("coil")
    world.load(store)
    if touched is None:
        props = {"at": NOW.isoformat(), "actor": "ingest", "kind": "load.Customer", "count": 1}
        store.upsert_nodes("Change", [{"id": "c2", "props": props}])
    else:
        store.write(FORGET)
        change(store, "c2", "load.Customer", "Customer", "acme")
    assert same_as_graph(store, tmp_path)


FORGET = Query("test.forget", "MATCH (c:Change) DETACH DELETE c", frozenset(), "write")


def test_a_graph_without_a_log_is_read_at_every_opening(store: Store, tmp_path: Path) -> None:
    company().load(store)
    assert same_as_graph(store, tmp_path)
    world = World()
    world.customer("coil")
    world.load(store)
    assert same_as_graph(store, tmp_path)


def test_a_killed_writer_leaves_the_earlier_manifest_in_force(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()
    world = World()
    world.customer("coil")
    world.load(store)
    change(store, "c2", "load.Customer", "Customer", "coil")
    manifest = (tmp_path / "history" / "manifest.json").read_bytes()

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("graph.history.opening.replace_manifest", killed)
        with pytest.raises(KeyboardInterrupt):
            open_history(store, tmp_path)
    assert (tmp_path / "history" / "manifest.json").read_bytes() == manifest
    assert same_as_graph(store, tmp_path)


@pytest.mark.slow
def test_many_deltas_are_compacted_and_unnamed_files_go(store: Store, tmp_path: Path) -> None:
    company().load(store)
    change(store, "c0", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()
    for number in range(1, 12):
        world = World()
        world.order("moved", "acme", ago(number * 31), [("p", float(number), 1.0)])
        world.load(store)
        for name in ("Order", "PLACED", "CONTAINS"):
            change(store, f"{name}{number}", f"load.{name}", "Order", "moved")
        assert same_as_graph(store, tmp_path)
    deltas = list((tmp_path / "history" / "edge_contains").rglob("*-delta/*.parquet"))
    assert 0 < len(deltas) <= 3


@pytest.mark.slow
def test_check_counts_and_sums_every_table(store: Store, tmp_path: Path) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()
    found = check_history(store, tmp_path)
    assert (found.equal, found.was_stale, found.caught_up) == (True, None, 0)
    assert {table.table: table.kept.rows for table in found.tables}["edge_contains"] == 2
    store.write(RENAME)  # nobody says so in the change log
    found = check_history(store, tmp_path)
    assert [table.table for table in found.tables if not table.equal] == ["node_customer"]
    rebuild_history(store, tmp_path)
    assert check_history(store, tmp_path).equal


RENAME = Query("test.rename", "MATCH (c:Customer) SET c.name = 'Else'", frozenset(), "write")


@pytest.mark.slow
def test_the_commands_rebuild_and_check(store: Store, cli: Cli) -> None:
    company().load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    rebuilt = json.loads(cli("history", "rebuild", "--json").stdout)
    assert (rebuilt["position"], rebuilt["rows"]["edge_contains"]) == (1, 2)
    assert "equal to the graph" in cli("history", "check").stdout
    store.write(RENAME)
    differing = cli("history", "check", "--json", check=False)
    report = json.loads(differing.stdout)
    assert (differing.returncode, report["equal"]) == (1, False)
    assert report["tables"]["node_customer"] == {"rows": 2, "graph_rows": 2, "equal": False}
    found = {one["subject"]: one for one in json.loads(cli("doctor", "--json").stdout)["findings"]}
    assert found["history"]["status"] == "ok"
