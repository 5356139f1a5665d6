"""Calls of named queries: values, access, parameters, errors, counts; sync and async alike."""

import asyncio
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest

from cypher import Query
from graph.store import (
    AccessDenied,
    AsyncStore,
    ConstraintViolated,
    EngineConfig,
    EngineUnavailable,
    QueryFailed,
    QueryTimeout,
    Store,
    open_async_store,
    open_store,
)
from tests.store.rows import MORNING, moment, nodes

VALUES = Query(
    "test.values",
    """
    UNWIND [1] AS one
    OPTIONAL MATCH (n:Order)
    RETURN n.ordered_at AS at, [n.ordered_at] AS many, {at: n.ordered_at} AS map, n AS node,
           date('2024-02-29') AS day, null AS nothing, 1.5 AS number, '宏达' AS text, true AS flag
    """,
    frozenset(),
    "read",
)
PATH = Query("test.path", "MATCH p = (:Customer)-[:PLACED]->(:Order) RETURN p", frozenset(), "read")
CREATE = Query("test.create", "CREATE (:Customer {customer_id: $id})", frozenset({"id"}), "write")
BROKEN = Query("test.broken", "MATCH (n RETURN n", frozenset(), "read")
ENDLESS = """
UNWIND range(1, 100000) AS a
UNWIND range(1, 100000) AS b
WITH a, b WHERE a * b = -1
RETURN count(*) AS never
"""
ECHO = Query("test.echo", "RETURN $x AS x", frozenset({"x"}), "read")


@pytest.mark.query("store.ping")
def test_values_are_plain_and_moments_aware(store: Store) -> None:
    store.upsert_nodes("Order", nodes(1, ordered_at="2024-01-01T16:00:00+08:00"))
    row = store.one(VALUES) or {}
    at = moment(MORNING)
    assert row["node"] == {"order_id": "0", "ordered_at": at}
    del row["node"]
    assert row == {
        "at": at, "many": [at], "map": {"at": at}, "day": date(2024, 2, 29), "nothing": None,
        "number": 1.5, "text": "宏达", "flag": True,
    }  # fmt: skip
    assert row["at"].tzinfo is UTC
    assert store.read("store.ping") == [{"answer": 1}]


def test_a_path_is_its_nodes_and_relationships(store: Store) -> None:
    store.upsert_nodes("Customer", nodes(1))
    store.upsert_nodes("Order", nodes(1, ordered_at=MORNING))
    store.upsert_parts("PLACED", "Customer", "Order", [{"start": "0", "end": "0", "props": {}}])
    assert store.one(PATH) == {
        "p": {
            "nodes": [{"customer_id": "0"}, {"order_id": "0", "ordered_at": moment(MORNING)}],
            "relationships": [{}],
        }
    }


async def test_async_calls_answer_as_sync_ones(store: Store, astore: AsyncStore) -> None:
    store.upsert_nodes("Order", nodes(3, ordered_at=MORNING))
    for name in ("store.count_nodes", "store.ping", "schema.version"):
        assert await astore.read(name) == store.read(name)
    written = await astore.write(CREATE, id="c1")
    assert (written.counters.nodes_created, written.rows) == (1, [])
    assert await astore.one("store.count_relationships") is None


@pytest.mark.parametrize("bad", [moment(MORNING), date(2024, 1, 1), {1, 2}, b"x", [moment(MORNING)]])
def test_only_plain_parameters_go_in(store: Store, bad: object) -> None:
    with pytest.raises(QueryFailed, match=r"test\.echo.*parameter x"):
        store.read(ECHO, x=bad)


def test_wrong_access_and_wrong_parameters_are_refused(store: Store) -> None:
    with pytest.raises(QueryFailed, match="write query"):
        store.read(CREATE, id="c1")
    with pytest.raises(QueryFailed, match="read query"):
        store.write("store.ping")
    with pytest.raises(QueryFailed, match="it takes"):
        store.read(ECHO)
    with pytest.raises(QueryFailed, match="it takes"):
        store.read("store.ping", extra=1)


async def test_errors_name_the_query(store: Store, astore: AsyncStore) -> None:
    with pytest.raises(QueryFailed, match=r"test\.broken"):
        store.read(BROKEN)
    with pytest.raises(QueryFailed, match=r"test\.broken"):
        await astore.read(BROKEN)
    store.write(CREATE, id="c1")
    with pytest.raises(ConstraintViolated, match=r"test\.create"):
        store.write(CREATE, id="c1")


def test_calls_rows_and_failures_are_counted(store: Store) -> None:
    before = store.metrics.snapshot().get("test.echo")
    store.read(ECHO, x=1)
    with pytest.raises(QueryFailed):
        store.read(ECHO)
    after = store.metrics.snapshot()["test.echo"]
    assert after.calls == (before.calls if before else 0) + 1
    assert after.rows == (before.rows if before else 0) + 1
    assert after.seconds > 0


async def test_two_writers_of_one_key_make_one_node(store: Store, astore: AsyncStore) -> None:
    merge = Query("test.merge", "MERGE (n:Customer {customer_id: $id})", frozenset({"id"}), "write")
    await asyncio.gather(*(astore.write(merge, id=str(number % 5)) for number in range(40)))
    assert {"label": "Customer", "count": 5} in store.read("store.count_nodes")


@pytest.mark.slow
def test_a_query_that_runs_too_long_is_ended(store: Store, home: Path) -> None:
    """On the embedded engine the limit is one of the engine itself, so it needs one with a short limit."""
    short = replace(store.config, timeout_s=2.0)
    if store.config.embedded:
        short = replace(short, home=home, heap="512m")
    endless = Query("test.endless", ENDLESS, frozenset(), "read")
    with open_store(short) as impatient, pytest.raises(QueryTimeout, match=r"test\.endless.*longer"):
        impatient.read(endless)


def test_nothing_answers(store: Store) -> None:
    config = store.config
    gone = EngineConfig(home=config.home, uri="bolt://127.0.0.1:1", password="none", timeout_s=3)
    with pytest.raises(EngineUnavailable, match=r"bolt://127\.0\.0\.1:1"):
        open_store(gone)


async def test_nothing_answers_asynchronously(store: Store) -> None:
    gone = EngineConfig(home=store.config.home, uri="bolt://127.0.0.1:1", password="none", timeout_s=3)
    with pytest.raises(EngineUnavailable):
        await open_async_store(gone)


@pytest.mark.parametrize("uri", ["http://localhost:7687", "localhost", "bolt://"])
def test_an_address_of_no_use_is_named(store: Store, uri: str) -> None:
    with pytest.raises(EngineUnavailable, match="NEO4J_URI"):
        open_store(EngineConfig(home=store.config.home, uri=uri))


def test_a_wrong_password_is_named(store: Store) -> None:
    there = store.endpoint
    wrong = EngineConfig(home=store.config.home, uri=there.uri, user=there.user, password="no")
    with pytest.raises(AccessDenied, match="login"):
        open_store(wrong)


def columns(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_a_stream_may_be_left_half_read(store: Store) -> None:
    store.upsert_nodes("Product", nodes(5000))
    every = Query("test.every", "MATCH (n:Product) RETURN n.product_id AS id", frozenset(), "read")
    stream = store.stream(every)
    assert next(iter(stream))["id"] is not None
    stream.close()  # type: ignore[attr-defined] # a generator
    assert len(set(columns(store.read(every), "id"))) == 5000
