"""Objects of one's own kinds load, change, end and are taken back as those of every other label do."""

from datetime import UTC, datetime

import orjson
import pytest

from gnn.snapshot import cut, naive
from gnn.snapshot.read import history_log
from graph.history import check_history, open_history
from graph.quality import Share, measure
from ingest.revert.run import revert
from relgraph.python.frames import home_frames
from tests.ingest.conftest import NOW, Workshop
from tests.items.shop import EXAMPLE, FILES, load, put

ITEMS = "MATCH (i:Item) RETURN i.item_id AS id, properties(i) AS props ORDER BY id"
LINKS = """MATCH (i:Item)-[r:LINKED_TO]->(m) WHERE r.known_to IS NULL
RETURN i.item_id AS item, r.relation AS relation, r.valid_to IS NULL AS stands,
  coalesce(m.customer_id, m.opportunity_id, m.item_id) AS other ORDER BY item, relation, other"""


def test_items_load_with_their_declared_types_and_links(workshop: Workshop) -> None:
    report = load(workshop)
    assert report.quarantined == 0
    props = {row["id"]: row["props"] for row in workshop.ask(ITEMS)}
    one = props["crm:M1"]
    assert (one["kind"], one["name"], one["x_serial"]) == ("machine", "螺杆压缩机", "SN-1")
    assert (one["x_hours"], one["x_leased"], one["x_installed_at"]) == (
        12500.5, False, "2016-05-01T00:00:00+00:00",
    )  # fmt: skip
    assert props["crm:R1"]["kind"] == props["crm:R2"]["kind"] == "competitor"
    assert "x_hours" not in props["crm:M4"]
    assert [(row["item"], row["relation"], row["other"]) for row in workshop.ask(LINKS)] == [
        ("crm:M1", "installed_at", "crm:C1"),
        ("crm:M2", "installed_at", "crm:C1"),
        ("crm:M2", "part_of", "crm:M1"),
        ("crm:M3", "installed_at", "crm:C2"),
        ("crm:R1", "competes_for", "crm:D1"),
    ]
    (machine,) = workshop.ask("MATCH (k:ItemKind {kind: 'machine'}) RETURN properties(k) AS props")
    assert machine["props"]["name_zh"] == "设备"
    assert orjson.loads(machine["props"]["fields"])[2] == {
        "name": "hours", "name_en": "Running hours", "name_zh": "运行小时", "type": "number", "unit": "h",
    }  # fmt: skip
    assert not load(workshop).changed


def test_what_is_wrong_waits_with_advice(workshop: Workshop) -> None:
    report = load(
        workshop,
        设备=FILES["设备.csv"] + "M5,坏表,SN-5,2020-01-01,很多,否,C1,,在用\n",
        竞品=FILES["竞品.csv"] + "R3,供应商,甲,1,CN,\nR4,竞品,乙,1,CN,300\n",
    )
    reasons = " ".join(str(reason) for reason in report.as_dict()["reasons"])
    assert "machine.hours: `很多` is not a number" in reasons
    assert (
        "Item.kind: `供应商` is not one of the allowed values (machine, competitor) (column 类型)" in reasons
    )
    assert "machine.hours: `300` is given, but a competitor has no such field: declare it under" in reasons
    assert {row["id"] for row in workshop.ask(ITEMS)}.isdisjoint({"crm:M5", "crm:R3", "crm:R4"})


@pytest.mark.slow
def test_a_newer_export_moves_and_ends_items(workshop: Workshop) -> None:
    """A machine that goes to another customer was at the first one; a scrapped one ends with its links."""
    mapping = EXAMPLE.read_text(encoding="utf-8")
    put(workshop)
    workshop.load(mapping.replace("exported_at: 2025-12-31", "exported_at: 2025-06-01"))
    moved = FILES["设备.csv"].replace("12,500.5", "13,000.5").replace("800,是,C1", "800,是,C3")
    report = load(workshop, 设备=moved.replace("C2,,在用", "C2,,报废"))
    assert report.quarantined == 0
    pump = "MATCH (:Item {item_id: 'crm:M2'})-[r:LINKED_TO]->(c:Customer) WHERE r.known_to IS NULL "
    pump += "RETURN c.customer_id AS at, r.valid_from AS since, r.valid_to AS until ORDER BY at"
    told = workshop.ask(pump)
    assert [(row["at"], row["since"].date().isoformat(), row["until"] is None) for row in told] == [
        ("crm:C1", "2024-02-10", False),
        ("crm:C3", "2025-12-31", True),
    ]
    assert told[0]["until"].date() == told[1]["since"].date()
    stands = {(row["item"], row["relation"], row["other"]): row["stands"] for row in workshop.ask(LINKS)}
    assert stands["crm:M3", "installed_at", "crm:C2"] is False
    props = {row["id"]: row["props"] for row in workshop.ask(ITEMS)}
    assert (props["crm:M1"]["x_hours"], "ended_at" in props["crm:M3"]) == (13000.5, True)
    versions = "MATCH (s:SourceRecord)-[:RECORD_OF]->(:Item {item_id: 'crm:M1'}) RETURN s.record_id AS id"
    assert len(workshop.ask(versions)) == 2


@pytest.mark.slow
def test_a_load_of_items_is_taken_back(workshop: Workshop) -> None:
    put(workshop)
    for name in ("设备.csv", "竞品.csv", "竞争.csv"):
        (workshop.folder / name).unlink()
    mapping = EXAMPLE.read_text(encoding="utf-8")
    workshop.load(mapping)
    before = workshop.ask("MATCH (n) WHERE NOT n:Run AND NOT n:Change RETURN count(n) AS n")
    second = load(workshop)
    revert(workshop.store, workshop.home, second.run_id, NOW)
    assert not workshop.ask("MATCH (i:Item) RETURN i.item_id AS id")
    assert workshop.ask("MATCH (n) WHERE NOT n:Run AND NOT n:Change RETURN count(n) AS n") == before
    load(workshop)
    assert len(workshop.ask(LINKS)) == 5


def test_items_are_in_history_frames_and_snapshots(workshop: Workshop) -> None:
    load(workshop)
    assert check_history(workshop.store, workshop.home).equal
    with open_history(workshop.store, workshop.home) as history:
        frame = home_frames(history, workshop.store, NOW)["items"].set_index("item_id")
        log = cut(history_log(history), naive(datetime(2025, 12, 1, tzinfo=UTC)))
        early = cut(history_log(history), naive(datetime(2020, 6, 1, tzinfo=UTC)))
        measures = {one.place.field: one for one in measure(history.connection, NOW, ())}
    assert measures["x_hours"].shares["completeness"] == Share(3, 4), "competitors have no hours"
    assert (measures["x_price"].shares["completeness"], measures["x_price"].expected) == (Share(2, 2), True)
    pump = frame.loc["crm:M2"].to_dict()
    assert (pump["kind"], pump["customer"], pump["x_hours"]) == ("machine", "宏达机械有限公司", 800.0)
    assert sorted(log["items"]["item_id"]) == ["crm:M1", "crm:M2", "crm:M3", "crm:M4", "crm:R1", "crm:R2"]
    assert sorted(early["items"]["item_id"].dropna()) == ["crm:M1", "crm:M3", "crm:M4", "crm:R1", "crm:R2"]
    values = log["item_values"].set_index(["item_id", "name"])
    assert values.loc[("crm:M1", "hours"), "number"] == 12500.5
    assert values.loc[("crm:M2", "leased"), "number"] == 1.0
    assert values.loc[("crm:M3", "installed_at"), "moment"] == naive(datetime(2019, 7, 1, tzinfo=UTC))
