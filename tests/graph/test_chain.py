"""Decision chains on hand-built companies: whose role counts, who left, what is missing, as of when."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.days_off import patient_until
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chain as read_chain
from graph.decision_chain.read import chain_of_opportunity
from graph.decision_chain.refresh import refresh
from graph.errors import NotFound
from graph.service import run_sync
from graph.store import AsyncStore, Store
from graph.tie.model import Calibration
from graph.tie.strength import decayed
from tests.graph.world import NOW, World, ago

MEASURE = Calibration(half_life_days=90.0, scale=2.0)


@pytest.fixture
def world() -> World:
    """ACME with a chief, a buyer and an engineer, and one open deal beside a closed larger one."""
    world = World()
    world.customer("acme", created_at=ago(900))
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Purchasing Manager")
    world.contact("cy", "acme", "IT Engineer")
    world.employee("eva")
    world.employee("emil")
    world.opportunity("deal", "acme", amount=5.0)
    world.opportunity("won", "acme", amount=9.0, closed_at=ago(5), outcome="won")
    world.role("bob", ("Opportunity", "deal"), "champion", stance=1, influence=0.5)
    world.role("cy", ("Customer", "acme"), "technical_buyer", basis="inferred", confidence=0.4)
    world.fact("REPORTS_TO", ("Contact", "bob"), ("Contact", "ann"))
    world.tie(("Employee", "eva"), ("Contact", "bob"), 0.7, derived_at=ago(90), evidence=["Interaction:m1"])
    world.tie(("Employee", "emil"), ("Contact", "bob"), 0.2)
    return world


def read(store: Store, **asked: object) -> DecisionChain:
    """ACME's chain at NOW unless said otherwise."""
    return run_sync(store, read_chain, **({"customer_id": "acme", "now": NOW} | asked))  # type: ignore[arg-type] # a test's own words


def kinds(chain: DecisionChain) -> set[str]:
    """The kinds of gaps."""
    return {gap.kind for gap in chain.gaps}


def roles(chain: DecisionChain) -> dict[str, tuple[str | None, str | None]]:
    """Role and basis by person."""
    return {member.contact_id: (member.role, member.basis) for member in chain.members}


@pytest.mark.query("chain.of")
def test_the_largest_open_deal_with_its_people(store: Store, world: World) -> None:
    world.load(store)
    chain = read(store)
    assert (chain.opportunity_id, chain.amount) == ("deal", 5.0)
    assert roles(chain) == {
        "bob": ("champion", "observed"), "cy": ("technical_buyer", "inferred"), "ann": (None, None)
    }  # fmt: skip
    assert [(link.from_id, link.to_id, link.kind) for link in chain.links] == [("bob", "ann", "REPORTS_TO")]
    bob = chain.members[0]
    assert (bob.title, bob.seniority, bob.department) == ("Purchasing Manager", "manager", "purchasing")


def test_who_is_named_to_decide_stands_before_whom_a_title_makes_likely(store: Store, world: World) -> None:
    world.role("ann", ("Customer", "acme"), "decision_maker", basis="inferred", influence=0.9)
    world.contact("dot", "acme", "Head of IT")
    world.role("dot", ("Opportunity", "deal"), "decision_maker", influence=0.3)
    world.load(store)
    assert [member.contact_id for member in read(store).members] == ["dot", "ann", "bob", "cy"]


@pytest.mark.query("chain.of")
def test_coverage_is_decayed_to_the_day_as_the_python_rule_says(store: Store, world: World) -> None:
    world.load(store)
    eva, emil = read(store).members[0].covered_by
    assert eva.strength == pytest.approx(decayed(0.7, ago(90), NOW, 90.0))
    assert emil.strength == pytest.approx(0.2)
    assert eva.evidence == ("Interaction:m1",)


async def test_both_stores_read_the_same(store: Store, astore: AsyncStore, world: World) -> None:
    world.load(store)
    assert await read_chain(astore, customer_id="acme", now=NOW) == read(store)


def test_a_customer_without_open_deals_has_the_chain_of_the_account(store: Store) -> None:
    world = World()
    for customer, person in (("acme", "ann"), ("other", "oto")):
        world.customer(customer)
        world.contact(person, customer, "Owner")
        world.role(person, ("Customer", customer), "decision_maker", basis="inferred")
    world.opportunity("lost", "acme", closed_at=ago(1), outcome="lost")
    world.role("ann", ("Opportunity", "lost"), "champion")
    world.load(store)
    chain = read(store)
    assert chain.opportunity_id is None
    assert roles(chain) == {"ann": ("decision_maker", "inferred")}


