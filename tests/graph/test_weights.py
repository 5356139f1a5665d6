"""Weights of health that a person adopts: from then on they count, and earlier days keep theirs."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.errors import NotFound, UsageError
from graph.profile.model import Health
from graph.profile.read import profile
from graph.service import run_sync
from graph.store import Store
from graph.weights.decide import adopt, keep_proposal, proposals, reject, waiting, weights_at
from graph.weights.model import DECLARED, STANDING, Judged, Proposal, ProposalNotOpen
from tests.graph.world import NOW, World, ago

WALL = datetime(2025, 7, 1, tzinfo=UTC)
PROPOSED = Proposal(
    version=1,
    status="proposed",
    values={"recency": 0.1, "trend": 0.1, "tickets": 0.7, "coverage": 0.1},
    standing=STANDING,
    at=ago(10),
    horizon_days=120,
    fitted_on=("2024-01-01",),
    judged_on=("2024-09-01",),
    readings=400,
    judged=Judged(100, 30, 0.6, 0.5, 0.1, 0.05, 0.15, 0.6, 0.7),
)


@pytest.fixture
def world(store: Store) -> World:
    """A customer with orders and open tickets."""
    world = World()
    world.customer("acme")
    for day in (90, 60, 30, 5):
        world.order(f"o{day}", "acme", ago(day), [("pump", 1.0, 100.0)])
    for number in range(3):
        world.node("Ticket", f"t{number}", opened_at=ago(50))
        world.part("FOR", ("Ticket", f"t{number}"), ("Customer", "acme"))
    world.load(store)
    return world


def health(store: Store, as_of: datetime | None = None) -> Health:
    """Of the customer."""
    return run_sync(store, profile, customer_id="acme", now=NOW, as_of=as_of).parts["health"]


def weights(found: Health) -> dict[str, float]:
    """By part."""
    return {part.name: part.weight for part in found.parts}


@pytest.mark.query("weights.adopted", "weights.proposals", "customer_part.weights")
@pytest.mark.usefixtures("world")
def test_adopted_weights_count_from_their_day_on(store: Store) -> None:
    before = health(store)
    keep_proposal(store, (), PROPOSED, WALL)
    assert run_sync(store, waiting) == PROPOSED
    assert health(store) == before, "a proposal changes nothing"
    stands = adopt(store, 1, "eva", ago(3), WALL)
    assert run_sync(store, weights_at, NOW) == stands
    assert run_sync(store, weights_at, ago(4)) == STANDING
    now = health(store)
    assert (now.weights_version, now.weights) == (1, "weights 1, adopted on 2025-06-27 by eva")
    assert weights(now) == {"recency": 0.1, "trend": 0.1, "tickets": 0.7}
    parts = {part.name: part.value for part in now.parts}
    expected = (0.1 * parts["recency"] + 0.1 * parts["trend"] + 0.7 * parts["tickets"]) / 0.9
    assert now.score == pytest.approx(expected, abs=0.1)
    past = health(store, ago(4))
    assert (past.weights_version, past.weights) == (0, "declared weights")
    assert weights(past) == {name: DECLARED[name] for name in ("recency", "trend", "tickets")}
    (kept,) = run_sync(store, proposals)
    assert (kept.status, kept.decided_by, kept.decided_at) == ("adopted", "eva", ago(3))
    assert run_sync(store, waiting) is None


@pytest.mark.usefixtures("world")
def test_a_second_adoption_follows_the_first(store: Store) -> None:
    keep_proposal(store, (), PROPOSED, WALL)
    adopt(store, 1, "eva", ago(20), WALL)
    second = replace(PROPOSED, version=2, values=dict(DECLARED) | {"recency": 0.15, "coverage": 0.4})
    keep_proposal(store, run_sync(store, proposals), second, WALL)
    adopt(store, 2, "tom", ago(3), WALL)
    versions = [health(store, day).weights_version for day in (ago(30), ago(10), NOW)]
    assert versions == [0, 1, 2]
    keep_proposal(store, run_sync(store, proposals), replace(PROPOSED, version=3), WALL)
    with pytest.raises(UsageError, match="later day"):
        adopt(store, 3, "eva", ago(15), WALL)


class Dies(Store):
    """Writes once, and then the process has ended."""

    def __init__(self, alive: Store) -> None:
        self.__dict__.update(alive.__dict__)
        self.written = 0

    def _commit(self, statements: Any) -> None:
        self._count()
        super()._commit(statements)

    async def _written(self, statements: Any) -> Any:
        self._count()
        return await super()._written(statements)

    def _count(self) -> None:
        if self.written:
            raise ConnectionAbortedError
        self.written += 1


@pytest.mark.usefixtures("world")
def test_an_adoption_stands_as_a_whole_or_not_at_all(store: Store) -> None:
    keep_proposal(store, (), PROPOSED, WALL)
    with suppress(ConnectionAbortedError):
        adopt(Dies(store), 1, "eva", ago(3), WALL)
    (kept,) = run_sync(store, proposals)
    assert (kept.status == "adopted") == (run_sync(store, weights_at, NOW).version == 1)


def test_a_decision_is_made_once_with_a_reason_and_by_somebody(store: Store) -> None:
    keep_proposal(store, (), PROPOSED, WALL)
    with pytest.raises(UsageError, match="say why"):
        reject(store, 1, "eva", " ", NOW, WALL)
    with pytest.raises(UsageError, match="who decides"):
        adopt(store, 1, " ", NOW, WALL)
    with pytest.raises(NotFound):
        adopt(store, 7, "eva", NOW, WALL)
    assert reject(store, 1, "eva", "tickets are closed late here", NOW, WALL).status == "rejected"
    with pytest.raises(ProposalNotOpen, match="rejected already"):
        adopt(store, 1, "eva", NOW, WALL)
    assert run_sync(store, weights_at, NOW) == STANDING


def test_a_newer_fit_supersedes_one_that_still_waits(store: Store) -> None:
    keep_proposal(store, (), PROPOSED, WALL)
    newer = replace(PROPOSED, version=2, status="without_gain")
    keep_proposal(store, run_sync(store, proposals), newer, WALL)
    assert [(one.version, one.status) for one in run_sync(store, proposals)] == [
        (2, "without_gain"),
        (1, "superseded"),
    ]
    assert run_sync(store, waiting) is None
    with pytest.raises(ProposalNotOpen, match="superseded"):
        adopt(store, 1, "eva", NOW, WALL)
