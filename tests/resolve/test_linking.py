"""Linking in the graph: what is surely one is merged, what may be waits, and what people decide stands."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from graph.history import read_history
from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.merge.candidate import Candidate, Weight, put_candidates
from graph.merge.decide import DecisionWords, decide_review
from graph.merge.review import Review, reviews
from graph.merge.suspend import Clerk
from graph.resolve_id import resolve
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from ingest.resolve.errors import ResolveConfigInvalid
from ingest.resolve.linking.anew import linked_whole, records_of
from ingest.resolve.linking.config import LinkConfig, Thresholds
from ingest.resolve.linking.judge import Judged, Pair, judged
from ingest.resolve.linking.run import Mode, Report, judge, link_graph
from ingest.resolve.settings_file import read_settings
from tests.graph.world import NOW, World, ago
from tests.merge.export import export
from tests.resolve.test_doubled import DOUBLED, STEMS, TRADES, write

CLERK = Clerk("link", NOW, NOW)
EVA = Author("eva", "k1", NOW, NOW + timedelta(days=1))
WAITING = LinkConfig(customers=Thresholds(merge=1, review=0.01))


def linked(
    store: Store, config: LinkConfig = LinkConfig(), *, dry: bool = False, home: Path | None = None  # noqa: B008 - frozen
) -> Report:  # fmt: skip
    with read_history(store) as history:
        return link_graph(store, history.connection, config, CLERK, Mode(home, dry=dry))[0]


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


@pytest.mark.slow
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
    assert put_candidates(store, "Customer", pairs, NOW, NOW) == (2, 0)
    assert put_candidates(store, "Customer", pairs[:1], NOW + timedelta(days=1), NOW) == (0, 1)
    open_ones = run_sync(
        store, reviews, kind="Customer", first=5, now=NOW + timedelta(days=2), viewer="eva", ids=["b"]
    )
    assert [(one.one_id, one.other_id, one.weights) for one in open_ones] == [("a", "b", (weight,))]


def test_of_one_pair_one_candidate_stands_with_the_surest_evidence(store: Store) -> None:
    """b and c become one: a may be that one, as was said of either."""
    world = World()
    world.employee("eva")
    for key in ("a", "b", "c"):
        world.customer(key)
    world.load(store)
    pairs = [Candidate("a", other, 0.7, []) for other in ("b", "c")]
    put_candidates(store, "Customer", pairs, NOW, NOW)
    run_sync(store, merge, EVA, MergeWords("Customer", "b", "c"))
    for found in ([Candidate("a", "b", 0.9, []), Candidate("b", "a", 0.6, [])], [], pairs[:1]):
        put_candidates(store, "Customer", found, NOW, NOW)
    (left,) = asked(store)
    assert left.probability == 0.7
    put_candidates(store, "Customer", [Candidate("a", "b", 0.9, []), Candidate("b", "a", 0.6, [])], NOW, NOW)
    assert asked(store)[0].probability == 0.9


def test_of_equally_sure_pairs_the_same_one_tells_whichever_came_first() -> None:
    pairs = [Pair(ids, ids, 0.99, (), apart=False) for ids in (("a", "b"), ("a", "c"), ("b", "c"))]
    frame = pd.DataFrame(
        {"customer_id": ["a", "b", "c"], "name": ["A", "A", "A"], "tax_id": ["1", None, None]}
    )
    sure = Thresholds(merge=0.9)
    found = judged(frame, "Customer", pairs, sure, {})
    assert [pair.names for _, pair in found.merges] == [("a", "b"), ("a", "c")]
    assert judged(frame, "Customer", reversed(pairs), sure, {}) == found


def test_a_contact_whom_only_some_of_us_may_see_takes_no_part(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("ann", "acme")
    world.contact("new", None)
    for key in ("leo", "met"):
        world.contact(key, "acme", visibility="owner", owner_id="eva")
    world.met("call", ago(3), [("Contact", "met", "to")])
    world.load(store)
    with read_history(store) as history:
        assert list(records_of(history.connection, "Contact")["contact_id"]) == ["ann", "met", "new"]


def test_told_apart_outweighs_that_a_merged_record_was_said_to_be_the_same(
    store: Store,
) -> None:
    """b was taken into a: a and c are apart, b and c were said to be one."""
    world = World()
    world.employee("eva")
    for key in ("a", "b", "c"):
        world.customer(key)
    for one, judgement in (("a", "apart"), ("b", "same")):
        stated = {"kind": "Customer", "one_id": one, "other_id": "c", "at": NOW, "actor": "user:eva"}
        world.node("Verdict", f"Customer|{one}|c", judgement=judgement, **stated)
    world.load(store)
    run_sync(store, merge, EVA, MergeWords("Customer", "a", "b"))
    pair = Pair(("a", "c"), ("A", "C"), 0.9, (), apart=False)
    with read_history(store) as history:
        frame = records_of(history.connection, "Customer")
    assert judge(store, frame, "Customer", [pair], Thresholds()) == Judged((), ())


@pytest.mark.slow
def test_after_the_first_run_only_what_is_new_is_looked_at(
    store: Store, planted: set[tuple[str, str]], tmp_path: Path
) -> None:
    """A second run finds nothing new; a record that comes then waits beside the one that it doubles."""
    first = linked(store, WAITING, home=tmp_path)
    assert first.why_all == "no model stands"
    assert first.looked_at == first.records
    again = linked(store, WAITING, home=tmp_path)
    assert (again.why_all, again.looked_at, again.new, again.withdrawn) == (None, 0, 0, 0)
    assert again.model == first.model
    single = sorted({f"a{number:03}" for number in range(118)} - {one for one, _ in planted})[0]
    with read_history(store) as history:
        (row,) = records_of(history.connection, "Customer", [single]).to_dict("records")
    late = World()
    late.customer("late", name=f"{row['name'].upper()}", phone=row["phone"], city=row["city"])
    late.load(store)
    would = linked(store, WAITING, home=tmp_path, dry=True)
    came = linked(store, WAITING, home=tmp_path)
    assert (came.why_all, came.looked_at, came.new, came.withdrawn) == (None, 1, 1, 0)
    assert would.looked_at == came.looked_at
    found = {(one.one_id, one.other_id): one for one in asked(store)}
    assert len(found) == first.review + 1
    assert {weight.field for weight in found[single, "late"].weights} >= {"name", "phone", "rarity"}
    other = linked(store, WAITING.model_copy(update={"seed": 8}), home=tmp_path)
    assert other.why_all == "the settings have changed"


def test_rules_decide_before_the_evidence_does(store: Store, planted: set[tuple[str, str]]) -> None:
    one, two, *_ = sorted(planted)
    ruled = LinkConfig(customers=Thresholds(merge=0.5, same=(("a100", "a101"),), apart=(one,)))
    done = linked(store, ruled)
    merged = {(keep, other) for keep, other, _ in done.merged}
    assert ("a100", "a101") in merged
    assert two in merged
    assert one not in merged
    assert linked(store, ruled).merged == ()


def test_what_no_model_judges_waits_where_nobody_looks_on(store: Store) -> None:
    """Two of three companies have one name: asked for they are merged, by the worker they are shown."""
    world = World()
    for key, name in (
        ("a", "Nordwind Optics GmbH"),
        ("b", "Nordwind Optics GmbH"),
        ("c", "Kestrel Foods AG"),
    ):
        world.customer(key, name=name)
    world.load(store)
    alike = LinkConfig(customers=Thresholds(merge=0.8))
    with read_history(store) as history:
        waits = link_graph(store, history.connection, alike, CLERK, Mode(trained=True))[0]
        merges = link_graph(store, history.connection, alike, CLERK)[0]
    assert (waits.merged, waits.review) == ((), 1)
    assert [one[:2] for one in merges.merged] == [("a", "b")]


def test_without_a_model_all_are_linked_once_enough_is_new(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    for key in ("a", "b", "c"):
        world.customer(key, name="Kestrel Foods AG" if key == "c" else "Nordwind Optics GmbH")
    world.load(store)
    first = linked(store, WAITING, home=tmp_path)
    assert (first.model, first.looked_at, first.review) == (None, 3, 1)
    again = linked(store, WAITING, home=tmp_path)
    assert (again.why_all, again.looked_at, again.withdrawn) == (None, 0, 0)
    late = World()
    late.customer("d", name="Kestrel Foods AG")
    late.load(store)
    with monkeypatch.context() as much:
        much.setattr("ingest.resolve.linking.anew.FEW", 0)
        much.setattr("ingest.resolve.linking.anew.MANY_NEW", 0.5)
        assert linked(store, WAITING, home=tmp_path).looked_at == 0
    assert linked(store, WAITING, home=tmp_path).looked_at == 4
    assert {(one.one_id, one.other_id) for one in asked(store)} == {("a", "b"), ("c", "d")}
    assert linked(store, WAITING.model_copy(update={"seed": 8}), home=tmp_path).looked_at == 4


def test_numbers_that_few_records_have_tell_two_apart_where_all_are_linked() -> None:
    names = [f"{stem} {trade} GmbH" for stem in STEMS for trade in TRADES]
    frame = pd.DataFrame({
        "customer_id": [f"a{n:03}" for n in range(len(names))], "name": names, "tax_id": None,
        "phone": [f"+49 40 {n * 7919:07}" for n in range(len(names))], "website": None, "city": "Graz",
    }, dtype=object)  # fmt: skip
    frame.loc[1, ["name", "phone"]] = frame.loc[0, ["name", "phone"]]
    frame.loc[:1, "tax_id"] = ["DE100000001", "DE100000002"]
    _, _, pairs = linked_whole(frame, "Customer", 7)
    assert [pair.apart for pair in pairs if pair.ids == ("a000", "a001")] == [True]


def test_settings_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "link.yml"
    path.write_text("customers: {merge: 0.5, review: 0.9}\n", encoding="utf-8")
    with pytest.raises(ResolveConfigInvalid, match="above"):
        read_settings(path, LinkConfig)
    path.write_text("contacts: {merge: 0.95}\n", encoding="utf-8")
    assert read_settings(path, LinkConfig).contacts.merge == 0.95
    path.write_text("customers: {same: [[a, b]], apart: [[b, a]]}\n", encoding="utf-8")
    with pytest.raises(ResolveConfigInvalid, match="both"):
        read_settings(path, LinkConfig)
