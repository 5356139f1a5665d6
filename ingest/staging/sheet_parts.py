"""What a sheet holds beside its values: hidden and merged cells, tables, formulas never computed."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from openpyxl.utils import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TELLING = (b"<f", b"mergeCell", b"hidden=", b"tablePart")
"""A sheet's XML without any of these has nothing of what is looked for."""

Area = tuple[int, int, int, int]
"""First column, first row, last column, last row, counted from 1."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Of one sheet; `formulas` are the texts of those without a value, by row and column."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[Area, ...] = ()
    tables: tuple[tuple[str, Area], ...] = ()
    formulas: dict[tuple[int, int], str] | None = None


def read_parts(data: bytes, sheet: str) -> Parts:
    """The parts of a sheet of a workbook that can be opened, given by its bytes."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return Parts()
        xml = archive.read(part)
        if not any(mark in xml for mark in _TELLING):
            return Parts()
        tables = tuple(_tables(archive, part)) if b"tablePart" in xml else ()
    return _parsed(xml, tables)


def _parsed(data: bytes, tables: tuple[tuple[str, Area], ...]) -> Parts:
    rows: list[int] = []
    columns: list[int] = []
    merged: list[Area] = []
    formulas: dict[tuple[int, int], str] = {}
    number = 0
    root = ElementTree.fromstring(data)
    for node in root.iter():
        if node.tag == f"{_MAIN}row":
            number = int(node.get("r") or number + 1)
            if node.get("hidden") in ("1", "true"):
                rows.append(number)
        elif node.tag == f"{_MAIN}col" and node.get("hidden") in ("1", "true"):
            columns += range(int(node.get("min", 0)), min(int(node.get("max", 0)), 1000) + 1)
        elif node.tag == f"{_MAIN}mergeCell":
            merged.append(_area(node.get("ref", "")))
        elif node.tag == f"{_MAIN}c" and (formula := _uncomputed(node)) is not None:
            column, row, _, _ = _area(node.get("r", ""))
            formulas[row, column] = formula
    return Parts(tuple(rows), tuple(columns), tuple(merged), tables, formulas)


def _uncomputed(cell: ElementTree.Element) -> str | None:
    """The formula of a cell that has one and no value; else None."""
    formula, value = cell.find(f"{_MAIN}f"), cell.find(f"{_MAIN}v")
    if formula is None or (value is not None and (value.text or cell.get("t") == "str")):
        return None
    return f"={formula.text or ''}"


def _area(reference: str) -> Area:
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    return first_column or 1, first_row or 1, last_column or 1, last_row or 1


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The archive's member that holds a sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    target = {key: target for key, _, target in _relations(archive, "xl/workbook.xml")}
    for node in book.iter(f"{_MAIN}sheet"):
        if node.get("name") == sheet:
            return target.get(node.get(_LINK, ""))
    return None


def _tables(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Area]]:
    """Name and cells of the tables that a sheet declares, without their totals."""
    for _, kind, target in _relations(archive, part):
        if kind.endswith("/table"):
            table = ElementTree.fromstring(archive.read(target))
            left, top, right, bottom = _area(table.get("ref", "A1"))
            totals = int(table.get("totalsRowCount") or 0)
            yield table.get("displayName", target), (left, top, right, bottom - totals)


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and member of what a member of the archive refers to."""
    folder, name = posixpath.split(part)
    file = f"{folder}/_rels/{name}.rels"
    if file not in archive.namelist():
        return
    for node in ElementTree.fromstring(archive.read(file)):
        target = node.get("Target", "")
        member = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        yield node.get("Id", ""), node.get("Type", ""), posixpath.normpath(member)
