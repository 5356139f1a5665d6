"""Records that are one: their facts answer at one of them, and an unmerge leaves the graph as it was."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.history import open_history
from graph.merge import CannotMerge, MergeWords, UnmergeWords, merge, open_merges, unmerge
from graph.merge.decide import DecisionWords, decide_review
from graph.merge.suspend import Clerk, resume, suspend
from graph.merge.verdict import verdicts
from graph.resolve_id import resolve
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author, KeyAlreadyUsed
from graph.writing.errors import VersionConflict
from graph.writing.relation import RelationWords, assert_relation
from tests.graph.world import NOW, World, ago
from tests.history.test_kept import same_as_graph
from tests.merge.export import export
from tests.store.rows import props_of

EVA = Author("eva", "k1", NOW, NOW + timedelta(days=1), "the same firm")


def again(number: int) -> Author:
    return replace(EVA, key=f"k{number}")


@pytest.fixture
def doubled(store: Store) -> Store:
    """ACME stands twice, and so does Ann: one of her at each, who are said to report to each other."""
    world = World()
    world.customer("acme", tax_id="T1", created_at=ago(900))
    world.customer("acme2", name="Acme Ltd.", city="Bonn", x_tier="gold", employees=7, domains=("acme.com",))
    world.customer("bolt")
    world.employee("eva")
    world.contact("ann", "acme", "CEO")
    world.contact("ann2", "acme2", "Chief executive")
    world.contact("leo", "acme2", "Engineer", visibility="owner", owner_id="eva")
    world.fact("REPORTS_TO", ("Contact", "ann"), ("Contact", "ann2"))
    world.fact("REPORTS_TO", ("Contact", "leo"), ("Contact", "ann2"))
    world.fact("PARENT_OF", ("Customer", "acme"), ("Customer", "acme2"))
    world.fact("PARENT_OF", ("Customer", "bolt"), ("Customer", "acme2"), confidence=0.5)
    world.fact("OWNS", ("Employee", "eva"), ("Customer", "acme2"))
    world.opportunity("deal", "acme2")
    world.role("ann2", ("Opportunity", "deal"), "champion", stance=1)
    world.node("Product", "p", name="Pump")
    for number, customer in enumerate(("acme", "acme2")):
        world.order(f"o{number}", customer, ago(9 - number), [("p", 1.0, 5.5)])
        bought = {"orders": 1, "quantity": 1.0 + number, "first_at": ago(9), "last_at": ago(9)}
        world.part("BOUGHT", ("Customer", customer), ("Product", "p"), **bought)
        world.risk(f"r{number}", customer, 0.4)
        world.version("Customer", customer, ago(100), None)
        world.node("Alias", f"Customer|crm:{number}")
        world.part("ALIAS_OF", ("Alias", f"Customer|crm:{number}"), ("Customer", customer))
    people: list[tuple[str, str, str | None]] = [("Contact", "ann", "from"), ("Contact", "ann2", "cc")]
    world.met("mail", ago(3), [*people, ("Employee", "eva", "to")])
    for one in ("ann", "ann2"):
        world.tie(("Employee", "eva"), ("Contact", one), 0.5)
    world.load(store)
    return store


@pytest.mark.query("merge.last_place", "merge.all", "merge.verdicts")
@pytest.mark.parametrize(
    ("kind", "keep", "other"), [("Customer", "acme", "acme2"), ("Contact", "ann", "ann2")]
)
def test_an_unmerge_leaves_the_graph_as_it_was(doubled: Store, kind: str, keep: str, other: str) -> None:
    before = export(doubled)
    run_sync(doubled, merge, EVA, MergeWords(kind, keep, other))
    assert export(doubled) != before
    assert run_sync(doubled, resolve, kind, other) == keep
    assert run_sync(doubled, verdicts, kind) == {frozenset((keep, other)): "same"}
    run_sync(doubled, unmerge, again(2), UnmergeWords(other))
    assert export(doubled) == before
    assert run_sync(doubled, verdicts, kind) == {frozenset((keep, other)): "apart"}


def test_what_both_had_answers_at_one(doubled: Store) -> None:
    run_sync(doubled, merge, EVA, MergeWords("Customer", "crm:0", "crm:1"))
    props = props_of(doubled, "Customer", "acme")
    assert (props["name"], props["city"], props["x_tier"], props["tax_id"]) == ("ACME", "Bonn", "gold", "T1")
    assert not [row for row in export(doubled) if "'Customer', 'acme2'" in row]
    assert sum("'WORKS_AT', 'Customer', 'acme'" in row for row in export(doubled)) == 3
    assert sum("('to_record', 'acme2')" in row for row in export(doubled)) == 4
    assert run_sync(doubled, resolve, "Customer", "crm:1") == "acme"


def test_what_was_merged_later_stays_merged(doubled: Store) -> None:
    """bolt takes acme2, then acme takes bolt; the first is taken back."""
    before = export(doubled)
    run_sync(doubled, merge, EVA, MergeWords("Customer", "bolt", "acme2"))
    run_sync(doubled, merge, again(2), MergeWords("Customer", "acme", "acme2"))
    assert run_sync(doubled, resolve, "Customer", "acme2") == "acme"
    run_sync(doubled, unmerge, again(3), UnmergeWords("acme2"))
    assert run_sync(doubled, resolve, "Customer", "acme2") == "acme2"
    assert run_sync(doubled, resolve, "Customer", "bolt") == "acme"
    run_sync(doubled, unmerge, again(4), UnmergeWords("bolt"))
    assert export(doubled) == before


def test_an_unmerge_that_fails_leaves_later_merges_as_they_were(
    doubled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_sync(doubled, merge, EVA, MergeWords("Customer", "bolt", "acme2"))
    run_sync(doubled, merge, again(2), MergeWords("Customer", "acme", "bolt"))

    def refused(*_: object) -> None:
        raise VersionConflict("Customer:bolt")

    monkeypatch.setattr("graph.merge.service.release_query", refused)
    with pytest.raises(VersionConflict):
        run_sync(doubled, unmerge, again(3), UnmergeWords("acme2"))
    assert run_sync(doubled, resolve, "Customer", "bolt") == "acme"


def test_a_merge_waits_while_only_the_kept_record_has_ended(doubled: Store) -> None:
    clerk = Clerk("load", NOW, NOW)
    run_sync(doubled, merge, EVA, MergeWords("Customer", "acme", "acme2"))
    run_sync(doubled, suspend, clerk, run_sync(doubled, open_merges))
    for ended, answers in ((NOW.isoformat(), "acme2"), (None, "acme")):
        doubled.upsert_nodes("Customer", [{"id": "acme", "props": {"ended_at": ended}}])
        run_sync(doubled, resume, clerk)
        assert run_sync(doubled, resolve, "Customer", "acme2") == answers
    assert props_of(doubled, "Customer", "acme").get("ended_at") is None


def test_what_was_told_apart_while_a_dead_load_held_it_apart_stays_apart(doubled: Store) -> None:
    run_sync(doubled, merge, EVA, MergeWords("Customer", "acme", "acme2"))
    clerk = Clerk("ingest", NOW, NOW)
    run_sync(doubled, suspend, clerk, run_sync(doubled, open_merges))
    run_sync(doubled, decide_review, again(2), DecisionWords("Customer", "acme", "acme2", "apart"))
    run_sync(doubled, resume, clerk)
    assert run_sync(doubled, resolve, "Customer", "acme2") == "acme2"
    assert [one.stands for one in run_sync(doubled, open_merges)] == [False]


def test_what_is_written_meanwhile_stays_where_it_was_written(doubled: Store) -> None:
    run_sync(doubled, merge, EVA, MergeWords("Contact", "ann", "ann2"))
    run_sync(doubled, assert_relation, again(2), RelationWords("INFLUENCES", "ann2", "leo", 0.5))
    run_sync(doubled, unmerge, again(3), UnmergeWords("Contact:ann2"))
    influences = [row for row in export(doubled) if "INFLUENCES" in row]
    assert len(influences) == 1
    assert influences[0].startswith("('Contact', 'ann', 'INFLUENCES', 'Contact', 'leo'")


def test_the_history_follows(doubled: Store, tmp_path: Path) -> None:
    open_history(doubled, tmp_path).close()
    for kind, keep, other in (("Customer", "acme", "acme2"), ("Contact", "ann2", "ann")):
        run_sync(doubled, merge, replace(EVA, key=kind), MergeWords(kind, keep, other))
        assert same_as_graph(doubled, tmp_path)
    run_sync(doubled, unmerge, again(9), UnmergeWords("acme2"))
    assert same_as_graph(doubled, tmp_path)


def test_what_cannot_be(doubled: Store) -> None:
    for kind, keep, other in (("Product", "p", "p"), ("Customer", "acme", "crm:0")):
        with pytest.raises(CannotMerge):
            run_sync(doubled, merge, EVA, MergeWords(kind, keep, other))
    first = run_sync(doubled, merge, EVA, MergeWords("Customer", "acme", "acme2"))
    repeated = run_sync(doubled, merge, EVA, MergeWords("Customer", "acme", "acme2"))
    assert repeated == replace(first, repeated=True)
    with pytest.raises(KeyAlreadyUsed):
        run_sync(doubled, merge, EVA, MergeWords("Customer", "acme", "bolt"))
    with pytest.raises(CannotMerge, match="nothing is merged"):
        run_sync(doubled, unmerge, again(2), UnmergeWords("bolt"))
