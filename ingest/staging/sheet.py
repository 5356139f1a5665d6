"""One table of an Excel sheet as rows of text, as a person sees it; what differs from that is said."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from graph.sentences import suggestion
from ingest.errors import SourceUnreadable
from ingest.staging.blocks import Block, Grid, blocks_of, looks_like_header, side_by_side
from ingest.staging.number_format import beside_number
from ingest.staging.sheet_parts import Area, Parts, read_parts

UNREAD, UNREAD_END = "\ufdd2", "\ufdd3"
"""Around the reason why a cell has no value; noncharacters, which no real text holds."""
EXACT = 1e15
"""From here on a spreadsheet keeps no longer every digit of a number."""
NEAR = 20
"""Rows among which a header that is not the first row is looked for."""
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#GETTING_DATA"})
"""Without `#N/A`, a formula's word for "there is none": the mapping's `null_values` say what it means."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, all of one width, without empty rows, and sentences on what a reader may miss."""

    rows: list[list[str]]
    head: tuple[tuple[int, tuple[str, ...]], ...]
    """The first rows of the sheet, each with how many rows lie above it; skipped ones too."""
    notes: tuple[str, ...]
    from_1904: bool = False
    """Whether the workbook counts days from 1904."""


def read_sheet(
    path: Path, data: bytes, sheet: str | None, area: str | None, skip: int, *, header: bool = True
) -> Sheet:
    """The rows of one sheet (the first visible one when none is named) below its first `skip` rows.

    `area`, such as `A3:F20`, limits them to these cells. Whole numbers have no decimal point, dates are ISO.
    Raises SourceUnreadable: no workbook, no such sheet, or several tables of which none is named.
    """
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SourceUnreadable(path, f"is not an Excel workbook: {error}") from error
    try:
        name, notes = _chosen(path, book, sheet)
        parts = read_parts(data, name)
        grid, units = _grid(book[name], parts)
        grid = _filled(grid, parts)
    finally:
        book.close()
    limits = _limits(path, name, area, parts)
    notes += (*_of_1904(book.epoch), *_hidden(name, grid, parts, limits), *_units(name, units))
    if limits is not None:
        notes += _outside(name, grid, limits) if area is None else ()
        grid = _within(grid, limits)
    first = min(grid, default=1) if limits is None else limits[1]
    below = {row: cells for row, cells in grid.items() if row >= first + skip} if skip else grid
    if header:
        _check_header(path, name, below, parts)
    head = tuple((row - first, tuple(cells)) for row, cells in itertools.islice(grid.items(), NEAR))
    rows, notes = _even(list(below.values())), notes + _checked(path, name, below, area)
    return Sheet(rows, head, notes, book.epoch == CALENDAR_MAC_1904)


def _of_1904(epoch: datetime) -> tuple[str, ...]:
    """Dates have a date's format and are read rightly; what day a bare number means, the book alone says."""
    if epoch != CALENDAR_MAC_1904:
        return ()
    return ("counts days from 1904: what day a number without a date's format is, nothing says",)


def serial(number: str) -> str:
    """A bare number of such a workbook, marked as no value: counted here from 1904, pasted from 1900."""
    why = "is a number of days in a workbook that counts from 1904: format the cell as a date"
    return f"{UNREAD}`{number}` {why}{UNREAD_END}"


def _chosen(path: Path, book: Any, sheet: str | None) -> tuple[str, tuple[str, ...]]:
    names = [one.title for one in book.worksheets]
    if sheet is not None:
        if sheet not in names:
            raise SourceUnreadable(path, f"has no sheet `{sheet}`{suggestion(sheet, names)}")
        return sheet, ()
    visible = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    if not visible:
        raise SourceUnreadable(path, "has no visible sheet; name one by the dataset's `sheet:`")
    others = ", ".join(f"`{name}`" for name in names if name != visible[0])
    if not others:
        return visible[0], ()
    return visible[0], (f"read the sheet `{visible[0]}`, not {others}; name one by `sheet:`",)


