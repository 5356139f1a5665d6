"""An old Excel workbook (.xls) as a new one, with what its cells show: formats, merged and hidden cells.

xlrd, and no reader of values alone, since it tells errors (`#REF!`) and the formats that show leading zeros.
"""

import io
import struct
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlrd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.utils import get_column_letter
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT
from xlrd.compdoc import CompDocError

from ingest.errors import SourceUnreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every old Office file begins, and a new one with a password."""
DAMAGED = (xlrd.XLRDError, CompDocError, struct.error, IndexError, KeyError, ValueError, AssertionError)
"""What xlrd raises over bytes that are no whole workbook."""


def as_new_workbook(path: Path, data: bytes) -> bytes:
    """The bytes of an .xlsx of the same cells. Raises SourceUnreadable: no workbook, or with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceUnreadable(path, "is a workbook with a password; save it without")
    try:
        old = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        new = _copied(old)
    except DAMAGED as error:
        why = f"is no old Excel workbook (.xls) that can be read ({error})"
        raise SourceUnreadable(path, f"{why}; save it as .xlsx or CSV, without password") from error
    written = io.BytesIO()
    new.save(written)
    return written.getvalue()


def _copied(old: Any) -> Workbook:
    new = Workbook()
    new.remove(new.worksheets[0])
    for sheet in old.sheets():
        copy = new.create_sheet(sheet.name)
        copy.sheet_state = "hidden" if sheet.visibility else "visible"
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                _copy(old, sheet.cell(row, column), copy, (row + 1, column + 1))
        for top, bottom, left, right in sheet.merged_cells:
            copy.merge_cells(start_row=top + 1, end_row=bottom, start_column=left + 1, end_column=right)
        for row, info in sheet.rowinfo_map.items():
            copy.row_dimensions[row + 1].hidden = bool(info.hidden)
        for column, info in sheet.colinfo_map.items():
            copy.column_dimensions[get_column_letter(column + 1)].hidden = bool(info.hidden)
    return new


def _copy(old: Any, cell: Any, sheet: Any, place: tuple[int, int]) -> None:
    value = _value(old, cell)
    if value is None:
        return
    new: Cell = sheet.cell(*place, value)
    if cell.ctype == XL_CELL_TEXT:
        new.data_type = "s"  # a text that begins with `=` is no formula
    elif cell.ctype in {XL_CELL_NUMBER, XL_CELL_DATE}:
        new.number_format = old.format_map[old.xf_list[cell.xf_index].format_key].format_str


def _value(old: Any, cell: Any) -> Any:
    if cell.ctype == XL_CELL_TEXT:
        return ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell.value) or None
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value]
    if cell.ctype == XL_CELL_DATE:
        return _moment(cell.value, old.datemode)
    return cell.value if cell.ctype == XL_CELL_NUMBER else None


def _moment(value: float, datemode: int) -> datetime | time:
    found: datetime = xlrd.xldate_as_datetime(value, datemode)
    return found.time() if value < 1 else found
