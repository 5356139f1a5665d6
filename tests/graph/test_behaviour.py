"""Roles by behaviour: people with one and the same title, told apart by what they do, as stated elsewhere."""

from typing import Any

import pytest

from graph.buying_role.weights import ENOUGH, SOFTNESS, Case, RoleWeights, learn
from graph.decision_chain.model import Member
from graph.decision_chain.read import chain
from graph.derive import derive
from graph.derive.behaviour import METHOD
from graph.service import run_sync
from graph.store import Store
from tests.graph.test_incremental import changes, derive_changed
from tests.graph.world import NOW, World, ago

PARTS = {"copied": "decision_maker", "writer": "champion", "asker": "user_buyer", "quiet": "influencer"}


def company(stated: int) -> World:
    """ACME, of whose people nobody stated a role, and as many customers where everybody has one."""
    world = World()
    world.employee("eva")
    for customer in ("acme", *(f"c{number}" for number in range(stated))):
        _customer(world, customer)
        if customer != "acme":
            for kind, role in PARTS.items():
                world.role(f"{customer}-{kind}", ("Opportunity", f"{customer}-deal"), role)
    return world


def _customer(world: World, customer: str) -> None:
    """One deal; who writes does so with another in copy, one raises tickets, one does nothing."""
    world.customer(customer, created_at=ago(900))
    world.opportunity(f"{customer}-deal", customer, opened_at=ago(100))
    for kind in PARTS:
        world.contact(f"{customer}-{kind}", customer, "Gardener of Words")
    for number in range(3):
        _mail(world, customer, f"{customer}-m{number}", 60 + number)
        ticket = world.node("Ticket", f"{customer}-t{number}", opened_at=ago(50 + number))
        world.part("FOR", ("Ticket", ticket), ("Customer", customer))
        world.part("RAISED_BY", ("Ticket", ticket), ("Contact", f"{customer}-asker"))


def _mail(world: World, customer: str, key: str, days: float, **props: Any) -> None:
    people = [("Contact", f"{customer}-writer", "from"), ("Employee", "eva", "to")]
    world.met(key, ago(days), [*people, ("Contact", f"{customer}-copied", "cc")], **props)


def members(store: Store, days: float = 0.0) -> dict[str, Member]:
    """ACME's chain by what each does, as of so many days ago."""
    asked = {"customer_id": "acme", "now": NOW} | ({"as_of": ago(days)} if days else {})
    found = run_sync(store, chain, **asked)  # type: ignore[arg-type] # a test's own words
    return {member.contact_id.partition("-")[2]: member for member in found.members}


def test_what_people_do_tells_their_roles_where_nobody_states_any(store: Store) -> None:
    company(26).load(store)
    derive(store, NOW)
    found = members(store)
    assert {kind: member.role for kind, member in found.items()} == PARTS
    assert {(m.basis, m.method, m.scope) for m in found.values()} == {("inferred", METHOD, "customer")}
    assert all((member.confidence or 0.0) >= 0.5 for member in found.values())
    assert found["asker"].evidence[1:4] == tuple(f"Ticket:acme-t{number}" for number in range(3))
    assert found["copied"].since is not None


def test_decision_power_tells_who_decides_also_beside_a_stated_role(store: Store) -> None:
    world = company(26)
    world.role("acme-copied", ("Opportunity", "acme-deal"), "blocker", basis="asserted")
    world.load(store)
    derive(store, NOW)
    power = {kind: member.decision_power or 0.0 for kind, member in members(store).items()}
    assert power["copied"] > 0.5 > max(power[kind] for kind in PARTS if kind != "copied")


def test_without_learning_there_is_no_decision_power(store: Store) -> None:
    world = company(0)
    world.role("acme-copied", ("Opportunity", "acme-deal"), "decision_maker")
    world.load(store)
    derive(store, NOW)
    assert members(store)["copied"].decision_power is None


def test_a_past_day_knows_nothing_of_what_was_seen_later(store: Store) -> None:
    company(26).load(store)
    derive(store, NOW)
    assert members(store, days=55.0) == {}


def test_a_statement_wins_and_the_inference_stays_beside_it(store: Store) -> None:
    world = company(26)
    world.role("acme-copied", ("Opportunity", "acme-deal"), "blocker", basis="asserted")
    world.load(store)
    assert derive(store, NOW).counts["roles"].standing == 27 * 4
    assert (members(store)["copied"].role, members(store)["copied"].basis) == ("blocker", "asserted")


def test_titles_alone_speak_where_few_roles_are_stated(store: Store) -> None:
    company(ENOUGH // len(PARTS) - 1).load(store)
    assert derive(store, NOW).counts["roles"].standing == 0


def test_a_title_gives_way_from_when_behaviour_says_more(store: Store) -> None:
    world = company(26)
    world.contact("acme-chief", "acme", "CEO", valid_from=ago(400))
    world.load(store)
    derive(store, NOW)
    methods = {days: members(store, days)["chief"].method for days in (0.0, 300.0)}
    assert methods == {0.0: METHOD, 300.0: "title-lexicon-1"}


def test_what_not_everybody_may_see_counts_for_nothing(store: Store) -> None:
    world = company(26)
    for number in range(9):
        _mail(world, "acme", f"secret{number}", 5.0, visibility="owner")
    world.load(store)
    derive(store, NOW)
    assert members(store)["copied"].evidence_count == 1 + 3


@pytest.mark.slow
def test_what_changed_is_looked_at_alone_and_leaves_what_a_whole_derive_does(store: Store) -> None:
    world = company(26)
    world.load(store)
    derive_changed(store, ago(2), changes(world))
    later = World()
    ticket = later.node("Ticket", "late", opened_at=ago(1))
    later.part("FOR", ("Ticket", ticket), ("Customer", "acme"))
    later.part("RAISED_BY", ("Ticket", ticket), ("Contact", "acme-quiet"))
    later.load(store)
    written = derive_changed(store, NOW, changes(later)).counts["roles"]
    assert 0 < written.written <= len(PARTS)
    assert derive(store, NOW).counts["roles"].written == 0


def test_roles_of_a_single_customer_teach_with_caution() -> None:
    stated = [Case("one", ("champion", "approver")[n % 2], (("job", str(n % 2)),)) for n in range(ENOUGH)]
    weights = learn(stated)
    assert weights.softness == max(SOFTNESS)
    assert weights.likely((("job", "0"),))["champion"] > 0.5


def test_weights_stay_the_same_as_text() -> None:
    sure = [
        Case(f"c{n}", role, (("mails", str(n % 3), role),))
        for n in range(60)
        for role in ("champion", "blocker")
    ]
    weights = learn(sure)
    assert RoleWeights.from_rows(weights.to_rows()) == weights
    assert weights.likely([("mails", "1", "champion")])["champion"] == pytest.approx(1.0, abs=0.1)
    assert not learn(sure[: ENOUGH - 1]).learned
