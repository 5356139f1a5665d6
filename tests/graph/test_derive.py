"""The derive on a small company: what it leaves, that it repeats, that what vanished goes."""

from datetime import datetime, timedelta

import pytest

from cypher import Query
from graph.census import take
from graph.clock import EMPTY, data_now
from graph.decision_chain.model import Cover
from graph.decision_chain.read import chain as read_chain
from graph.derive import derive
from graph.edge.answer import edge_answers
from graph.errors import UsageError
from graph.service import run_sync
from graph.store import Store
from graph.tie.model import Calibration
from graph.tie.read import ties_as_of
from graph.writing import Author
from graph.writing.conflict import ConflictWords, resolve_conflict
from tests.graph.world import NOW, World, ago

People = list[tuple[str, str, str | None]]
FORTH: People = [("Employee", "eva", "from"), ("Contact", "bob", "to")]
BACK: People = [("Contact", "bob", "from"), ("Employee", "eva", "to")]


@pytest.fixture
def world() -> World:
    """ACME: a chief, a buyer who mails with Eva, a clerk; two products, one of them sent back."""
    world = World()
    world.customer("acme")
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Purchasing Manager")
    world.contact("cat", "acme", "Purchasing Agent")
    world.contact("dan", "acme", "Gardener of Words")
    world.employee("eva")
    world.fact("REPORTS_TO", ("Contact", "bob"), ("Contact", "ann"))
    world.met("m1", ago(3), [*FORTH, ("Contact", "cat", "cc")])
    world.met("m2", ago(2), BACK)
    world.met("m0", ago(4), [("Contact", "cat", "from"), ("Employee", "eva", "to"), ("Contact", "bob", "cc")])
    world.met("secret", ago(1), [("Employee", "eva", "from"), ("Contact", "ann", "to")], visibility="owner")
    for product in ("pump", "valve"):
        world.node("Product", product, name=product)
    world.order("o1", "acme", ago(200), [("pump", 3.0, 30.0), ("valve", 1.0, 5.0)])
    world.order("o2", "acme", ago(100), [("pump", 2.0, 20.0)])
    world.order("o3", "acme", ago(50), [("pump", -1.0, -10.0), ("valve", -1.0, -5.0)], kind="return")
    return world


@pytest.mark.query("derive.clock")
def test_ties_stand_as_of_the_newest_event(store: Store, world: World) -> None:
    world.load(store)
    report = derive(store)
    assert report.now == run_sync(store, data_now) == ago(1)
    assert report.counts["ties"].written == 3
    (cover,) = covers(store, report.now)["bob"]
    assert (cover.employee_id, cover.interactions, cover.last_contact_at) == ("eva", 3, ago(2))
    assert cover.evidence == ("Interaction:m2", "Interaction:m1", "Interaction:m0")


def test_what_only_its_owner_may_see_ties_nobody(store: Store, world: World) -> None:
    world.load(store)
    assert covers(store, derive(store).now)["ann"] == ()


def test_an_employee_and_a_contact_of_one_id_have_ties_of_their_own(store: Store) -> None:
    """Of one mail to both; when one of the ties fades, the other stays."""
    world = World()
    world.customer("acme")
    world.contact("7", "acme", "CEO")
    for one in ("7", "9"):
        world.employee(one)
    both: People = [("Contact", "7", "to"), ("Employee", "7", "to")]
    world.met("m1", ago(9), [("Employee", "9", "from"), *both])
    world.met("m2", ago(8), [("Contact", "7", "from"), ("Employee", "7", "to")])
    world.load(store)
    derive(store)
    query = "MATCH (:Contact|Employee)-[k:KNOWS]->(:Contact|Employee) RETURN k.fact_id AS id"
    found = [row["id"] for row in store.read(Query("test.ask", query, frozenset(), "read"))]
    assert len(found) == len(set(found)) == 3


@pytest.mark.query("tie.of_people")
def test_ties_as_of_today_are_the_ties_derived_today(store: Store, world: World) -> None:
    world.load(store)
    report = derive(store, NOW)
    found = {
        t.end_id: t
        for t in run_sync(store, ties_as_of, ["bob", "cat"], NOW, report.calibration)
        if t.start_id == "eva"
    }
    for contact in ("bob", "cat"):
        (cover,) = covers(store, NOW)[contact]
        assert found[contact].strength == pytest.approx(cover.strength)
        assert found[contact].evidence == cover.evidence


