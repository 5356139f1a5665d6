"""What is derived of merged records is derived anew from what both did, and again once they are apart."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from graph.derive import derive
from graph.history import open_history
from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from tests.graph.world import NOW, World, ago
from tests.merge.export import export

EVA = Author("eva", "k1", NOW, NOW + timedelta(days=1))


def derived(store: Store, home: Path) -> list[str]:
    """Derive, and tell the ties and purchases."""
    with open_history(store, home) as history:
        derive(store, None, history=history)
    return [row for row in export(store) if "'KNOWS'" in row or "'BOUGHT'" in row]


def test_ties_and_purchases_follow_a_merge_and_its_end(store: Store, tmp_path: Path) -> None:
    world = World()
    world.employee("eva")
    world.node("Product", "p", name="Pump")
    for number, (person, firm) in enumerate((("ann", "acme"), ("ann2", "acme2"))):
        world.customer(firm)
        world.contact(person, firm, "CEO")
        world.order(f"o{number}", firm, ago(9), [("p", 2.0, 5.0)])
        for day in (3, 5, 8):
            world.met(f"m{number}-{day}", ago(day), [("Contact", person, "from"), ("Employee", "eva", "to")])
    world.load(store)
    before = derived(store, tmp_path)
    assert sum("'KNOWS'" in row for row in before) == 2
    run_sync(store, merge, EVA, MergeWords("Customer", "acme", "acme2"))
    run_sync(store, merge, replace(EVA, key="k2"), MergeWords("Contact", "ann", "ann2"))
    after = derived(store, tmp_path)
    assert sum("'KNOWS'" in row for row in after) == 1
    assert "('interactions', 6)" in "".join(after)
    assert sum("'BOUGHT'" in row for row in after) == 1
    assert "('quantity', 4.0)" in "".join(after)
    run_sync(store, unmerge, replace(EVA, key="k3"), UnmergeWords("ann2"))
    run_sync(store, unmerge, replace(EVA, key="k4"), UnmergeWords("acme2"))
    assert derived(store, tmp_path) == before
