"""Deals as of a past day, by the versions of their source rows; the largest among those of one currency."""

from typing import Any

import pytest

from graph.deal import deals_as_of
from graph.decision_chain.read import chain
from graph.profile.read import profile
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago


def test_a_deal_shows_the_stage_and_the_amount_of_the_day(store: Store) -> None:
    world = World()
    world.customer("acme")
    won: dict[str, Any] = {"stage": "Closed Won", "amount": 9.0, "closed_at": ago(10), "outcome": "won"}
    world.opportunity("deal", "acme", **won)
    world.version("Opportunity", "deal", ago(100), ago(40), stage="Demo", amount=5.0)
    world.version("Opportunity", "deal", ago(40), ago(10), stage="Offer", amount=7.0)
    world.version("Opportunity", "deal", ago(10), None, **won)
    world.load(store)
    shown = {}
    for days in (99, 41, 39, 11, 9, 0):
        (deal,) = run_sync(store, profile, customer_id="acme", now=NOW, as_of=ago(days)).parts["deals"]
        shown[days] = (deal.stage, deal.amount, deal.outcome)
    demo, offer, closed = ("Demo", 5.0, None), ("Offer", 7.0, None), ("Closed Won", 9.0, "won")
    assert shown == {99: demo, 41: demo, 39: offer, 11: offer, 9: closed, 0: closed}
    then = run_sync(store, chain, customer_id="acme", now=NOW, as_of=ago(39))
    assert (then.opportunity_id, then.stage, then.amount) == ("deal", "Offer", 7.0)


@pytest.mark.query("opportunity.versions")
def test_a_field_of_two_sources_comes_from_the_one_that_todays_value_comes_from(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.opportunity("deal", "acme", stage="Offer", amount=7.0)
    world.version("Opportunity", "deal", ago(90), ago(30), stage="Demo", amount=5.0)
    world.version("Opportunity", "deal", ago(30), None, stage="Offer", amount=6.0)
    world.version("Opportunity", "deal", ago(80), ago(20), source="erp", amount=4.0)
    world.version("Opportunity", "deal", ago(20), None, source="erp", amount=7.0)
    world.load(store)
    found = {
        days: run_sync(store, deals_as_of, ["acme"], ago(days))["acme"].deals[0] for days in (85, 50, 25, 1)
    }
    assert {days: (deal["stage"], deal["amount"]) for days, deal in found.items()} == {
        85: ("Demo", 5.0),  # the source of today's amount did not know the deal yet
        50: ("Demo", 4.0), 25: ("Offer", 4.0), 1: ("Offer", 7.0),
    }  # fmt: skip


def test_a_deal_without_versions_is_as_today(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.opportunity("deal", "acme", stage="Demo", amount=5.0)
    world.opportunity("later", "acme", opened_at=ago(1))
    world.load(store)
    (deal,) = run_sync(store, profile, customer_id="acme", now=NOW, as_of=ago(50)).parts["deals"]
    assert (deal.opportunity_id, deal.stage, deal.amount) == ("deal", "Demo", 5.0)


@pytest.mark.query("chain.of")
@pytest.mark.parametrize("own", [None, "JPY"])
def test_amounts_of_different_currencies_are_not_compared(store: Store, own: str | None) -> None:
    world = World()
    world.customer("acme", **({"currency": own} if own else {}))
    world.opportunity("yen", "acme", amount=900_000.0, currency="JPY")
    world.opportunity("small", "acme", amount=10.0, currency="EUR")
    world.opportunity("euros", "acme", amount=20_000.0, currency="EUR")
    world.load(store)
    for day in (NOW, ago(1)):
        assert run_sync(store, chain, customer_id="acme", now=NOW, as_of=day).opportunity_id == "euros"


def test_of_as_many_deals_in_two_currencies_the_accounts_own_counts(store: Store) -> None:
    world = World()
    world.customer("acme", currency="EUR")
    world.opportunity("yen", "acme", amount=900_000.0, currency="JPY")
    world.opportunity("euros", "acme", amount=20_000.0, currency="EUR")
    world.load(store)
    for day in (NOW, ago(1)):
        assert run_sync(store, chain, customer_id="acme", now=NOW, as_of=day).opportunity_id == "euros"
