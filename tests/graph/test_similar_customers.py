"""Similar customers: the nearest first, with what both have in common; who ended or is hidden is left out."""

import pytest

from graph.scope import Scope
from graph.service import run_sync
from graph.similar_customers import similar_customers
from graph.store import Store
from tests.graph.world import NOW, World, ago

BASE = {"orders": 1, "quantity": 1.0, "first_at": ago(9), "last_at": ago(9)}


def company() -> World:
    """ACME, and near to it b (two products and the industry in common), c (nothing) and d, which ended."""
    world = World()
    near = {"embedding_near": ["b", "c", "d", "gone"], "embedding_nearness": [0.9, 0.5, 0.4, 0.3]}
    world.customer("acme", industry="Energy", country="DE", **near)
    world.customer("b", industry="Energy", country="FR")
    world.customer("c", region="north", embedding_near=["acme"], embedding_nearness=[0.5])
    world.customer("d", ended_at=ago(3))
    world.customer("plain")
    for product in ("pump", "valve", "seal"):
        world.node("Product", product, name=product)
        world.part("BOUGHT", ("Customer", "acme"), ("Product", product), **BASE)
    for product in ("pump", "valve"):
        world.part("BOUGHT", ("Customer", "b"), ("Product", product), **BASE)
    return world


@pytest.mark.query("customer.similar")
def test_the_nearest_first_with_what_both_have_in_common(store: Store) -> None:
    company().load(store)
    found = run_sync(store, similar_customers, customer_ids=["acme", "plain"], now=NOW)
    assert [(one.customer_id, one.similarity, one.products) for one in found["acme"]] == [
        ("b", 0.9, 2), ("c", 0.5, 0),
    ]  # fmt: skip
    assert [one.text("en") for one in found["acme"]] == [
        "2 products bought by both; both in Energy", "alike in orders and relationships",
    ]  # fmt: skip
    assert found["acme"][0].text("zh") == "两家都买过 2 种产品;同属 Energy"
    assert "plain" not in found


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), {("acme", "b"), ("acme", "c"), ("c", "acme")}),
        (Scope(regions=("north",)), set()),
        (Scope(customers=("acme", "c")), {("acme", "c"), ("c", "acme")}),
    ],
)
def test_what_a_viewer_does_not_see_is_left_out(
    store: Store, scope: Scope, seen: set[tuple[str, str]]
) -> None:
    company().load(store)
    rows = store.read(
        "customer.similar", customer_ids=["acme", "c"], as_of=NOW.isoformat(), scope=scope.param()
    )
    assert {(row["customer_id"], row["other_id"]) for row in rows} == seen
