"""What a user asserts counts at once, replaces what they said before, and is refused where it cannot be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from cypher import Query, template
from graph.assertion import RoleAssertion, assert_role
from graph.census import take
from graph.clock import Clock, data_now, keep_clock
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chain as read_chain
from graph.errors import NotFound
from graph.service import run_sync
from graph.store import AsyncStore, Store
from graph.writing import WriteRefused
from tests.graph.world import NOW, World, ago

WALL = NOW + timedelta(days=400)
"""The wall clock, long after the data's last day."""


@pytest.fixture
def loaded(store: Store) -> Store:
    """ACME with a deal and two people; another company with one."""
    world = World()
    for customer in ("acme", "other"):
        world.customer(customer)
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Buyer")
    world.contact("oto", "other", "Owner")
    world.contact("fay", "acme", "Advisor", visibility="owner", owner_id="eva")
    world.employee("eva")
    world.employee("emil")
    world.opportunity("deal", "acme")
    world.role("ann", ("Opportunity", "deal"), "influencer")
    world.load(store)
    return store


def stated(contact: str = "ann", role: str = "decision_maker", **more: object) -> RoleAssertion:
    """Eva's words on the deal."""
    words = {"employee_id": "eva", "contact_id": contact, "role": role, "opportunity_id": "deal"} | more
    return RoleAssertion(**words)  # type: ignore[arg-type] # a test's own words


def asserted(store: Store, assertion: RoleAssertion, now: datetime = NOW) -> DecisionChain:
    return run_sync(store, assert_role, assertion, now=now, loaded_at=WALL)


@pytest.mark.query("writing.named", "writing.state")
def test_it_counts_at_once(loaded: Store) -> None:
    chain = asserted(loaded, stated(stance=1, influence=0.9))
    ann = chain.members[0]
    assert (ann.role, ann.basis, ann.confidence, ann.stance, ann.influence, ann.source) == (
        "decision_maker", "asserted", 1.0, 1, 0.9, "user:eva"
    )  # fmt: skip
    assert {gap.kind for gap in chain.gaps} == {"decision_maker_uncovered", "no_champion"}
    assert chain == run_sync(
        loaded, read_chain, customer_id="acme", opportunity_id="deal", now=NOW, viewer="eva"
    )


@pytest.mark.usefixtures("loaded")
async def test_the_asynchronous_store_does_the_same(astore: AsyncStore) -> None:
    chain = await assert_role(astore, stated("bob", "champion", stance=2), now=NOW, loaded_at=WALL)
    assert [(m.contact_id, m.role) for m in chain.members] == [("ann", "influencer"), ("bob", "champion")]


def test_saying_something_else_replaces_it_and_the_past_keeps_it(loaded: Store) -> None:
    asserted(loaded, stated(role="blocker"), ago(10))
    chain = asserted(loaded, stated(role="champion"))
    assert (chain.members[0].role, chain.members[0].other_roles) == ("champion", ())
    before = run_sync(loaded, read_chain, customer_id="acme", now=NOW, as_of=ago(5))
    assert before.members[0].role == "blocker"
    at_first = run_sync(loaded, read_chain, customer_id="acme", now=NOW, as_of=ago(20))
    assert at_first.members[0].role == "influencer"


def test_saying_the_same_twice_changes_nothing(loaded: Store) -> None:
    assert asserted(loaded, stated()) == asserted(loaded, stated())


def test_a_contact_that_is_hidden_can_be_named_by_nobody_else_and_is_not_made_public(loaded: Store) -> None:
    with pytest.raises(NotFound, match="no Contact answers to 'fay'"):
        asserted(loaded, stated("fay", employee_id="emil"))
    chain = asserted(loaded, stated("fay"))
    assert {member.contact_id for member in chain.members} == {"ann", "fay"}
    of_emil = run_sync(loaded, read_chain, customer_id="acme", now=NOW, viewer="emil")
    assert {member.contact_id for member in of_emil.members} == {"ann"}
    assert {gap.kind for gap in of_emil.gaps} == {"no_decision_maker", "no_champion"}


