"""The index follows the graph: by the change log where there is one, kept on disk, built anew at need."""

import stat
from typing import Any

import pytest

from graph import migrations
from graph.history.touched import packed
from graph.search import search
from graph.search.files import kept_index
from graph.search.upkeep import FOLDER, Followed, brought_up, build, first_index
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, iso


def change(store: Store, key: str, kind: str, *ids: str, touched: bool = True) -> None:
    """A change in the log, as a load writes it; without `touched` it does not say what it wrote."""
    props: dict[str, Any] = {"at": iso(NOW), "actor": "ingest", "kind": kind}
    if touched:
        props["touched"] = packed(kind.partition(".")[2], ids)
    store.upsert_nodes("Change", [{"id": key, "props": props}])


def named(store: Store, **names: str) -> None:
    """Customers with these names."""
    store.upsert_nodes("Customer", [{"id": key, "props": {"name": name}} for key, name in names.items()])


def found(store: Store, followed: Followed, text: str) -> list[str]:
    return [hit.node_id for hit in run_sync(store, search, followed.standing, text=text, as_of=NOW).hits]


def test_without_a_log_new_nodes_are_noticed(store: Store) -> None:
    named(store, a="Hill Light GmbH")
    followed = first_index(store)
    assert brought_up(store, followed) is followed
    named(store, b="Brook Water AG")
    assert found(store, brought_up(store, followed), "brook wter") == ["b"]


def test_a_change_is_followed_by_what_it_names(store: Store) -> None:
    named(store, a="Hill Light GmbH", b="Brook Water AG")
    change(store, "1", "load.Customer", "a", "b")
    followed = first_index(store)
    assert brought_up(store, followed) is followed
    named(store, a="Cingular Wireless", c="Sunny Meadow Ltd")
    change(store, "2", "load.Customer", "a", "c")
    after = brought_up(store, followed)
    assert after.standing.base is followed.standing.base
    assert found(store, after, "cingular") == ["a"]
    assert found(store, after, "hill light") == []
    assert found(store, after, "sunny medow") == ["c"]
    assert found(store, after, "brook water") == ["b"]


def test_a_change_that_names_nothing_has_the_index_built_anew(store: Store) -> None:
    named(store, a="Hill Light GmbH")
    change(store, "1", "load.Customer", "a")
    followed = first_index(store)
    named(store, b="Brook Water AG")
    change(store, "2", "load.Customer", touched=False)
    assert found(store, brought_up(store, followed), "brook") == ["b"]


@pytest.fixture
def home_without_index(store: Store) -> Store:
    """A store whose home keeps no index from another test."""
    folder = store.config.home / FOLDER
    (folder / "manifest.json").unlink(missing_ok=True)
    return store


def test_a_kept_index_serves_the_next_start_and_is_its_owners_alone(home_without_index: Store) -> None:
    store = home_without_index
    named(store, a="Hill Light GmbH")
    change(store, "1", "load.Customer", "a")
    build(store.config)
    database = migrations.state(store).database_id or ""
    folder = store.config.home / FOLDER
    kept = kept_index(folder, database)
    assert kept is not None
    assert kept.changes == {"1"}
    assert kept_index(folder, "another graph") is None
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "build.lock"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    named(store, b="Brook Water AG")
    change(store, "2", "load.Customer", "b")
    followed = first_index(store)
    assert len(followed.standing.base) == 1, "the kept one was taken, and brought up"
    assert found(store, followed, "brook") == ["b"]
    assert found(store, followed, "hill") == ["a"]


def test_people_of_a_graph_that_lost_changes_are_read_anew(home_without_index: Store) -> None:
    store = home_without_index
    world = World()
    world.customer("a", name="Hill Light GmbH")
    world.load(store)
    change(store, "other", "load.Customer", "a")
    build(store.config)
    store.write("store.erase_nodes", limit=100)
    named(store, b="Brook Water AG")
    migrations.migrate(store)
    change(store, "1", "load.Customer", "b")
    followed = first_index(store)
    assert found(store, followed, "hill light") == []
    assert found(store, followed, "brook water") == ["b"]
