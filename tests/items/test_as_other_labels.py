"""Items end with a complete export, come back from a backup, follow a merged customer, and are verified."""

from datetime import timedelta
from pathlib import Path

import pytest

from graph.backup import backup, restore
from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.service import run_sync
from graph.writing import Author
from ingest.look import verify
from ingest.mapping.read import read_mapping
from tests.conftest import wipe
from tests.ingest.conftest import NOW, Workshop
from tests.items.shop import EXAMPLE, FILES, load, put
from tests.merge.export import export

EVA = Author("eva", "k1", NOW, NOW + timedelta(days=1), "the same firm")
STANDING = """MATCH (i:Item)-[r:LINKED_TO]->(c:Customer)
WHERE r.known_to IS NULL AND r.valid_to IS NULL AND i.ended_at IS NULL
RETURN i.item_id AS item, c.customer_id AS customer ORDER BY item"""
COMPLETE = EXAMPLE.read_text(encoding="utf-8").replace(
    "    file: 设备*.csv\n", "    file: 设备*.csv\n    complete: true\n"
)


def standing(workshop: Workshop) -> list[tuple[str, str]]:
    """Which machine stands where."""
    return [(row["item"], row["customer"]) for row in workshop.ask(STANDING)]


@pytest.mark.slow
def test_what_a_complete_export_leaves_out_ends_with_its_links(workshop: Workshop) -> None:
    put(workshop)
    workshop.load(COMPLETE.replace("2025-12-31", "2025-06-01"))
    assert standing(workshop) == [("crm:M1", "crm:C1"), ("crm:M2", "crm:C1"), ("crm:M3", "crm:C2")]
    without = "".join(line for line in FILES["设备.csv"].splitlines(True) if not line.startswith("M3"))
    put(workshop, 设备=without)
    workshop.load(COMPLETE.replace("2025-12-31", "2025-09-30"), accept_removals=True)
    assert standing(workshop) == [("crm:M1", "crm:C1"), ("crm:M2", "crm:C1")]
    put(workshop)
    workshop.load(COMPLETE)
    assert ("crm:M3", "crm:C2") in standing(workshop), "it has come back"


def test_a_backup_holds_items_and_kinds(workshop: Workshop, tmp_path: Path) -> None:
    load(workshop)
    kinds = "MATCH (k:ItemKind) RETURN properties(k) AS props ORDER BY k.kind"
    items = "MATCH (i:Item) RETURN properties(i) AS props ORDER BY i.item_id"
    before = [workshop.ask(text) for text in (kinds, items, STANDING)]
    assert all(before)
    backup(workshop.store, tmp_path / "kept.zip", NOW)
    wipe(workshop.store)
    assert not workshop.ask(items)
    restore(workshop.store, tmp_path / "kept.zip", NOW)
    assert [workshop.ask(text) for text in (kinds, items, STANDING)] == before


def test_items_follow_a_merged_customer_and_go_back(workshop: Workshop) -> None:
    load(workshop)
    workshop.store.upsert_nodes("Employee", [{"id": "eva", "props": {"name": "Eva"}}])
    before = export(workshop.store)
    run_sync(workshop.store, merge, EVA, MergeWords("Customer", "crm:C1", "crm:C2"))
    assert standing(workshop) == [("crm:M1", "crm:C1"), ("crm:M2", "crm:C1"), ("crm:M3", "crm:C1")]
    assert not load(workshop).quarantined
    assert standing(workshop)[2] == ("crm:M3", "crm:C1"), "a load of the other's row lands there too"
    again = Author("eva", "k2", NOW, NOW + timedelta(days=2), "two after all")
    run_sync(workshop.store, unmerge, again, UnmergeWords("crm:C2"))
    assert standing(workshop)[2] == ("crm:M3", "crm:C2")
    assert export(workshop.store) == before


@pytest.mark.slow
def test_items_are_verified(workshop: Workshop) -> None:
    load(workshop)
    mapping = read_mapping(workshop.folder / "mapping.yml")
    assert verify(workshop.store, mapping, workshop.folder, workshop.home, NOW).equal
    put(workshop, 设备=FILES["设备.csv"] + "M9,新机,SN-9,2020-01-01,1,否,C1,,在用\n")
    found = verify(workshop.store, mapping, workshop.folder, workshop.home, NOW)
    missing = next(one for one in found.checks if one.what == "Item: keys")
    assert (missing.found, missing.source, missing.samples) == (6, 7, ["crm:M9"])
