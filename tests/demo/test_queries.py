"""Known answers of the demo's queries, on both engines."""

import pytest

from graph.store import Store
from tests.graph.world import World, ago


@pytest.fixture
def loaded(store: Store) -> Store:
    """Two employees, three customers, three deals, four people."""
    world = World()
    for key in ("e1", "e2", "gone"):
        world.employee(key, active=key != "gone")
    for key in ("c1", "c2", "c3"):
        world.customer(key)
        world.fact("OWNS", ("Employee", "gone"), ("Customer", key))
    world.fact("OWNS", ("Employee", "e1"), ("Customer", "c1"), valid_to=ago(5))
    world.fact("OWNS", ("Employee", "e1"), ("Customer", "c2"))
    world.fact("OWNS", ("Employee", "e2"), ("Customer", "c1"))
    world.fact("OWNS", ("Employee", "e2"), ("Customer", "c3"))
    world.opportunity("small", "c1", amount=10.0)
    world.opportunity("large", "c2", amount=90.0)
    world.opportunity("won", "c3", amount=99.0, outcome="won", closed_at=ago(1))
    for customer in ("c1", "c2"):
        world.risk(f"risk-{customer}", customer, 0.4)
    for person in ("p1", "p2", "p3"):
        world.contact(person, "c1")
    world.fact("REPORTS_TO", ("Contact", "p1"), ("Contact", "p2"))
    world.fact("REPORTS_TO", ("Contact", "p2"), ("Contact", "p3"), basis="inferred")
    world.fact("REPORTS_TO", ("Contact", "p1"), ("Contact", "p3"), valid_to=ago(9))
    world.load(store)
    return store


@pytest.mark.query("demo.busiest_employee")
def test_who_looks_after_most_customers_today(loaded: Store) -> None:
    assert loaded.one("demo.busiest_employee") == {"employee_id": "e2", "name": "E2", "customers": 2}


def test_nobody_owns_anything(store: Store) -> None:
    assert store.one("demo.busiest_employee") is None


@pytest.mark.query("demo.largest_deals")
def test_open_deals_of_scored_customers_largest_first(loaded: Store) -> None:
    rows = loaded.read("demo.largest_deals", first=5)
    assert [(row["opportunity_id"], row["customer_id"], row["amount"]) for row in rows] == [
        ("large", "c2", 90.0),
        ("small", "c1", 10.0),
    ]


@pytest.mark.query("demo.open_deals")
def test_customers_with_an_open_deal(loaded: Store) -> None:
    assert loaded.read("demo.open_deals") == [{"customer_id": "c1"}, {"customer_id": "c2"}]


@pytest.mark.query("demo.managers")
def test_reporting_lines_of_today_by_basis(loaded: Store) -> None:
    assert loaded.read("demo.managers", basis="observed") == [{"contact_id": "p1", "manager_id": "p2"}]
    assert loaded.read("demo.managers", basis="inferred") == [{"contact_id": "p2", "manager_id": "p3"}]
