"""The group of a customer: its place, deciders, owners, what is connected; as of a day."""

from typing import Any

import orjson
import pytest

from graph.decision_chain.read import chain
from graph.errors import NotFound
from graph.group.model import Group
from graph.group.read import MOST, group
from graph.service import run_sync
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago


def test_of_two_roles_founded_alike_the_older_leads(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("ann", "acme")
    for role in ("approver", "decision_maker"):
        world.role("ann", ("Customer", "acme"), role, source_key=role)
    world.load(store)
    (company,) = run_sync(store, group, customer_id="acme", now=NOW).companies
    assert [one.role for one in company.deciders] == ["decision_maker"]
    (member,) = run_sync(store, chain, customer_id="acme", now=NOW).members
    assert (member.role, member.other_roles) == ("decision_maker", ("approver",))


@pytest.fixture
def world() -> World:
    """Head > (mid > (acme > sub), aunt > niece); mid > sister since 10 days. Eva owns acme, Bob others."""
    world = World()
    for customer in ("head", "mid", "acme", "sub", "aunt", "niece", "sister", "pal", "guest"):
        world.customer(customer)
    for parent, child in (
        ("head", "mid"), ("mid", "acme"), ("acme", "sub"), ("head", "aunt"), ("aunt", "niece"),
    ):  # fmt: skip
        world.fact("PARENT_OF", ("Customer", parent), ("Customer", child))
    world.fact("PARENT_OF", ("Customer", "mid"), ("Customer", "sister"), valid_from=ago(10))
    world.fact("PARTNER_OF", ("Customer", "pal"), ("Customer", "acme"))
    world.fact("REFERRED", ("Customer", "acme"), ("Customer", "guest"))
    for employee, team in (("eva", "North"), ("bob", None)):
        world.employee(employee, team=team)
    for employee, customer in (("eva", "acme"), ("bob", "sister"), ("bob", "head")):
        world.fact("OWNS", ("Employee", employee), ("Customer", customer))
    world.contact("ann", "head", "CEO")
    world.role("ann", ("Customer", "head"), "decision_maker", basis="inferred", confidence=0.6)
    world.opportunity("deal", "head")
    world.role("ann", ("Opportunity", "deal"), "economic_buyer", basis="asserted")
    world.contact("gone", "head", valid_to=ago(3))
    world.role("gone", ("Customer", "head"), "decision_maker")
    return world


def read(store: Store, customer: str = "acme", **asked: Any) -> Group:
    return run_sync(store, group, customer_id=customer, now=NOW, **asked)


@pytest.mark.query("group.links", "group.companies", "group.connected")
def test_everybody_in_their_place(store: Store, world: World) -> None:
    world.load(store)
    found = read(store)
    assert [(one.customer_id, one.level, one.relation) for one in found.companies] == [
        ("head", 0, "parent"), ("mid", 1, "parent"), ("acme", 2, "self"), ("sub", 3, "subsidiary"),
        ("sister", 2, "sister"), ("aunt", 1, "relative"), ("niece", 2, "relative"),
    ]  # fmt: skip
    head = found.companies[0]
    assert [(one.contact_id, one.role, one.basis, one.title) for one in head.deciders] == [
        ("ann", "economic_buyer", "asserted", "CEO")
    ]
    assert (head.open_deals, [owner.employee_id for owner in head.owners]) == (1, ["bob"])
    assert [(one.kind, one.customer_id) for one in found.connected] == [
        ("partner", "pal"), ("referred", "guest")
    ]  # fmt: skip
    assert [owner.employee_id for owner in found.shared] == ["bob"]
    assert found.whole
    assert [one.kind for one in read(store, "guest").connected] == ["referrer"]
    assert [one.relation for one in read(store, "pal").companies] == ["self"]


def test_as_of_a_day_before_the_sister_came(store: Store, world: World) -> None:
    world.version("Customer", "mid", ago(900), ago(5), name="Middle")
    world.version("Customer", "mid", ago(5), None, name="MID")
    world.load(store)
    then = {one.customer_id: one.name for one in read(store, as_of=ago(20)).companies}
    assert "sister" not in then
    assert then["mid"] == "Middle"
    before = [one.contact_id for one in read(store, as_of=ago(20)).companies[0].deciders]
    assert sorted(before) == ["ann", "gone"]


def test_a_circle_is_cut_and_a_large_group_is_said_to_be_more(store: Store) -> None:
    world = World()
    for customer in ("a", "b"):
        world.customer(customer)
    world.fact("PARENT_OF", ("Customer", "a"), ("Customer", "b"))
    world.fact("PARENT_OF", ("Customer", "b"), ("Customer", "a"))
    world.customer("top")
    for number in range(MOST + 5):
        world.customer(f"s{number:03d}")
        world.fact("PARENT_OF", ("Customer", "top"), ("Customer", f"s{number:03d}"))
    world.load(store)
    assert sorted(one.customer_id for one in read(store, "a").companies) == ["a", "b"]
    large = read(store, f"s{MOST + 4}")
    assert "self" in {one.relation for one in large.companies}
    assert (len(large.companies), large.whole) == (MOST, False)
    with pytest.raises(NotFound):
        read(store, "nobody")


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_on_the_command_line(cli: Cli, store: Store, world: World) -> None:
    world.load(store)
    told = cli("group", "ACME", "--now", NOW.isoformat()).stdout
    assert "      ACME: owned by Eva, 0 open deals" in told
    assert "also of us: Bob owns a part of the group" in told
    data = orjson.loads(cli("group", "acme", "--as-of", "2025-06-01", "--now", NOW, "--json").stdout)
    assert len(data["companies"]) == 6
