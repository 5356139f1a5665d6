"""What if a contact leaves: as if it were recorded, and nothing is written."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from graph import census
from graph.decision_chain.read import chain
from graph.decision_chain.refresh import refresh
from graph.errors import NotFound
from graph.service import run_sync
from graph.store import Store
from graph.tie.model import Calibration
from graph.what_if.contact_leaves import Supposed, contact_leaves
from graph.what_if.model import WhatIf
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

ANN = Supposed("acme", "ann", employee_id="eva")


@pytest.fixture
def world() -> World:
    """Eva reaches Ann, who decides, directly and over Bob; Cy would decide about the money."""
    world = World()
    world.customer("acme", created_at=ago(900))
    world.employee("eva")
    world.opportunity("deal", "acme", amount=5.0)
    for person, role, stance in (
        ("ann", "decision_maker", 1), ("bob", "user_buyer", 0), ("cy", "economic_buyer", 1),
    ):  # fmt: skip
        world.contact(person, "acme")
        world.role(person, ("Opportunity", "deal"), role, stance=stance, influence=0.7)
    world.contact("dot", "acme")
    world.contact("far", None)
    for person, strength in (("ann", 0.6), ("bob", 0.5)):
        world.tie(("Employee", "eva"), ("Contact", person), strength)
    world.tie(("Contact", "ann"), ("Contact", "cy"), 0.8)
    reasons = [
        {"text": "one thread", "feature": "threads", "contribution": 0.4, "evidence": []},
        {"text": "silence", "feature": "silence", "contribution": 0.3, "evidence": ["Order:o1"]},
    ]
    world.risk("s", "acme", 0.6, reasons=orjson.dumps(reasons).decode())
    return world


def asked(store: Store, supposed: Supposed = ANN) -> WhatIf:
    return run_sync(store, contact_leaves, supposed, now=NOW)


def test_with_and_without_the_person(store: Store, world: World) -> None:
    world.load(store)
    nodes = census.take(store)
    found = asked(store)
    before, after = found.before, found.after
    assert (before.deciders, after.deciders) == (("ann",), ("cy",))
    assert (set(before.covered), after.covered) == ({"ann", "bob"}, ("bob",))
    assert [len(one.chain.members) for one in (before, after)] == [3, 2]
    assert before.ways[0].strength == pytest.approx(0.6)
    over = {step.to_person.person_id for way in after.ways for step in way.steps}
    assert "ann" not in over
    assert after.ways[0].strength == pytest.approx(0.5 * 0.25), "over Bob, her colleague"
    assert before.completeness.known > after.completeness.known
    assert {gap.kind for gap in found.new_gaps} >= {"key_person_left", "decision_maker_uncovered"}
    assert found.risk is not None
    assert [reason.text for reason in found.risk.of_people] == ["one thread"]
    assert census.take(store) == nodes


def test_it_is_what_a_recorded_end_would_say(store: Store, world: World) -> None:
    world.load(store)
    supposed = asked(store).after
    ended = World()
    ended.fact("WORKS_AT", ("Contact", "ann"), ("Customer", "acme"), title=None, valid_to=NOW)
    ended.load(store)
    run_sync(store, refresh, ["acme"], NOW, Calibration(90.0, 2.0))
    recorded = run_sync(store, chain, customer_id="acme", now=NOW)
    assert replace(supposed.chain, gaps=()) == replace(recorded, gaps=())
    assert {gap.kind for gap in recorded.gaps} == {gap.kind for gap in supposed.gaps}
    with pytest.raises(NotFound):
        asked(store, replace(ANN, contact_id="ann"))


def test_of_somebody_beside_the_chain_only_the_ways_change(store: Store, world: World) -> None:
    world.tie(("Employee", "eva"), ("Contact", "dot"), 0.9)
    world.tie(("Contact", "dot"), ("Contact", "ann"), 0.9)
    world.load(store)
    found = asked(store, replace(ANN, contact_id="dot"))
    assert found.before.chain == found.after.chain
    assert found.before.ways[0].strength == pytest.approx(0.81)
    assert found.after.ways[0].strength == pytest.approx(0.6)
    assert found.new_gaps == found.solved_gaps == ()
    for wrong in (
        replace(ANN, contact_id="far"), replace(ANN, contact_id="nobody"), replace(ANN, customer_id="nope"),
        replace(ANN, opportunity_id="nope"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            asked(store, wrong)


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_on_the_command_line(cli: Cli, store: Store, world: World) -> None:
    world.load(store)
    at = ("--now", (NOW + timedelta(minutes=1)).isoformat())
    told = cli("what-if", "acme", "--leaves", "ann", *at).stdout
    assert "covered members: 2 → 1" in told
    assert "The score is not reckoned anew" in told
    data = orjson.loads(cli("what-if", "acme", "--leaves", "ann", *at, "--json").stdout)
    assert data["after"]["deciders"] == ["cy"]
    assert cli("what-if", "acme", "--leaves", "nobody", check=False).returncode == 1
