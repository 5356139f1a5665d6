"""Exports against the graph, and the totals that reports say themselves."""

import pytest

from ingest.look import verify
from ingest.mapping.read import read_mapping
from ingest.verify import Checked, plain_number
from tests.ingest.conftest import NOW, Workshop

MAPPING = """
source: erp
currency: CNY
exported_at: 2024-02-05
datasets:
  orders:
    file: orders.csv
    nodes:
      - {label: Order, key: 订单号, fields: {ordered_at: 日期, amount: 金额}}
      - {label: Customer, key: 客户, fields: {name: 客户}}
    links: [{type: PLACED, from: {Customer: 客户}}]
"""
REPORT = """订单号,日期,客户,金额
O1,2024-01-02,甲公司,100
O2,2024-01-03,甲公司,50
,,甲公司小计,150
O3,2024-01-04,Total,"1,070.5"
,,乙公司小计,"1,070.5"
合计,,,"1,220.5"
"""


def differing(workshop: Workshop) -> list[Checked]:
    mapping = read_mapping(workshop.folder / "mapping.yml")
    found = verify(workshop.store, mapping, workshop.folder, workshop.home, NOW)
    assert found.equal == (not [check for check in found.checks if not check.equal])
    return [check for check in found.checks if not check.equal]


def test_what_was_loaded_agrees_and_what_was_not_is_named(workshop: Workshop) -> None:
    workshop.put(orders_csv=REPORT)
    report = workshop.load(MAPPING)
    assert (report.totals["read"], report.quarantined) == (3, 0), "rows of totals are no records"
    assert any("3 rows sum up others" in note for note in report.notes)
    assert differing(workshop) == []
    workshop.put(orders_csv=REPORT.replace("O2,2024-01-03,甲公司,50", "O2,2024-01-03,甲公司,51"))
    assert {check.what for check in differing(workshop)} == {
        "Order.amount: sum",
        "orders.csv, row 3: 甲公司小计, 金额",
        "orders.csv, row 6: 合计, 金额",
    }
    more = REPORT.replace("O3,", "O4,2024-01-09,甲公司,0\nO3,")
    workshop.put(orders_csv=more)
    (missing,) = differing(workshop)
    assert (missing.what, missing.source, missing.found, missing.samples) == (
        "Order: keys", 4, 3, ["erp:O4"],
    )  # fmt: skip
    workshop.put(orders_csv=REPORT.replace("100\n", "many\n"))
    assert "orders: rows" in {check.what for check in differing(workshop)}


def test_a_partial_total_of_any_name_is_checked(workshop: Workshop) -> None:
    """`Media` alone would be an average; here it is a customer's name."""
    report = REPORT.replace("甲公司小计,150", "Media Markt 小计,151").replace("甲公司", "Media Markt")
    workshop.put(orders_csv=report)
    workshop.load(MAPPING)
    (wrong,) = differing(workshop)
    assert (wrong.what, wrong.source, wrong.found) == ("orders.csv, row 3: Media Markt 小计, 金额", 151, 150)


SECTIONS = """订单号,日期,客户,金额
O1,2024-01-02,甲公司,"1.100,50"
O2,2024-01-03,甲公司,50
合计,,,"1.150,50"
O3,2024-01-04,乙公司,20
O4,2024-01-05,乙公司,"30,25"
合计,,,"50,25"
本年累计,,,"9.999,00"
平均,,,"300,19"
总计,,,"1.200,75"
"""


def test_each_section_has_its_total_and_averages_are_none(workshop: Workshop) -> None:
    workshop.put(orders_csv=SECTIONS)
    report = workshop.load(MAPPING)
    assert (report.totals["read"], report.quarantined) == (4, 0)
    assert differing(workshop) == [], "of the second section, of all rows; a comma is the decimal mark"
    workshop.put(orders_csv=SECTIONS.replace('"50,25"', '"51,25"').replace('"1.200,75"', '"1.300,75"'))
    assert [(check.what, check.source, check.found) for check in differing(workshop)] == [
        ("orders.csv, row 6: 合计, 金额", 51.25, 50.25),
        ("orders.csv, row 9: 总计, 金额", 1300.75, 1200.75),
    ]


FIRMS = """
source: crm
datasets:
  firms:
    file: firms.csv
    complete: true
    nodes: [{label: Customer, key: customer_id, fields: {name: name, revenue: revenue}}]
"""


def test_a_row_with_a_key_of_its_own_is_no_total(workshop: Workshop) -> None:
    rows = "name,customer_id,revenue\nAcme,4710,5\n合计,9001,7\nTotal,4711,120000\n"
    workshop.put(firms_csv=rows)
    assert workshop.load(FIRMS).totals["read"] == 3
    assert workshop.counts()["Customer"] == 3
    workshop.put(firms_csv=rows + "合计,,120012\n")
    assert workshop.load(FIRMS).totals["read"] == 3
    workshop.put(firms_csv=rows + "合计,3,120012\n")
    assert workshop.load(FIRMS).totals["read"] == 3, "the number of rows above is no key"


def test_columns_that_come_go_or_are_renamed_are_said(workshop: Workshop) -> None:
    workshop.put(orders_csv=REPORT.replace("金额\n", "金额,备注说明,制单人\n"))
    assert not [note for note in workshop.load(MAPPING).notes if "column" in note]
    workshop.put(orders_csv=REPORT.replace("金额\n", "金额,备注说明一,部门\n"))
    assert [note for note in workshop.load(MAPPING).notes if "column" in note] == [
        "orders: column `备注说明` seems to be called `备注说明一` now; the mapping reads neither",
        "orders: new column `部门`, not loaded until the mapping names it",
        "orders: column `制单人` no longer in the file; the mapping does not read it",
    ]
    workshop.put(orders_csv=REPORT.replace("金额\n", "金额,备注说明一,部门,行业\n"))
    reads = MAPPING.replace("{name: 客户}}", "{name: 客户, industry: 行业}}")
    assert not [note for note in workshop.load(reads).notes if "column" in note]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,220.50", 1220.5), ("¥ 3", 3.0), ("(4)", -4.0), ("", None), (None, None), ("合计", None)],
)
def test_numbers_of_reports(text: str | None, number: float | None) -> None:
    assert plain_number(text) == number
