"""The journey of an account: its milestones and stages as of a day, beside others of its industry."""

from datetime import datetime

import orjson
import pytest

from graph.errors import NotFound
from graph.journey.model import Journey
from graph.journey.read import journey
from graph.journey.stages import stages
from graph.service import run_sync
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago


@pytest.fixture
def world() -> World:
    """ACME from the first mail to a silence that is too long, and five others of its trade."""
    world = World()
    world.customer("acme", industry="pumps")
    world.employee("eva")
    world.contact("ann", "acme", valid_from=ago(950))
    met: list[tuple[str, str, str | None]] = [("Employee", "eva", "from"), ("Contact", "ann", "to")]
    world.met("secret", ago(930), met, visibility="owner", owner_id="bob")
    world.met("mail", ago(900), met)
    world.met("visit", ago(850), met, channel="visit")
    world.opportunity("won", "acme", opened_at=ago(800), closed_at=ago(700), outcome="won")
    world.opportunity("lost", "acme", opened_at=ago(600), closed_at=ago(550), outcome="lost")
    for key, days in (("o1", 690), ("o2", 640), ("o3", 590)):
        world.order(key, "acme", ago(days), [])
    world.order("return", "acme", ago(5), [], kind="return")
    world.node("Ticket", "t1", opened_at=ago(620))
    world.part("FOR", ("Ticket", "t1"), ("Customer", "acme"))
    for number in range(5):
        peer = world.customer(f"peer{number}", industry="pumps")
        world.opportunity(f"d{number}", peer, opened_at=ago(400))
        if number < 3:
            world.order(f"p{number}", peer, ago(400 - 10 * (number + 1)), [])
    world.customer("other", industry="valves")
    world.customer("empty")
    return world


def read(store: Store, customer: str = "acme", as_of: datetime | None = None) -> Journey:
    return run_sync(store, journey, customer_id=customer, now=NOW, as_of=as_of)


@pytest.mark.query("journey.milestones", "journey.peers")
def test_milestones_and_stages_beside_others(store: Store, world: World) -> None:
    world.load(store)
    found = read(store)
    assert [(one.kind, one.at, one.record) for one in found.milestones] == [
        ("first_contact", ago(900), "Interaction:mail"), ("first_meeting", ago(850), "Interaction:visit"),
        ("first_deal", ago(800), "Opportunity:won"), ("first_won", ago(700), "Opportunity:won"),
        ("first_order", ago(690), "Order:o1"), ("repeat_order", ago(640), "Order:o2"),
        ("first_ticket", ago(620), "Ticket:t1"), ("last_order", ago(590), "Order:o3"),
        ("first_lost", ago(550), "Opportunity:lost"),
    ]  # fmt: skip
    assert [(one.name, one.since, one.until) for one in found.stages] == [
        ("contact", ago(900), ago(800)), ("deal", ago(800), ago(700)), ("customer", ago(700), ago(640)),
        ("regular", ago(640), ago(410)), ("lapsed", ago(410), None),
    ]  # fmt: skip
    assert found.compared_with == "pumps"
    deal = found.stages[1]
    assert (deal.days, deal.peers_median, deal.peers) == (100.0, 20.0, 3)
    assert found.stages[0].peers_median is None


def test_as_of_a_day_only_what_had_happened(store: Store, world: World) -> None:
    world.load(store)
    then = read(store, as_of=ago(695))
    assert [one.kind for one in then.milestones][-1] == "first_won"
    assert [(one.name, one.until) for one in then.stages][-1] == ("customer", None)
    assert then.stages[-1].days == pytest.approx(5.0)
    assert then.stages[1].peers == 0
    before = read(store, as_of=ago(940))
    assert (before.milestones, before.stages) == ((), ())


def test_what_its_sources_took_back_never_was(store: Store, world: World) -> None:
    for label, key in (("Order", "o1"), ("Opportunity", "won"), ("Opportunity", "lost"), ("Ticket", "t1")):
        world.restate(label, key, ended_at=ago(20))
    world.restate("Order", "o3", ended_at=ago(-1))
    world.load(store)
    assert [(one.kind, one.record) for one in read(store).milestones] == [
        ("first_contact", "Interaction:mail"), ("first_meeting", "Interaction:visit"),
        ("first_order", "Order:o2"), ("last_order", "Order:o3"), ("repeat_order", "Order:o3"),
    ]  # fmt: skip
    before = [(one.kind, one.record) for one in read(store, as_of=ago(30)).milestones]
    assert before[2:5] == [
        ("first_deal", "Opportunity:won"), ("first_won", "Opportunity:won"), ("first_order", "Order:o1"),
    ]  # fmt: skip


def test_few_of_an_industry_are_compared_with_any_others(store: Store, world: World) -> None:
    world.load(store)
    found = read(store, "other")
    assert (found.compared_with, found.milestones) == (None, ())
    assert read(store, "empty").stages == ()
    with pytest.raises(NotFound):
        read(store, "nobody")


def test_a_stage_that_was_skipped_never_was() -> None:
    """An order before the first deal: the account never was in a deal only."""
    none = {key: list[object]() for key in ("first_won", "first_lost", "first_ticket", "first_meeting")}
    row: dict[str, object] = {
        **none, "first_contact": [{"at": ago(50)}], "first_deal": [{"at": ago(40)}],
        "first_orders": [{"at": ago(60)}], "last_order": [{"at": ago(60)}], "orders": 1,
    }  # fmt: skip
    assert stages(row, NOW) == [("customer", ago(60), None)]
    assert [name for name, _, _ in stages(row, ago(-130))] == ["customer", "lapsed"]


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_on_the_command_line(cli: Cli, store: Store, world: World) -> None:
    world.load(store)
    told = cli("journey", "acme", "--now", NOW.isoformat()).stdout
    assert "100 days; median of 3 others of pumps: 20 days" in told
    data = orjson.loads(
        cli("journey", "acme", "--as-of", ago(695).isoformat(), "--now", NOW, "--json").stdout
    )
    assert data["stages"][-1]["name"] == "customer"
