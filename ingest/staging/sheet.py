"""Excel sheets as rows of text."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import SourceUnreadable, suggestion


def read_sheet(path: Path, sheet: str | None) -> list[list[str]]:
    """The rows of one sheet (the first when none is named) as text, all of one width, without empty rows.

    Whole numbers have no decimal point, dates are ISO. Raises SourceUnreadable.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise SourceUnreadable(path, f"cannot be read: {error.strerror or error}") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SourceUnreadable(path, f"is not an Excel workbook: {error}") from error
    try:
        return _even(list(_rows(book[_named(path, book.sheetnames, sheet)])))
    finally:
        book.close()


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Every row as wide as the last filled column of the sheet."""
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _named(path: Path, names: list[str], sheet: str | None) -> str:
    if sheet is not None and sheet not in names:
        raise SourceUnreadable(path, f"has no sheet `{sheet}`{suggestion(sheet, names)}")
    return sheet if sheet is not None else names[0]


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            yield cells


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()  # a date: Excel has no other way to write one
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
