"""Upserts of nodes, facts and parts, on both engines."""

from datetime import UTC, datetime

from graph.store import Store


def test_a_node_is_created_and_updated(store: Store) -> None:
    store.upsert_nodes("Order", [{"id": "o1", "props": {"ordered_at": "2024-01-01T08:00:00+00:00", "amount": 3.5}}])
    store.upsert_nodes("Order", [{"id": "o1", "props": {"amount": None, "currency": "CNY"}}])
    assert store.read("store.count_nodes")[-1] == {"label": "Order", "count": 1}
    assert datetime(2024, 1, 1, 8, tzinfo=UTC)
