"""Old Excel workbooks (.xls) are read as new ones are: formats, errors, merged and hidden cells."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwt

from ingest.errors import SourceUnreadable
from ingest.proposal.columns.tables import tables_of
from tests.ingest.test_exporters import Reader

Fill = Callable[[Any], None]


@pytest.fixture
def old(tmp_path: Path) -> Callable[[Fill], Reader]:
    """A reader of a folder whose `a.xls` has one sheet, filled so."""

    def made(fill: Fill) -> Reader:
        book = xlwt.Workbook()
        fill(book.add_sheet("客户档案"))
        book.add_sheet("hidden").visibility = 1
        book.save(str(tmp_path / "a.xls"))
        return Reader(tmp_path)

    return made


def shown(form: str) -> Any:
    style = xlwt.XFStyle()
    style.num_format_str = form
    return style


def test_values_stand_as_a_person_sees_them(old: Callable[[Fill], Reader]) -> None:
    def fill(sheet: Any) -> None:
        for column, name in enumerate(["客户编码", "客户名称", "日期", "金额", "停用", "时间"]):
            sheet.write(0, column, name)
        row = [(7, shown("00000")), ("=宏达", shown("General")), (datetime(2024, 1, 31), shown("yyyy-mm-dd")),  # noqa: DTZ001 - a workbook knows no zones
               (1234.5, shown("0.00")), (True, shown("General")), (0.5, shown("hh:mm"))]  # fmt: skip
        for column, (value, style) in enumerate(row):
            sheet.write(1, column, value, style)

    read = old(fill).read("a.xls")
    assert read.columns == ("客户编码", "客户名称", "日期", "金额", "停用", "时间")
    assert read.rows == [("00007", "=宏达", "2024-01-31", "1234.5", "true", "12:00:00")]
    assert any("客户档案" in note for note in read.notes), "that another sheet is there is said"


def test_errors_are_no_empty_cells_and_merged_cells_are_filled_down(old: Callable[[Fill], Reader]) -> None:
    def fill(sheet: Any) -> None:
        for column, name in enumerate(["region", "name", "amount"]):
            sheet.write(0, column, name)
        sheet.write_merge(1, 2, 0, 0, "North")
        sheet.write(1, 1, "A")
        sheet.write(2, 1, "B")
        sheet.row(1).set_cell_error(2, "#REF!")
        sheet.write(2, 2, 3)
        sheet.row(2).hidden = True

    read = old(fill).read("a.xls")
    assert read.rows == [("North", "B", "3")]
    assert ["#REF!" in reason for reason in read.refused] == [True]
    assert any("hidden rows" in note for note in read.notes)
    assert any("merged cells" in note for note in read.notes)


def test_a_mapping_is_proposed_for_it(old: Callable[[Fill], Reader]) -> None:
    def fill(sheet: Any) -> None:
        for row, cells in enumerate([("客户编码", "客户名称"), ("C1", "宏达"), ("C2", "远方")]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)

    folder = old(fill).folder
    assert [table.name for table in tables_of(folder / "a.xls", "a.xls")] == ["a.xls"]


def test_what_is_no_workbook_is_told(tmp_path: Path, old: Callable[[Fill], Reader]) -> None:
    whole = old(lambda sheet: sheet.write(0, 0, "a")).folder / "a.xls"
    start = whole.read_bytes()[:700]
    for content, said in (
        (start, "save it as .xlsx"),
        (start + "EncryptedPackage".encode("utf-16-le"), "password"),
    ):
        (tmp_path / "b.xls").write_bytes(content)
        with pytest.raises(SourceUnreadable, match=said):
            Reader(tmp_path).read("b.xls")
    (tmp_path / "c.xls").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceUnreadable, match="not an Excel workbook"):
        Reader(tmp_path).read("c.xls")