def test_asserted_beats_observed_beats_inferred_and_the_deal_beats_the_account(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.opportunity("deal", "acme")
    for person in ("ann", "bob", "cy"):
        world.contact(person, "acme")
        world.role(person, ("Customer", "acme"), "user_buyer", basis="inferred", source="derive")
    for person in ("ann", "bob"):
        world.role(person, ("Opportunity", "deal"), "influencer", source="crm")
    world.role("ann", ("Opportunity", "deal"), "blocker", basis="asserted", source="user:eva")
    world.load(store)
    assert roles(read(store)) == {
        "ann": ("blocker", "asserted"), "bob": ("influencer", "observed"), "cy": ("user_buyer", "inferred")
    }  # fmt: skip


def test_a_stated_manager_silences_an_inferred_one(store: Store, world: World) -> None:
    world.fact("REPORTS_TO", ("Contact", "bob"), ("Contact", "cy"), basis="inferred", confidence=0.5)
    world.load(store)
    assert [link.to_id for link in read(store).links] == ["ann"]


def test_managers_up_to_four_levels(store: Store) -> None:
    world = World()
    world.customer("acme")
    for level in range(7):
        world.contact(f"p{level}", "acme")
    for level in range(6):
        world.fact("REPORTS_TO", ("Contact", f"p{level}"), ("Contact", f"p{level + 1}"))
    world.role("p0", ("Customer", "acme"), "user_buyer")
    world.load(store)
    assert set(roles(read(store))) == {"p0", "p1", "p2", "p3", "p4"}


def test_what_only_its_owner_may_see_others_do_not(store: Store, world: World) -> None:
    world.role("ann", ("Opportunity", "deal"), "blocker", visibility="owner", owner_id="eva")
    world.load(store)
    assert roles(read(store, viewer="eva"))["ann"] == ("blocker", "observed")
    assert roles(read(store, viewer="emil"))["ann"] == (None, None)


def test_a_past_day_knows_nothing_that_was_learned_later(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.opportunity("deal", "acme", opened_at=ago(300))
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Buyer")
    world.role("ann", ("Opportunity", "deal"), "blocker", valid_from=ago(200), known_from=ago(50))
    world.role("bob", ("Opportunity", "deal"), "champion", valid_from=ago(200), valid_to=ago(100))
    world.load(store)
    assert roles(read(store, as_of=ago(250))) == {}
    by_title = {"ann": (None, None)}
    assert roles(read(store, as_of=ago(150))) == {"bob": ("champion", "observed")} | by_title
    assert roles(read(store, as_of=ago(75))) == {}
    assert roles(read(store, as_of=ago(10))) == {"ann": ("blocker", "observed")}


@pytest.mark.query("tie.of_people")
def test_a_past_day_recomputes_coverage_from_what_had_happened(store: Store, world: World) -> None:
    world.met("m1", ago(60), [("Employee", "eva", "from"), ("Contact", "bob", "to")])
    world.met("m2", ago(59), [("Contact", "bob", "from"), ("Employee", "eva", "to")])
    world.met("m3", ago(10), [("Employee", "eva", "from"), ("Contact", "bob", "to")])
    world.load(store)
    (cover,) = read(store, opportunity_id="deal", as_of=ago(30)).members[0].covered_by
    assert (cover.employee_id, cover.interactions) == ("eva", 2)
    assert cover.evidence == ("Interaction:m2", "Interaction:m1")
    assert cover.last_contact_at == ago(59)
    assert not read(store, opportunity_id="deal", as_of=ago(70)).members[0].covered_by


def test_the_default_is_the_largest_deal_that_was_open_then(store: Store, world: World) -> None:
    world.load(store)
    assert read(store, as_of=ago(30)).opportunity_id == "won"
    assert read(store).opportunity_id == "deal"


def test_a_deal_that_its_sources_deleted_is_no_default_and_is_not_found(store: Store, world: World) -> None:
    world.opportunity("huge", "acme", amount=99.0, ended_at=ago(10))
    world.load(store)
    assert read(store).opportunity_id == "deal"
    assert read(store, as_of=ago(20)).opportunity_id == "huge"
    with pytest.raises(NotFound, match="no Opportunity answers to 'huge'"):
        read(store, opportunity_id="huge")


@pytest.mark.parametrize("days", [0, 30])
def test_the_chain_of_a_deal_needs_no_customer(store: Store, world: World, days: int) -> None:
    world.opportunity("gone", "acme", amount=99.0, ended_at=ago(40))
    world.load(store)

    def found(deal: str) -> DecisionChain | None:
        return run_sync(store, chain_of_opportunity, opportunity_id=deal, now=NOW, as_of=ago(days))

    assert found("deal") == read(store, opportunity_id="deal", as_of=ago(days))
    assert (found("gone"), found("nothing"), found("")) == (None, None, None)


def test_unknown_records_are_named(store: Store, world: World) -> None:
    world.customer("other")
    world.load(store)
    with pytest.raises(NotFound, match="no Customer answers to 'nobody'"):
        read(store, customer_id="nobody")
    with pytest.raises(NotFound, match="no Opportunity answers to 'deal'"):
        read(store, customer_id="other", opportunity_id="deal")


@pytest.mark.query("chain.targets", "chain.put_gaps")
def test_gaps_are_materialised_once_and_read_with_the_chain(store: Store, world: World) -> None:
    world.load(store)
    first = run_sync(store, refresh, ["acme"], NOW, MEASURE)
    again = run_sync(store, refresh, ["acme"], NOW, MEASURE)
    assert (first.found, first.written, again.found, again.written, again.closed) == (2, 2, 2, 0, 0)
    chain = read(store)
    assert kinds(chain) == {"no_decision_maker", "single_threaded"}
    assert {gap.since for gap in chain.gaps} == {ago(100)}
    assert not any("Bob" in gap.message for gap in chain.gaps)


@pytest.mark.query("alert.close")
def test_a_solved_gap_is_closed_and_stays_readable_in_the_past(store: Store, world: World) -> None:
    world.load(store)
    run_sync(store, refresh, ["acme"], ago(20), MEASURE)
    later = World()
    later.role("ann", ("Opportunity", "deal"), "decision_maker", valid_from=ago(10))
    later.tie(("Employee", "eva"), ("Contact", "ann"), 0.6)
    later.load(store)
    assert run_sync(store, refresh, ["acme"], NOW, MEASURE).closed >= 1
    assert "no_decision_maker" not in kinds(read(store))
    assert "no_decision_maker" in kinds(read(store, as_of=ago(15)))


def test_days_off_are_no_silence(store: Store) -> None:
    world, met = World(), datetime(2024, 6, 10, tzinfo=UTC)
    world.employee("eva")
    for customer, country in (("acme", "Italia"), ("bolt", "Atlantis")):
        world.customer(customer, country=country)
        world.contact(f"{customer}-ann", customer, "CEO")
        world.role(f"{customer}-ann", ("Customer", customer), "economic_buyer")
        world.tie(("Employee", "eva"), ("Contact", f"{customer}-ann"), 0.1, last_at=met)
    world.load(store)

    def silent(customer: str, moment: datetime) -> set[datetime]:
        run_sync(store, refresh, [customer], moment, MEASURE)
        gaps = read(store, customer_id=customer, now=moment).gaps
        return {gap.since for gap in gaps if gap.kind == "stale_contact"}

    due, august = met + timedelta(days=180), timedelta(days=31)
    assert silent("bolt", due) == {due}
    assert silent("acme", due + august) == set()
    assert silent("acme", due + 2 * august) == {patient_until(met, timedelta(days=180), "IT")}


def test_people_gaps(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.opportunity("deal", "acme")
    for person in ("foe", "far", "gone"):
        world.contact(person, "acme", "CEO", **({"valid_to": ago(30)} if person == "gone" else {}))
    world.employee("eva")
    world.role("foe", ("Opportunity", "deal"), "decision_maker", stance=-2)
    world.role("far", ("Opportunity", "deal"), "economic_buyer")
    world.role("gone", ("Opportunity", "deal"), "champion")
    world.tie(("Employee", "eva"), ("Contact", "far"), 0.1, last_at=ago(200))
    world.load(store)
    run_sync(store, refresh, ["acme"], NOW, MEASURE)
    gaps = {(gap.kind, gap.contact_id): gap for gap in read(store).gaps}
    assert set(gaps) == {
        ("hostile_uncovered", "foe"), ("stale_contact", "far"), ("key_person_left", "gone"),
        ("no_champion", None), ("single_threaded", None),
    }  # fmt: skip
    assert gaps["stale_contact", "far"].since == ago(20)
    assert gaps["key_person_left", "gone"].since == ago(30)
    assert {gap.severity for gap in gaps.values()} == {"critical", "warning"}
