"""Tax numbers that stand for nothing are no facts."""

from tests.ingest.conftest import Workshop

MAPPING = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name, tax_id: tax}}]
"""
NOTHING = (
    "无", "暂无", "/", "待补", "-", "unbekannt", "000000000000000000", "111111111111111111", "00-0000000",
    "99-9999999", "123456789",
)  # fmt: skip
NUMBERS = ("DE123456788", "91330106MA27XJ5K0P", "12-3456780", "111111112", "GB999 9999 73")


def test_a_placeholder_is_no_tax_number(workshop: Workshop) -> None:
    cells = (*NOTHING, *NUMBERS)
    lines = (f"{number},Alpha {number},{cell}\n" for number, cell in enumerate(cells))
    workshop.put(accounts_csv="id,name,tax\n" + "".join(lines))
    report = workshop.load(MAPPING)
    assert report.quarantined == 0
    found = workshop.ask("MATCH (c:Customer) WHERE c.tax_id IS NOT NULL RETURN c.tax_id AS tax")
    assert {row["tax"] for row in found} == set(NUMBERS)
    left_out = [note for note in report.notes if "placeholder" in note]
    assert left_out
    assert f"{len(NOTHING)} rows" in left_out[0]