def test_a_role_for_the_account_as_a_whole(loaded: Store) -> None:
    chain = asserted(loaded, stated("oto", opportunity_id=None, customer_id="other"))
    assert (chain.opportunity_id, chain.members[0].contact_id) == (None, "oto")
    assert chain.members[0].scope == "customer"


def test_it_is_dated_at_the_companys_now_and_moves_nothing(loaded: Store) -> None:
    keep_clock(loaded, Clock(NOW, "stamp", "the newest stamp"), WALL)
    chain = asserted(loaded, stated())
    assert (chain.as_of, chain.members[0].since) == (NOW, NOW)
    assert run_sync(loaded, data_now) == NOW
    statement = template("transfer.relationships").render(
        type="HAS_ROLE", start="Contact", start_key="contact_id", end="Opportunity", end_key="opportunity_id"
    )
    facts = [row["props"] for row in loaded.read(statement, ids=["ann"])]
    assert [fact.get("loaded_at") for fact in facts if fact["basis"] == "asserted"] == [WALL]


def test_to_and_fro_at_one_now_leaves_what_was_stated_last(loaded: Store) -> None:
    for role in ("champion", "blocker", "champion"):
        chain = asserted(loaded, stated(role=role))
        assert (chain.members[0].role, chain.members[0].other_roles) == (role, ())


def test_the_change_log_tells_it(loaded: Store) -> None:
    asserted(loaded, stated())
    assert take(loaded).nodes["Change"] == 1


def test_what_is_stated_again_later_is_a_change_of_its_own(loaded: Store) -> None:
    for minute, role in enumerate(("champion", "blocker", "champion")):
        run_sync(loaded, assert_role, stated(role=role), now=NOW, loaded_at=WALL + timedelta(minutes=minute))
    assert take(loaded).nodes["Change"] == 3


@pytest.mark.parametrize(
    ("assertion", "error", "message"),
    [
        (stated("oto"), WriteRefused, "contact oto does not work at that customer"),
        (stated(role="king"), WriteRefused, "no role 'king'; the roles are decision_maker"),
        (stated(stance=3), WriteRefused, "stance 3 is not between"),
        (stated(influence=1.5), WriteRefused, "influence 1.5 is not between"),
        (stated(customer_id="acme"), WriteRefused, "either the opportunity or the customer"),
        (stated(opportunity_id=None), WriteRefused, "either the opportunity or the customer"),
        (stated("nobody"), NotFound, "no Contact answers to 'nobody'"),
        (stated(opportunity_id="none"), NotFound, "no Opportunity answers to 'none'"),
        (stated(opportunity_id=None, customer_id="none"), NotFound, "no Customer answers to 'none'"),
        (stated(employee_id="ghost"), NotFound, "no Employee answers to 'ghost'"),
    ],
)
def test_what_cannot_be_is_refused(
    loaded: Store, assertion: RoleAssertion, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        asserted(loaded, assertion)


@pytest.mark.slow
@pytest.mark.parametrize("whole", [False, True], ids=["on the deal", "for the account"])
def test_of_two_colleagues_at_once_one_stands_and_the_other_came_before(loaded: Store, whole: bool) -> None:
    """Eva and Emil state a first role of each of several people at the same moment, in two threads."""
    target = {"opportunity_id": None, "customer_id": "acme"} if whole else {}
    people = [f"n{number}" for number in range(12)]
    world = World()
    for person in people:
        world.contact(person, "acme", "Engineer")
    world.load(loaded)
    together = Barrier(2)

    def state(employee: str, role: str) -> None:
        for person in people:
            together.wait()
            asserted(loaded, stated(person, role, employee_id=employee, **target))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(state, "eva", "champion"), pool.submit(state, "emil", "blocker")]:
            done.result()
    rows = loaded.read(ASSERTED)
    for person in people:
        standing = [row for row in rows if row["contact_id"] == person]
        assert len(standing) == 2, "the predecessor stays as history"
        assert [row["ended"] for row in standing].count(False) == 1


ASSERTED = Query(
    "test.asserted",
    "MATCH (p:Contact)-[r:HAS_ROLE]->() WHERE r.basis = 'asserted' "
    "RETURN p.contact_id AS contact_id, r.valid_to IS NOT NULL AS ended",
    frozenset(),
    "read",
)
