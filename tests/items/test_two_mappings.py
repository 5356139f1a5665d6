"""A kind that two mappings declare: alike it is one, otherwise nothing loads."""

import pytest

from ingest.errors import KindDeclaredOtherwise
from tests.ingest.conftest import Workshop
from tests.items.shop import EXAMPLE, load

OTHER = """
source: erp
kinds:
  machine:
    name: Machine
    name_zh: 设备
    fields:
      serial: text
      installed_at: {type: date, name_en: Installed, name_zh: 安装日期}
      hours: {type: number, unit: h, name_en: Running hours, name_zh: 运行小时}
      leased: {type: boolean, name_en: Leased, name_zh: 租赁}
datasets:
  plants:
    file: plants.csv
    nodes:
      - {label: Item, kind: machine, key: id, fields: {name: name}, attributes: {hours: hours}}
"""
DECLARED = "MATCH (k:ItemKind {kind: 'machine'}) RETURN k.source AS source, k.fields AS fields"


@pytest.mark.slow
@pytest.mark.query("item.kinds")
def test_a_kind_is_its_first_source_s(workshop: Workshop) -> None:
    load(workshop)
    (workshop.folder / "plants.csv").write_text("id,name,hours\nP1,Line,7\n", encoding="utf-8")
    before = workshop.ask(DECLARED)
    with pytest.raises(KindDeclaredOtherwise, match=r"of erp .* `machine` .* of crm .*fields differ"):
        workshop.load(OTHER.replace("unit: h,", "unit: min,"))
    assert workshop.ask(DECLARED) == before
    assert not workshop.ask("MATCH (i:Item {item_id: 'erp:P1'}) RETURN i.item_id AS id")
    assert workshop.load(OTHER).quarantined == 0
    assert workshop.ask(DECLARED) == before, "declared alike it stays as it was"
    assert not load(workshop).changed
    own = EXAMPLE.read_text(encoding="utf-8").replace("unit: h,", "unit: min,")
    assert workshop.load(own).changed, "its own mapping may change it"
    assert workshop.ask(DECLARED) != before
