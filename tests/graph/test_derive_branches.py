"""Branches in the graph: the link, its days, where it is shown, and when it goes."""

from typing import Any

import pytest

from graph.derive import derive
from graph.group.model import Group, ParentLink
from graph.group.read import group
from graph.history import read_history
from graph.merge.candidate import Candidate, put_candidates
from graph.merge.review import reviews
from graph.service import run_sync
from graph.store import Store
from tests.conftest import Cli
from tests.graph.test_incremental import derive_changed
from tests.graph.world import NOW, World, ago

HEAD, PART = "华信国际贸易有限公司", "华信国际贸易有限公司上海分公司"


@pytest.fixture
def world() -> World:
    """A company with a branch that has a tax number of its own, and a company of another trade."""
    world = World()
    world.customer("head", name=HEAD, tax_id="91310000MA1FL8PN3K", created_at=ago(400))
    world.customer("part", name=PART, tax_id="91310105MA1FL8PN5F", created_at=ago(300))
    world.customer("else", name="华信机电有限公司", created_at=ago(300))
    return world


def read(store: Store, customer: str = "part", **asked: Any) -> dict[str, ParentLink | None]:
    found: Group = run_sync(store, group, customer_id=customer, now=NOW, **asked)
    return {one.customer_id: one.parent_link for one in found.companies}


@pytest.mark.query("derive.standing_branches")
def test_a_branch_stands_below_its_company_since_both_are_known(store: Store, world: World) -> None:
    world.load(store)
    assert derive(store, NOW).counts["branches"].written == 1
    assert read(store) == {"head": None, "part": ParentLink("inferred", 0.95, "branch:name")}
    assert read(store, "else") == {"else": None}
    assert read(store, as_of=ago(301)) == {"part": None}
    assert set(read(store, as_of=ago(299))) == {"head", "part"}
    again = derive(store, NOW).counts["branches"]
    assert (again.standing, again.written, again.removed) == (1, 0, 0)


def test_without_a_day_of_creation_it_stands_since_it_was_found(store: Store) -> None:
    world = World()
    world.customer("head", name=HEAD)
    world.customer("part", name=PART)
    world.load(store)
    derive(store, ago(10))
    assert derive(store, NOW).counts["branches"].written == 0
    assert read(store, as_of=ago(11)) == {"part": None}
    assert set(read(store, as_of=ago(9))) == {"head", "part"}


@pytest.mark.slow
def test_it_goes_with_its_reason_and_with_its_rule(store: Store, world: World) -> None:
    world.load(store)
    derive(store, NOW)
    assert derive(store, NOW, off=frozenset({"branches"})).counts["branches"].removed == 1
    assert derive(store, NOW).counts["branches"].written == 1
    stated = World()
    stated.fact("PARENT_OF", ("Customer", "else"), ("Customer", "part"))
    stated.load(store)
    done = derive(store, NOW).counts["branches"]
    assert (done.standing, done.removed) == (0, 1), "what a source states stands first"
    assert read(store) == {"else": None, "part": ParentLink("observed", 1.0, None)}


@pytest.mark.slow
def test_renamed_or_ended_it_goes_also_of_what_changed_alone(store: Store, world: World) -> None:
    world.load(store)
    derive(store, NOW)
    renamed = World()
    renamed.customer("part", name="申达国际贸易有限公司")
    renamed.load(store)
    nothing = derive_changed(store, NOW, [])
    assert nothing.counts["branches"].removed == 0
    found = derive_changed(store, NOW, [("node_customer", "Customer", "part", None, None)])
    assert (found.whole, found.counts["branches"].removed) == (False, 1)
    ended = World()
    ended.customer("part", name=PART, ended_at=ago(1))
    ended.load(store)
    assert derive(store, NOW).counts["branches"].standing == 0


@pytest.mark.slow
def test_review_says_which_of_two_is_a_branch(store: Store, world: World, cli: Cli) -> None:
    world.load(store)
    put_candidates(store, "Customer", [Candidate("head", "part", 0.7, ())], NOW, NOW, None)
    (before,) = run_sync(store, reviews, kind="Customer", first=5, now=NOW, viewer=None)
    assert before.parent_id is None
    derive(store, NOW)
    (one,) = run_sync(store, reviews, kind="Customer", first=5, now=NOW, viewer=None)
    assert one.parent_id == "head"
    told = cli("group", HEAD, "--now", NOW.isoformat()).stdout
    assert f"{PART} (inferred, 0.95)" in told.replace("\n", "")


def test_people_at_both_have_not_left(store: Store, world: World) -> None:
    world.contact("ann", "head", "CEO", valid_from=ago(900))
    world.fact("WORKS_AT", ("Contact", "ann"), ("Customer", "part"), valid_from=ago(30))
    world.fact("WORKS_AT", ("Contact", "ann"), ("Customer", "else"), valid_from=ago(40), valid_to=ago(35))
    world.load(store)
    with_rule = derive(store, NOW).counts["departures"].standing
    without = derive(store, NOW, off=frozenset({"branches"})).counts["departures"].standing
    assert (with_rule, without) == (0, 1)


def test_the_history_holds_no_inferred_link(store: Store, world: World) -> None:
    world.load(store)
    derive(store, NOW)
    with read_history(store) as history:
        assert history.connection.table("edge_parent_of").fetchall() == []
