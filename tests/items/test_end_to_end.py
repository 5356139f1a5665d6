"""From files with Chinese headers to a tag, an answer of the API and a snapshot."""

from datetime import UTC, datetime
from pathlib import Path

from gnn.snapshot import load as load_snapshot
from gnn.snapshot import take
from graph.customer_filter.yaml import document
from graph.customer_group.definition import definitions
from graph.customer_group.standing import define
from graph.derive.groups import derive_groups, profile_customers
from graph.history import read_history
from tests.api.client import Client
from tests.graph.world import NOW
from tests.ingest.conftest import Workshop
from tests.items.shop import load

TAG = """
id: old_machines
name: Old machines
name_zh: 老旧设备
when:
  items: {kind: machine, where: {days_since.installed_at: {above: 2922}, hours: {above: 1000}}}
"""
ASKED = """query { customer(id: "crm:C1") { name tags { name reason }
  items(kind: "machine") { nodes { id name relations values { name number unit } } } }
  node(id: "Opportunity:crm:D1") { links { kind id detail } } }"""


async def test_files_become_a_tag_an_answer_and_a_snapshot(
    ann: Client, workshop: Workshop, tmp_path: Path
) -> None:
    load(workshop)
    store = workshop.store
    define(store, definitions(document(TAG, "old.yml"), "tag"), NOW.isoformat(), datetime.now(UTC))
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        derive_groups(store, history.connection, "tag", NOW)
    told = await ann.data(ASKED)
    tagged = {one["name"]: one["reason"] for one in told["customer"]["tags"]}
    assert tagged["Old machines"] == {"items machine": 1}
    (pump, compressor) = told["customer"]["items"]["nodes"]
    assert (pump["name"], compressor["name"], compressor["relations"]) == (
        "冷却泵",
        "螺杆压缩机",
        ["installed_at"],
    )
    assert {"name": "hours", "number": 12500.5, "unit": "h"} in compressor["values"]
    assert {"kind": "Item", "id": "Item:crm:R1", "detail": "competes_for"} in told["node"]["links"]
    other = await ann.data('query { customer(id: "crm:C2") { tags { name } } }')
    assert "Old machines" not in [one["name"] for one in other["customer"]["tags"]]
    take(store, NOW, tmp_path / "snapshot")
    kept = load_snapshot(tmp_path / "snapshot").log["items"]
    assert kept.loc[kept["customer_id"] == "crm:C1", "item_id"].tolist() == ["crm:M1", "crm:M2"]
