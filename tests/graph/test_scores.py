"""Scores and recommendations as written by the models, and ids of every kind."""

from datetime import datetime

import pytest

from graph.clock import AsOfAfterNow
from graph.decision_chain.read import chain, chains
from graph.errors import NotFound
from graph.profile.around import network
from graph.profile.pages import PageFilter, page
from graph.profile.read import ProfileRequest, profile
from graph.resolve_id import resolve
from graph.score_view.model import Risk
from graph.service import run_sync
from graph.store import Store
from tests.graph.churn import probability
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


def test_a_score_stands_until_another_takes_its_place_or_none_does(store: Store) -> None:
    world = World()
    world.customer("acme", name="Acme")
    world.customer("bolt", name="Bolt")
    world.risk("first", "acme", 0.2, as_of=ago(100), scored_at=ago(100), until=ago(60))
    world.risk("second", "acme", 0.7, as_of=ago(60), scored_at=ago(60), until=ago(20))
    world.risk("stands", "bolt", 0.4, as_of=ago(300), scored_at=ago(300))
    world.load(store)
    for days, expected in ((200, None), (80, 0.2), (60, 0.7), (40, 0.7), (20, None), (0, None)):
        risk = risk_at(store, ago(days))
        assert (None if risk is None else risk.probability) == expected
        lines = run_sync(store, page, request=ProfileRequest(ago(days)), first=5, order="risk").lines
        assert {line.customer_id: probability(line) for line in lines} == {"acme": expected, "bolt": 0.4}
        (named,) = run_sync(
            store, page, request=ProfileRequest(ago(days)), first=5, where=PageFilter(text="acme")
        ).lines
        assert probability(named) == expected


def test_a_score_as_of_a_later_moment_is_never_served(store: Store) -> None:
    """Such as one made while a mistyped year had moved the company's now; an older one answers instead."""
    world = World()
    world.customer("acme")
    world.risk("right", "acme", 0.2, as_of=ago(3))
    world.load(store)
    later = World()
    later.risk("mistyped", "acme", 0.9, as_of=ago(-365 * 180), scored_at=ago(-1))
    later.node("Product", "pump", name="Pump")
    later.node("Recommendation", "r", rank=1, score=1.0, probability=0.5, scored_at=NOW, as_of=ago(-1),
               model_id="m", reasons=REASONS)  # fmt: skip
    later.part("FOR", ("Recommendation", "r"), ("Customer", "acme"))
    later.part("ABOUT", ("Recommendation", "r"), ("Product", "pump"))
    later.load(store)
    today = risk_at(store)
    assert today is not None
    assert today.score_id == "right"
    assert run_sync(store, profile, customer_id="acme", now=NOW).parts["suggestions"] == ()
    for order in ("name", "risk"):
        (line,) = run_sync(store, page, request=ProfileRequest(NOW), first=5, order=order).lines
        assert probability(line) == 0.2


@pytest.mark.parametrize("as_of", [ago(-1), ago(-1 / 86400)])
def test_a_moment_after_now_is_refused(store: Store, as_of: datetime) -> None:
    world = World()
    world.customer("acme")
    world.load(store)
    refused = pytest.raises(AsOfAfterNow, match="is after the company's now, 2025-06-30T12:00:00")
    with refused:
        run_sync(store, profile, customer_id="acme", now=NOW, as_of=as_of)
    with refused:
        run_sync(store, chain, customer_id="acme", now=NOW, as_of=as_of)
    with refused:
        run_sync(store, chains, customer_ids=["acme"], now=NOW, as_of=as_of)
    with refused:
        run_sync(store, network, customer_id="acme", now=NOW, as_of=as_of)


def test_recommendations_by_rank_whenever_each_was_written(store: Store) -> None:
    """One that was confirmed by the newest scoring is not written again, and is as current as the others."""
    world = World()
    world.customer("acme")
    for key, rank, when in (("r1", 2, ago(9)), ("r2", 1, NOW), ("tomorrow", 1, ago(-1))):
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