def _grid(sheet: Any, parts: Parts) -> tuple[Grid, dict[str, list[str]]]:
    """The filled rows by number, and the cells by what their format shows beside their number.

    A workbook's own statement of its size may be wrong and is not used.
    """
    sheet.reset_dimensions()
    formulas = parts.formulas or {}
    grid: Grid = {}
    units: dict[str, list[str]] = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(cell, number, place, formulas) for place, cell in enumerate(row, start=1)]
        if any(cell.strip() for cell in cells):
            grid[number] = cells
            _note_units(row, number, units)
    return grid, units


def _note_units(row: Sequence[Any], number: int, units: dict[str, list[str]]) -> None:
    """Add the cells whose format shows a unit or scale that their numbers do not have."""
    for place, cell in enumerate(row, start=1):
        if isinstance(cell.value, int | float) and (unit := beside_number(cell.number_format or "").unit):
            units.setdefault(unit, []).append(_place(number, place))


def _units(name: str, units: dict[str, list[str]]) -> Iterator[str]:
    for unit, places in units.items():
        how = "divided by thousands" if unit == "," else f"with `{unit}`"
        yield from _note(name, "cells", places, f"shown {how}; the number behind it is read")


def _text(cell: Any, row: int, column: int, formulas: dict[tuple[int, int], str]) -> str:
    value = cell.value
    if value is None:
        formula = formulas.get((row, column))
        return (
            ""
            if formula is None
            else _unread(row, column, f"holds the formula `{formula[:80]}`, whose value")
        )
    if isinstance(value, str):
        if value in ERRORS:
            return f"{UNREAD}cell `{_place(row, column)}` holds the error `{value}`{UNREAD_END}"
        return value
    return _plain(value, cell.number_format or "")


def _unread(row: int, column: int, what: str) -> str:
    why = "was never computed: open the workbook in a spreadsheet and save it"
    return f"{UNREAD}cell `{_place(row, column)}` {what} {why}{UNREAD_END}"


