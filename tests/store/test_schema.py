"""Migrations: what they create, that they may be repeated, and what does not fit."""

import pytest

from cypher import Query
from graph import census, migrations
from graph.store import ConstraintViolated, SchemaNewer, SchemaOutdated, Store
from tests.conftest import Cli, wipe
from tests.store.rows import MORNING, nodes

FORGET = Query(
    "test.forget", "MATCH (m:Migration {version: $version}) DELETE m", frozenset({"version"}), "write"
)
TWICE = Query("test.twice", "CREATE (:Customer {customer_id: 'a'})", frozenset(), "write")
SEARCH = Query(
    "test.search",
    "CALL db.index.fulltext.queryNodes('customer_words', $text) YIELD node"
    " RETURN node.customer_id AS id ORDER BY id",
    frozenset({"text"}),
    "read",
)


@pytest.mark.query("schema.version", "schema.identify")
def test_migrating_again_changes_nothing(store: Store) -> None:
    before = migrations.state(store)
    report = migrations.migrate(store)
    assert report.applied == ()
    assert (report.from_version, report.to_version) == (migrations.LATEST, migrations.LATEST)
    assert migrations.state(store) == before == migrations.check(store)
    assert report.database_id == before.database_id is not None
    assert before.version == migrations.LATEST


@pytest.mark.query("schema.record")
def test_an_interrupted_migration_goes_on(store: Store) -> None:
    store.write(FORGET, version=migrations.LATEST)
    with pytest.raises(SchemaOutdated, match="relgraph migrate"):
        migrations.check(store)
    assert len(migrations.migrate(store).applied) == 1
    migrations.check(store)


def test_a_newer_graph_is_refused(store: Store) -> None:
    store.write("schema.record", version=migrations.LATEST + 1, title="tomorrow", at=MORNING)
    try:
        for refuse in (migrations.check, migrations.migrate):
            with pytest.raises(SchemaNewer, match="newer"):
                refuse(store)
    finally:
        store.write(FORGET, version=migrations.LATEST + 1)


def test_keys_are_unique(store: Store) -> None:
    store.write(TWICE)
    with pytest.raises(ConstraintViolated):
        store.write(TWICE)


def test_customer_names_are_searched_in_chinese_too(store: Store) -> None:
    names = {"a": "北京宏达机械有限公司", "b": "Globex Trading GmbH", "c": "上海信息技术公司"}
    store.upsert_nodes("Customer", [{"id": key, "props": {"name": name}} for key, name in names.items()])
    await_search(store, "宏达", ["a"])
    await_search(store, "技术", ["c"])
    await_search(store, "globex", ["b"])


def await_search(store: Store, text: str, expected: list[str]) -> None:
    assert [row["id"] for row in store.read(SEARCH, text=text)] == expected


@pytest.mark.query("store.count_nodes", "store.count_relationships")
def test_counts_are_by_label_and_type(store: Store) -> None:
    store.upsert_nodes("Customer", nodes(2))
    store.upsert_nodes("Order", nodes(3, ordered_at=MORNING))
    placed = [{"start": "0", "end": str(number), "props": {}} for number in range(3)]
    store.upsert_parts("PLACED", "Customer", "Order", placed)
    found = census.take(store)
    assert found == census.Census({"Customer": 2, "Order": 3}, {"PLACED": 3})


@pytest.mark.query("store.erase_nodes", "store.erase_relationships")
def test_wiping_keeps_the_schema(store: Store) -> None:
    store.upsert_nodes("Customer", nodes(2))
    before = migrations.state(store)
    wipe(store)
    assert census.take(store) == census.Census({}, {})
    assert migrations.check(store) == before


@pytest.mark.slow
def test_the_commands_print_what_they_did(store: Store, cli: Cli) -> None:
    store.upsert_nodes("Customer", nodes(2))
    assert '"Customer": 2' in cli("stats", "--json").stdout
    assert "nothing to do" in cli("migrate").stdout
    assert '"applied": []' in cli("migrate", "--json").stdout
