"""Warm paths read from the graph."""

import pytest

from graph.decision_chain.read import chain as read_chain
from graph.service import run_sync
from graph.store import AsyncStore, Store
from graph.tie.strength import decayed
from graph.warm_path.find import decision_makers, warm_paths
from tests.graph.world import NOW, World, ago


@pytest.fixture
def loaded(store: Store) -> Store:
    """Eva knows Bob at ACME and her colleague Emil; both reach Ann, the chief, only through others."""
    world = World()
    world.customer("acme")
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Buyer")
    world.employee("eva", role="Account manager")
    world.employee("emil")
    world.employee("former", active=False)
    world.role("ann", ("Customer", "acme"), "decision_maker")
    world.tie(("Employee", "eva"), ("Contact", "bob"), 0.8, interactions=1)
    world.tie(("Contact", "ann"), ("Contact", "bob"), 0.5, evidence=["Interaction:m1"])
    world.tie(("Employee", "emil"), ("Employee", "eva"), 0.9, raw=3.0)
    world.tie(("Employee", "emil"), ("Contact", "ann"), 0.9, raw=3.0, derived_at=ago(90))
    world.tie(("Employee", "eva"), ("Employee", "former"), 0.99, raw=4.0)
    world.tie(("Employee", "former"), ("Contact", "ann"), 0.99, raw=4.0)
    world.load(store)
    return store


@pytest.mark.query("path.ties", "path.describe", "path.evidence")
def test_the_strongest_paths_with_reasons(loaded: Store) -> None:
    found = run_sync(loaded, warm_paths, employee_id="eva", contact_ids=["ann"], now=NOW)
    names = [
        [path.steps[0].from_person.name, *(step.to_person.name for step in path.steps)] for path in found
    ]
    assert names == [["Eva", "Emil", "Ann"], ["Eva", "Bob", "Ann"]]
    assert found[0].strength == pytest.approx(0.9 * decayed(0.9, ago(90), NOW, 90.0))
    assert [step.why for step in found[1].steps] == [
        "1 interaction, on 2025-06-20",
        "5 interactions, last on 2025-06-20; both at ACME",
    ]
    assert found[0].steps[0].why.endswith("; colleagues")
    assert found[1].steps[1].evidence == ("Interaction:m1",)
    assert found[1].steps[1].to_person.title == "CEO"


async def test_both_stores_find_the_same(loaded: Store, astore: AsyncStore) -> None:
    asked = {"employee_id": "eva", "contact_ids": ["ann"], "now": NOW, "first": 1}
    one = await warm_paths(astore, **asked)  # type: ignore[arg-type] # a test's own words
    assert one == run_sync(loaded, warm_paths, **asked)  # type: ignore[arg-type] # a test's own words
    assert len(one) == 1


def test_to_the_decision_maker_of_the_chain(loaded: Store) -> None:
    chain = run_sync(loaded, read_chain, customer_id="acme", now=NOW)
    assert decision_makers(chain) == ("ann",)


def test_ties_that_have_faded_are_not_asked(loaded: Store) -> None:
    later = NOW.replace(year=NOW.year + 2)
    assert run_sync(loaded, warm_paths, employee_id="eva", contact_ids=["ann"], now=later) == ()


def test_nobody_to_reach(loaded: Store) -> None:
    assert run_sync(loaded, warm_paths, employee_id="eva", contact_ids=[], now=NOW) == ()
    assert run_sync(loaded, warm_paths, employee_id="eva", contact_ids=["nobody"], now=NOW) == ()
    assert run_sync(loaded, warm_paths, employee_id="nobody", contact_ids=["ann"], now=NOW) == ()


@pytest.mark.query("path.unreachable")
def test_nobody_is_led_over_people_whose_jobs_have_all_ended(store: Store) -> None:
    """The strongest paths lead over them; the next best is found, however many there are."""
    world = World()
    world.employee("eva")
    world.customer("acme")
    world.contact("ann", "acme")
    world.contact("bob", "acme")
    for number in range(9):
        world.contact(f"left{number}", "acme", valid_to=ago(30))
        world.tie(("Employee", "eva"), ("Contact", f"left{number}"), 0.95)
        world.tie(("Contact", f"left{number}"), ("Contact", "ann"), 0.95)
    world.tie(("Employee", "eva"), ("Contact", "bob"), 0.4)
    world.tie(("Contact", "bob"), ("Contact", "ann"), 0.4)
    world.load(store)
    asked = {"contact_ids": ["left1", "bob", "nobody"], "as_of": NOW.isoformat(), "viewer": "", "gone": 0.5}
    assert store.read("path.unreachable", **asked) == [{"contact_id": "left1"}]
    (found,) = run_sync(store, warm_paths, employee_id="eva", contact_ids=["ann"], now=NOW)
    assert [step.to_person.person_id for step in found.steps] == ["bob", "ann"]
    assert found.strength == pytest.approx(0.16)