def _place(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _plain(value: Any, form: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and abs(value) >= EXACT:
        return f"{value:.14E}"  # so that nothing takes it for an identity
    if isinstance(value, int | float):
        return _with_currency(_number(value, form), beside_number(form).currency)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()  # a date: Excel has no other way to write one
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return _length(value) if isinstance(value, timedelta) else str(value)


def _length(value: timedelta) -> str:
    """A duration as h:mm:ss, also of more than a day."""
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"


def _number(value: float, form: str) -> str:
    if not float(value).is_integer():
        return str(value)
    digits = str(int(value))
    return digits.zfill(len(form)) if re.fullmatch("0{2,}", form) else digits  # shown with leading zeros


def _with_currency(number: str, currency: str | None) -> str:
    """The number with the currency that its cell shows, which may not be that of other cells."""
    return number if currency is None else f"{number} {currency}"


def _filled(grid: Grid, parts: Parts) -> Grid:
    """Every row of cells merged downwards carries their value, as a person reads it."""
    for left, top, _, bottom in parts.merged:
        value = _cell(grid, top, left)
        for row in range(top + 1, bottom + 1) if value else ():
            if row in grid and not _cell(grid, row, left):
                cells = grid[row]
                cells.extend([""] * (left - len(cells)))
                cells[left - 1] = value
    return grid


def _cell(grid: Grid, row: int, column: int) -> str:
    cells = grid.get(row, [])
    return cells[column - 1] if column <= len(cells) else ""


def _limits(path: Path, name: str, area: str | None, parts: Parts) -> Area | None:
    """The cells to read: the declared ones, those of the sheet's one table, or all."""
    if area is not None:
        left, top, right, bottom = range_boundaries(area)
        return left or 1, top or 1, right or 16_384, bottom or 1_048_576
    if len(parts.tables) > 1:
        shown = ", ".join(f"`{table}` {_shown(cells)}" for table, cells in parts.tables)
        why = f"the sheet `{name}` holds {len(parts.tables)} tables: {shown}"
        raise SourceUnreadable(path, f"{why}; declare the cells of one as the dataset's `range:`")
    return parts.tables[0][1] if parts.tables else None


def _shown(area: Area) -> str:
    return f"{_place(area[1], area[0])}:{_place(area[3], area[2])}"


def _within(grid: Grid, limits: Area) -> Grid:
    left, top, right, bottom = limits
    cut = {row: cells[left - 1 : right] for row, cells in grid.items() if top <= row <= bottom}
    return {row: cells for row, cells in cut.items() if any(cell.strip() for cell in cells)}


def _outside(name: str, grid: Grid, limits: Area) -> tuple[str, ...]:
    left, top, right, bottom = limits
    outside = sum(
        bool(cell.strip()) and not (top <= row <= bottom and left <= place <= right)
        for row, cells in grid.items()
        for place, cell in enumerate(cells, start=1)
    )
    if not outside:
        return ()
    return (f"sheet `{name}`: read its table {_shown(limits)}; {outside:,} filled cells outside it were not",)


def _hidden(name: str, grid: Grid, parts: Parts, limits: Area | None) -> tuple[str, ...]:
    """What a person does not see, or sees once where every row carries it."""
    inside = grid if limits is None else _within(grid, limits)
    rows = [str(row) for row in parts.hidden_rows if row in inside]
    columns = [
        get_column_letter(column)
        for column in parts.hidden_columns
        if any(_cell(grid, row, column).strip() for row in inside)
    ]
    merged = [
        _shown(area)
        for area in parts.merged
        if area[3] > area[1] and area[1] in inside and area[3] > min(inside)
    ]
    return (
        *_note(name, "hidden rows", rows, "read like all others"),
        *_note(name, "hidden columns", columns, "read like all others"),
        *_note(name, "merged cells", merged, "each of their rows has their value"),
    )


def _note(name: str, what: str, places: list[str], then: str) -> Iterator[str]:
    if places:
        shown = ", ".join(places[:8]) + (" …" if len(places) > 8 else "")
        yield f"sheet `{name}`: {what} {shown}: {then}"


def _check_header(path: Path, name: str, grid: Grid, parts: Parts) -> None:
    """Raises SourceUnreadable where the first row's names reach down into the next: it is no row of data."""
    header = min(grid, default=0)
    deep = [area for area in parts.merged if area[1] <= header < area[3] and _cell(grid, header, area[0])]
    if deep:
        why = f"the header of sheet `{name}` reaches down to row {deep[0][3]} ({_shown(deep[0])})"
        raise SourceUnreadable(path, f"{why}; declare `skip_lines:` so that its last row comes first", header)


def _checked(path: Path, name: str, grid: Grid, area: str | None) -> tuple[str, ...]:
    """Notes on rows below an empty row. Raises SourceUnreadable where the sheet holds several tables."""
    blocks = blocks_of(grid)
    if area is not None or len(blocks) == 0:
        return ()
    table = _table_of(blocks)
    if apart := side_by_side(grid):
        raise _several(path, name, apart)
    below = [block for block in blocks if block.first > table.last]
    for block in below:
        if looks_like_header(grid, block, table):
            raise _several(path, name, [table, block])
    gaps = [f"{block.first}–{block.last}" for block in below if block.last >= block.first]
    return tuple(_note(name, "rows below an empty row,", gaps, "read as part of the table"))


def _table_of(blocks: list[Block]) -> Block:
    """The block with the header; where an empty row follows the header or a title at once, with the next."""
    head = blocks[0]
    for block in blocks[1:]:
        if head.last - head.first >= 1 and head.width > 1:
            break
        head = Block(head.first, block.last, min(head.left, block.left), max(head.right, block.right))
    return head


def _several(path: Path, name: str, blocks: list[Block]) -> SourceUnreadable:
    shown = " and ".join(_shown((block.left, block.first, block.right, block.last)) for block in blocks)
    why = f"the sheet `{name}` holds more than one table ({shown})"
    return SourceUnreadable(path, f"{why}; declare the cells of one as the dataset's `range:`")


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Every row as wide as the last filled column of the table."""
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in rows]
