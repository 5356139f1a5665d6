"""Columns without any value: their headers are read, and such that say nothing are nothing."""

from pathlib import Path

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose
from tests.ingest.proposal.folder import table, write

HEADER = ["customer_no", "name", "phone", "birthday of owner", "备注", "col4"]


def test_an_empty_column_means_what_its_header_says_with_less_confidence(tmp_path: Path) -> None:
    firms = [[f"C{n}", f"Northwind {n} Ltd", "", "", "", ""] for n in range(6)]
    write(tmp_path, "customers.csv", [HEADER, *firms])
    found = {one.column.name: one for one in table(tmp_path, "customers.csv").columns}
    assert [found[name].meaning.text for name in HEADER[2:]] == [
        "Customer phone", "Customer attribute", "Customer attribute", "-",
    ]  # fmt: skip
    empty = found["phone"].confidence
    write(
        tmp_path,
        "customers.csv",
        [HEADER, *[[*row[:2], f"030 5512{n}77", *row[3:]] for n, row in enumerate(firms)]],
    )
    filled = {one.column.name: one for one in table(tmp_path, "customers.csv").columns}
    assert empty < filled["phone"].confidence


def test_a_drafted_mapping_declares_no_attribute_that_loads_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        "客户.csv",
        [["客户编码", "客户名称", "备注"], *[[f"K{n}", f"宏图{n}机械有限公司", ""] for n in range(4)]],
    )
    assert "备注" not in str(mapping_of(propose([tmp_path])))
