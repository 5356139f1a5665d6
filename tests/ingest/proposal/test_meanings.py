"""What columns mean: labelled folders as a whole, and the kinds of file that exporters write."""

from pathlib import Path

import pytest

from bench.init.measure import made, stated_folders
from ingest.errors import SourceUnreadable
from ingest.proposal.propose import propose

Meanings = dict[str, dict[str, str]]


def meanings(folder: Path) -> Meanings:
    """The meaning of every column by file."""
    found = propose([folder]).as_dict()["datasets"]
    return {
        file: {name: str(column["meaning"]) for name, column in table["columns"].items()}
        for file, table in found.items()
    }


def test_nineteen_of_twenty_columns_of_the_labelled_folders_are_read_right() -> None:
    scores = [made(path) for path in stated_folders()]
    wrong = [one for score in scores for one in score.wrong]
    assert len(wrong) <= 0.05 * sum(score.columns for score in scores), wrong


def test_a_record_is_a_key_where_no_other_file_holds_it_and_a_link_end_where_one_does(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "order_no,order_date,cust_no\nA-1,2024-01-31,K7\nA-2,2024-02-01,K8\nA-3,2024-02-03,K7\n"
    )
    assert meanings(tmp_path)["orders.csv"]["cust_no"] == "Customer key"
    (tmp_path / "customers.csv").write_text("cust_no,name\nK7,Northwind Ltd\nK8,Apex Inc\n")
    assert meanings(tmp_path)["orders.csv"] == {
        "order_no": "Order key", "order_date": "Order ordered_at", "cust_no": "PLACED end Customer",
    }  # fmt: skip


def test_title_rows_and_gb18030_stand_above_no_meaning(tmp_path: Path) -> None:
    title = "客户档案\n打印日期：2024-05-01\n"
    rows = (
        "客户编码,客户名称,手机\nK1,杭州宏图机械有限公司,13812345678\nK2,宁波天成电子有限公司,13912345678\n"
    )
    (tmp_path / "导出.csv").write_bytes((title + rows).encode("gb18030"))
    assert meanings(tmp_path)["导出.csv"]["客户名称"] == "Customer name"


def test_a_folder_without_tables_is_refused_and_files_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("no table")
    with pytest.raises(SourceUnreadable, match="holds no table"):
        propose([tmp_path])
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "customers.csv").write_text("id,name\n1,Apex Inc\n2,Harbor Ltd\n")
    proposal = propose([tmp_path])
    assert [one.table.name for one in proposal.tables] == ["customers.csv"]
    assert len(proposal.notes) == 1
    assert "broken.xlsx" in proposal.notes[0]


def test_empty_tables_and_odd_headers_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n")
    (tmp_path / "b.csv").write_text("x\n1\n2\n")
    (tmp_path / "c.csv").write_text(",,\n1,2,3\n")
    (tmp_path / "d.csv").write_text("")
    assert "a.csv" in meanings(tmp_path)
