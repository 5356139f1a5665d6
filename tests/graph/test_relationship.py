"""How we stand with an account: levels that people judged, stances over time, as of a day."""

from datetime import datetime

import orjson
import pytest

from graph.errors import NotFound
from graph.relationship.model import Relationships
from graph.relationship.read import relationships
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author, WriteRefused
from graph.writing.level import LevelWords, state_level
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

DEAL = ("Opportunity", "line")


@pytest.fixture
def world() -> World:
    """Ann was against us and came round; Bob is a contact that only Max may see."""
    world = World()
    world.customer("acme")
    world.employee("eva")
    world.employee("max")
    world.contact("ann", "acme")
    world.contact("bob", "acme", visibility="owner", owner_id="max")
    world.opportunity("line", "acme")
    stated = {"basis": "asserted", "source": "user:eva"}
    world.role(
        "ann", DEAL, "user_buyer", stance=-1, influence=0.3, valid_from=ago(90), valid_to=ago(30), **stated
    )
    world.role("ann", DEAL, "champion", stance=2, influence=0.7, valid_from=ago(30), **stated)
    return world


def state(store: Store, days: float, by: str = "eva", why: str | None = None, **words: str) -> None:
    author = Author(by, f"{days}", ago(days), NOW, why)
    run_sync(store, state_level, author, LevelWords(**words))


def read(store: Store, as_of: datetime | None = None, viewer: str | None = None) -> Relationships:
    return run_sync(store, relationships, customer_id="acme", now=NOW, as_of=as_of, viewer=viewer)


@pytest.mark.slow
@pytest.mark.query("relationship.levels", "relationship.stances", "writing.level")
def test_levels_and_stances_and_how_they_came_about(store: Store, world: World, cli: Cli) -> None:
    world.load(store)
    state(store, 50, customer="acme", current="contact", wanted="trusted")
    state(store, 20, customer="acme", current="working", why="two visits")
    state(store, 10, by="max", contact="bob", wanted="partner")
    acme, bob = read(store, viewer="max").standings
    assert [(one.current, one.wanted, one.since, one.until, one.by, one.why) for one in acme.history] == [
        ("working", "trusted", ago(20), None, "eva", "two visits"),
        ("contact", "trusted", ago(50), ago(20), "eva", None),
    ]
    assert (bob.subject, bob.now and (bob.now.current, bob.now.wanted)) == ("Contact:bob", (None, "partner"))
    assert [one.subject for one in read(store, viewer="eva").standings] == ["Customer:acme"]
    then = read(store, as_of=ago(40)).standings[0]
    assert [(one.current, one.until) for one in then.history] == [("contact", None)]
    stances = read(store).stances
    assert [(one.role, one.stance, one.influence, one.until) for one in stances] == [
        ("champion", 2, 0.7, None), ("user_buyer", -1, 0.3, ago(30))
    ]  # fmt: skip
    assert {one.about for one in stances} == {"Opportunity:line"}
    assert [(one.role, one.until) for one in read(store, as_of=ago(40)).stances] == [("user_buyer", None)]
    assert "working, wanted: trusted" in cli("relationship", "show", "acme", "--now", NOW.isoformat()).stdout
    by = ("--by", "eva", "--now", NOW.isoformat())
    done = cli("relationship", "set", "--account", "acme", "--current", "trusted", *by, "--json")
    assert orjson.loads(done.stdout)["subject"] == "Customer:acme"
    assert cli("relationship", "set", "--account", "acme", *by, check=False).returncode == 2
    now = read(store).standings[0].now
    assert now is not None
    assert (now.current, now.wanted) == ("trusted", "trusted")


def test_what_cannot_be_said(store: Store, world: World) -> None:
    world.load(store)
    with pytest.raises(WriteRefused, match="no level 'friends'; there are none, contact"):
        state(store, 1, customer="acme", current="friends")
    with pytest.raises(WriteRefused, match="either the customer or the contact"):
        state(store, 1, current="working")
    with pytest.raises(WriteRefused, match="current level"):
        state(store, 1, contact="ann")
    with pytest.raises(NotFound):
        state(store, 1, contact="bob", current="working")
    with pytest.raises(NotFound):
        run_sync(store, relationships, customer_id="nobody", now=NOW)