def test_ties_as_of_a_past_day_do_not_see_later_contact(store: Store, world: World) -> None:
    world.load(store)
    before = run_sync(store, ties_as_of, ["bob"], ago(2.5), Calibration(90.0, 1.0))
    assert {evidence for tie in before for evidence in tie.evidence} == {"Interaction:m1", "Interaction:m0"}


def test_reading_later_fades_what_was_derived(store: Store, world: World) -> None:
    world.load(store)
    report = derive(store, NOW)
    later = NOW + timedelta(days=report.calibration.half_life_days)
    (today,), (then,) = covers(store, NOW)["bob"], covers(store, later)["bob"]
    assert then.strength == pytest.approx(1.0 - (1.0 - today.strength) ** 0.5)


@pytest.mark.query("derive.standing_bought")
def test_bought_is_net_of_returns(store: Store, world: World) -> None:
    world.load(store)
    derive(store)
    (row,) = store.read("derive.standing_bought", customer_ids=["acme"])
    assert (row["product_id"], row["orders"], row["quantity"], row["amount"]) == ("pump", 2, 4.0, 40.0)
    assert row["first_at"].startswith(f"{ago(200):%Y-%m-%d}")
    assert row["last_at"].startswith(f"{ago(100):%Y-%m-%d}")


@pytest.mark.query("derive.jobs", "derive.parameters")
def test_titles_give_roles_with_the_clocks_of_the_job(store: Store, world: World) -> None:
    world.contact("old", "acme", "Owner", valid_from=ago(900), valid_to=ago(400))
    world.load(store)
    derive(store)
    today = run_sync(store, read_chain, customer_id="acme", now=NOW)
    assert {m.contact_id: m.role for m in today.members} == {
        "ann": "decision_maker", "bob": "economic_buyer", "cat": "gatekeeper"
    }  # fmt: skip
    assert {(m.basis, m.method, m.scope) for m in today.members} == {
        ("inferred", "title-lexicon-1", "customer")
    }
    then = run_sync(store, read_chain, customer_id="acme", now=NOW, as_of=ago(500))
    assert "old" in {m.contact_id for m in then.members if m.role == "decision_maker"}


@pytest.mark.query("reporting_line.stated")
def test_reporting_lines_are_inferred_only_where_none_is_stated(store: Store, world: World) -> None:
    world.load(store)
    derive(store)
    links = run_sync(store, read_chain, customer_id="acme", now=NOW).links
    assert {(link.from_id, link.to_id, link.basis) for link in links} == {
        ("bob", "ann", "observed"), ("cat", "bob", "inferred")
    }  # fmt: skip
    inferred = next(link for link in links if link.basis == "inferred")
    assert 0.5 < inferred.confidence < 0.9
    assert inferred.evidence[2:] == ("Interaction:m0",)


