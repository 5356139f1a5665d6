"""Linking in the graph: what is surely one is merged, what may be waits, and what people decide stands."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.history import read_history
from graph.merge import UnmergeWords, unmerge
from graph.merge.candidate import Candidate, Weight, put_candidates
from graph.merge.decide import DecisionWords, decide_review
from graph.merge.review import Review, reviews
from graph.merge.suspend import Clerk
from graph.resolve_id import resolve
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from ingest.resolve.errors import ResolveConfigInvalid
from ingest.resolve.linking.config import LinkConfig, Thresholds, read_link_config
from ingest.resolve.linking.run import Report, link_graph
from tests.graph.world import NOW, World
from tests.merge.export import export
from tests.resolve.test_doubled import DOUBLED, write

CLERK = Clerk("link", NOW, NOW)
EVA = Author("eva", "k1", NOW, NOW + timedelta(days=1))
WAITING = LinkConfig(customers=Thresholds(merge=1, review=0.01))


def linked(store: Store, config: LinkConfig = LinkConfig(), *, dry: bool = False) -> Report:  # noqa: B008 - frozen
    with read_history(store) as history:
        return link_graph(store, history.connection, config, CLERK, dry=dry)[0]


@pytest.fixture
def planted(store: Store) -> set[tuple[str, str]]:
    """Twelve of 118 customers stand twice, the second without a tax number."""
    world = World()
    world.employee("eva")
    world.load(store)
    return write(store)


def test_what_is_surely_one_is_merged_into_the_record_with_a_tax_number(
    store: Store, planted: set[tuple[str, str]]
) -> None:
    before = export(store)
    sure = LinkConfig(customers=Thresholds(merge=0.9))
    would = linked(store, sure, dry=True)
    assert export(store) == before
    done = linked(store, sure)
    assert {(keep, other) for keep, other, _ in done.merged} <= planted
    assert len(done.merged) >= 0.8 * DOUBLED
    assert done.merged == would.merged
    keep, other, _ = done.merged[0]
    assert run_sync(store, resolve, "Customer", other) == keep
    run_sync(store, unmerge, EVA, UnmergeWords(other))
    again = linked(store, sure)
    assert (keep, other) not in {(one, two) for one, two, _ in again.merged}


@pytest.mark.query("merge.reviews", "merge.standing", "merge.keep_apart")
def test_what_may_be_one_waits_until_somebody_decides(store: Store, planted: set[tuple[str, str]]) -> None:
    first = linked(store, WAITING)
    assert not first.merged
    assert first.new == first.review >= 0.8 * DOUBLED
    assert linked(store, WAITING).new == 0
    found = asked(store)
    assert {(one.one_id, one.other_id) for one in found} <= planted
    assert {weight.field for weight in found[0].weights} >= {"name", "phone", "rarity"}
    total = sum(weight.bits for weight in found[0].weights)
    assert found[0].probability == pytest.approx(1 / (1 + 2**-total), abs=0.01)
    one, two, three = found[:3]
    run_sync(store, decide_review, EVA, words(one, "apart"))
    run_sync(store, decide_review, replace(EVA, key="k2"), words(two, "same"))
    left = asked(store)
    assert one not in left
    assert two not in left
    assert three in left
    assert run_sync(store, resolve, "Customer", two.other_id) == two.one_id
    linked(store, WAITING)
    assert one.one_id not in {review.one_id for review in asked(store)}


def asked(store: Store, kind: str = "Customer") -> list[Review]:
    return run_sync(store, reviews, kind=kind, first=50, now=NOW, viewer=None)


def words(review: Review, judgement: str) -> DecisionWords:
    return DecisionWords(review.kind, review.one_id, review.other_id, judgement)


def test_what_the_evidence_no_longer_speaks_for_is_withdrawn(store: Store) -> None:
    world = World()
    for key in ("a", "b", "c"):
        world.customer(key)
    world.load(store)
    weight = Weight("name", "A", "B", 3.0)
    pairs = [Candidate(one, other, 0.7, [weight]) for one, other in (("a", "b"), ("c", "b"))]
    assert put_candidates(store, "Customer", pairs, NOW) == (2, 0)
    assert put_candidates(store, "Customer", pairs[:1], NOW + timedelta(days=1)) == (0, 1)
    open_ones = run_sync(
        store, reviews, kind="Customer", first=5, now=NOW + timedelta(days=2), viewer="eva", ids=["b"]
    )
    assert [(one.one_id, one.other_id, one.weights) for one in open_ones] == [("a", "b", (weight,))]


def test_settings_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "link.yml"
    path.write_text("customers: {merge: 0.5, review: 0.9}\n", encoding="utf-8")
    with pytest.raises(ResolveConfigInvalid, match="above"):
        read_link_config(path)
    path.write_text("contacts: {merge: 0.95}\n", encoding="utf-8")
    assert read_link_config(path).contacts.merge == 0.95
