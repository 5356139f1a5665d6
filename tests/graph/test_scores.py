"""Scores and recommendations as written by the models, and ids of every kind."""

from datetime import datetime

import pytest

from graph.errors import NotFound
from graph.profile.read import profile
from graph.resolve_id import resolve
from graph.score_view.model import Risk
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago

REASONS = '[{"text":"t","contribution":1,"path":[{"kind":"Product","id":"x","label":"X"}]}]'


def risk_at(store: Store, as_of: datetime | None = None) -> Risk | None:
    return run_sync(store, profile, customer_id="acme", now=NOW, as_of=as_of).parts["risk"]


def test_the_newest_score_that_existed(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.risk("old", "acme", 0.2, as_of=ago(100), scored_at=ago(100))
    world.risk("new", "acme", 0.7)
    world.load(store)
    today = risk_at(store)
    assert today is not None
    assert (today.score_id, today.band) == ("new", "high")
    assert (today.reasons[0].text, today.reasons[0].evidence[0].kind) == ("a ticket", "Ticket")
    past = risk_at(store, ago(50))
    assert past is not None
    assert past.score_id == "old"
    assert risk_at(store, ago(200)) is None


def test_a_score_as_of_the_end_of_the_last_day_counts_today(store: Store) -> None:
    """The data's now is its newest event; scores are as of the midnight after it."""
    world = World()
    world.customer("acme")
    world.risk("evening", "acme", 0.7, as_of=ago(-1))
    world.load(store)
    today = risk_at(store)
    assert today is not None
    assert today.score_id == "evening"
    assert risk_at(store, NOW) is None


def test_only_the_newest_recommendations(store: Store) -> None:
    world = World()
    world.customer("acme")
    for key, rank, when in (("r1", 2, NOW), ("r2", 1, NOW), ("stale", 1, ago(9))):
        world.node("Product", f"p-{key}", name=key.upper())
        world.node("Recommendation", key, rank=rank, score=1.0, probability=0.5, scored_at=when, as_of=when,
                   model_id="m", reasons=REASONS)  # fmt: skip
        world.part("FOR", ("Recommendation", key), ("Customer", "acme"))
        world.part("ABOUT", ("Recommendation", key), ("Product", f"p-{key}"))
    world.load(store)
    found = run_sync(store, profile, customer_id="acme", now=NOW).parts["suggestions"]
    assert [(s.product_name, s.rank) for s in found] == [("R2", 1), ("R1", 2)]
    assert found[0].reasons[0].path[0].label == "X"


@pytest.mark.query("alias.resolve")
def test_every_kind_of_id(store: Store) -> None:
    world = World()
    world.customer("crm:1")
    world.contact("crm:1", None)
    for alias in ("Customer|erp:C1", "Customer|retired"):
        world.node("Alias", alias)
        world.part("ALIAS_OF", ("Alias", alias), ("Customer", "crm:1"))
    world.load(store)
    for asked in ("crm:1", "erp:C1", "retired"):
        assert run_sync(store, resolve, "Customer", asked) == "crm:1"
    for label, asked in (("Contact", "erp:C1"), ("Product", "crm:1"), ("Customer", "")):
        with pytest.raises(NotFound, match=f"no {label} answers"):
            run_sync(store, resolve, label, asked)