@pytest.mark.query("derive.standing_ties", "derive.standing_roles", "derive.standing_managers")
def test_running_again_changes_nothing(store: Store, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where somebody moved from a customer of one batch to a customer of another."""
    monkeypatch.setattr("graph.derive.run.CUSTOMERS", 1)
    world.customer("aaa")
    world.fact("WORKS_AT", ("Contact", "cat"), ("Customer", "aaa"), title="Clerk", valid_to=ago(900))
    world.load(store)
    derive(store)
    before = take(store)
    report = derive(store)
    assert all((done.written, done.removed) == (0, 0) for done in report.counts.values())
    assert take(store) == before


NOT_COUNTED = ("gaps", "alerts", "profiles", "tags", "segments")


@pytest.mark.query("derive.drop_facts", "derive.drop_bought")
def test_what_no_longer_follows_is_removed(store: Store, world: World) -> None:
    world.load(store)
    derive(store)
    changed = World()
    changed.fact("REPORTS_TO", ("Contact", "cat"), ("Contact", "ann"))
    changed.fact("WORKS_AT", ("Contact", "cat"), ("Customer", "acme"), title="Gardener of Words")
    changed.node("Interaction", "m2", at=ago(2), channel="email", visibility="owner")
    changed.order("o4", "acme", ago(1), [("pump", -4.0, -40.0)], kind="return")
    changed.load(store)
    removed = {name: done.removed for name, done in derive(store).counts.items() if name not in NOT_COUNTED}
    assert removed == {
        "ties": 0, "departures": 0, "purchases": 1, "bought_together": 0, "roles": 1, "reporting_lines": 1,
        "branches": 0,
    }  # fmt: skip
    vanished = World()
    vanished.node("Interaction", "m0", at=ago(4), channel="web")
    vanished.node("Interaction", "m1", at=ago(3), channel="web")
    vanished.load(store)
    assert derive(store).counts["ties"].removed == 3


def test_an_empty_graph_derives_to_nothing(store: Store) -> None:
    report = derive(store)
    assert report.now == EMPTY
    assert all(done.standing == 0 for done in report.counts.values())


def test_a_day_in_the_past_ignores_what_came_after(store: Store, world: World) -> None:
    world.load(store)
    report = derive(store, ago(150))
    assert report.counts["ties"].standing == 0
    (pump, valve) = sorted(
        store.read("derive.standing_bought", customer_ids=["acme"]), key=lambda r: r["product_id"]
    )
    assert (pump["quantity"], valve["quantity"]) == (3.0, 1.0)


def covers(store: Store, now: datetime) -> dict[str, tuple[Cover, ...]]:
    """Coverage by contact."""
    chain = run_sync(store, read_chain, customer_id="acme", now=now)
    return {member.contact_id: member.covered_by for member in chain.members}


@pytest.mark.query("reporting_line.dismissed", "writing.dismiss", "writing.disputed")
def test_what_somebody_dismissed_stays_dismissed(store: Store, world: World) -> None:
    """A line and a role of a derive: neither comes back with the next one, nor in answers of later days."""
    world.load(store)
    derive(store, NOW)
    answers = run_sync(store, edge_answers, run_sync(store, read_chain, customer_id="acme", now=NOW))
    edges = {(str(one.kind), one.contact_id): one.sources[0].fact_id for one in answers}
    for kind, contact in (("reporting_line", "cat"), ("role", "bob")):
        words = ConflictWords(contact, edges[kind, contact], "dismiss", "not so")
        run_sync(store, resolve_conflict, Author("eva", kind, ago(0.5), NOW), words)
    again = derive(store, NOW).counts
    assert (again["reporting_lines"].written, again["roles"].written) == (0, 0)
    for as_of, stands in ((None, False), (ago(0.3), False), (ago(0.7), True)):
        chain = run_sync(store, read_chain, customer_id="acme", now=NOW, as_of=as_of)
        assert (("cat", "bob") in {(one.from_id, one.to_id) for one in chain.links}) is stands, as_of
        assert (("bob", "economic_buyer") in {(m.contact_id, m.role) for m in chain.members}) is stands, as_of


def test_a_rule_that_is_switched_off_withdraws_what_it_derived(store: Store, world: World) -> None:
    """Lines of an earlier day stay as they were; roles by title go with their rule, whatever the day."""
    world.load(store)
    derive(store, ago(0.8))
    derive(store, ago(0.4), off=frozenset({"reporting_lines"}))
    chain = run_sync(store, read_chain, customer_id="acme", now=NOW)
    assert [(one.from_id, one.basis) for one in chain.links] == [("bob", "observed")]
    later = run_sync(store, read_chain, customer_id="acme", now=NOW, as_of=ago(0.2))
    assert [(one.from_id, one.basis) for one in later.links] == [("bob", "observed")]
    before = run_sync(store, read_chain, customer_id="acme", now=NOW, as_of=ago(0.6))
    assert ("cat", "bob", "inferred") in {(one.from_id, one.to_id, one.basis) for one in before.links}
    assert derive(store, ago(0.1), off=frozenset({"roles", "reporting_lines"})).counts["roles"].removed == 3
    back = derive(store, NOW).counts
    assert (back["roles"].written, back["reporting_lines"].written) == (3, 1)
    with pytest.raises(UsageError, match="no rule guesses; there are roles"):
        derive(store, NOW, off=frozenset({"guesses"}))
