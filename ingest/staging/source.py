"""Files of a dataset, found and opened as UTF-8 text with their columns, before anything is written."""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.mapping.reads import key_columns, own_columns, serial_columns
from ingest.reading.blank import BLANKS
from ingest.staging.calendar import read_calendar
from ingest.staging.encoding import BROKEN, Text, read_bytes, read_text
from ingest.staging.header import named_columns
from ingest.staging.kind import kind_of
from ingest.staging.objects import Inner, ObjectKind, read_objects
from ingest.staging.refused import Refused
from ingest.staging.sheet import UNREAD, read_sheet, serial
from ingest.staging.table import NEAR, first_records, guess_delimiter, with_one_line_end

SURE = 0.8
"""From here on a comma needs no word: it is what `.csv` stands for."""

EXCEL = ("xlsx", "xlsm", "xls")

Head = tuple[tuple[int, tuple[str, ...]], ...]
"""The first rows of a file, each with how many lines (of a sheet: rows) lie above it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One readable file: its text lies in `text_path` as UTF-8 with `delimiter` and `quote`."""

    path: Path
    text_path: Path
    encoding: str
    delimiter: str
    quote: str
    columns: tuple[str, ...]
    header_rows: int
    """Rows of `text_path` above the first row of data."""
    modified_at: str
    """The file's own date, UTC ISO text."""
    head: Head
    header: tuple[str, ...] | None = None
    """The header's cells as they stand in the file."""
    lines_cut: int = 0
    """Lines of the file that stand above the first one of `text_path`."""
    marked: bool = False
    """Whether some cell holds broken bytes, or of a sheet no value that can be read."""
    notes: tuple[str, ...] = ()
    """What was guessed or done to read the file, a sentence each."""
    keys: tuple[str, ...] = ()
    """The columns whose cells together name the record of a row."""
    refused: tuple[Refused, ...] = ()
    """What was found to be no row before there was a text of rows."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's rows as text: the header, then `text[start:]`; `whole` where the file itself is that text."""

    text: str
    encoding: str
    delimiter: str
    quote: str
    header: tuple[str, ...] | None
    line: int
    """Line (of a sheet: row) of the header, from 1."""
    start: int
    whole: bool
    head: Head
    notes: tuple[str, ...]
    refused: tuple[Refused, ...] = ()


def open_sources(root: Path, dataset: Dataset, scratch: Path) -> list[Source]:
    """Every file of a dataset, in the order of their names. Raises SourceUnreadable.

    Decoded copies are put into `scratch` where the file itself is not plain UTF-8 text.
    """
    return [_open(path, dataset, scratch) for path in located(root, dataset.file)]


def lines_above(source: Source, names: set[str]) -> int | None:
    """How many lines stand above the row that holds all these column names; None where no near row does."""
    return next(
        (above for above, cells in source.head if names <= {cell.strip(BLANKS) for cell in cells}), None
    )


def located(root: Path, pattern: str) -> list[Path]:
    """The files that a dataset's `file:` names below a folder. Raises SourceUnreadable: there is none."""
    if not root.exists():
        raise SourceUnreadable(root, "does not exist")
    if root.is_file():
        return [root]
    if any(mark in pattern for mark in "*?["):
        found = sorted((path for path in root.glob(pattern) if path.is_file()), key=_in_order)
        if not found:
            raise SourceUnreadable(root / pattern, "no file has such a name")
        return found
    path = root / pattern
    if not path.is_file():
        there = sorted(item.name for item in root.iterdir() if item.is_file())
        raise SourceUnreadable(path, f"does not exist (there are: {', '.join(there[:20]) or 'no files'})")
    return [path]


def _in_order(path: Path) -> list[str | int]:
    """A name with its numbers as numbers: `orders-2.csv` comes before `orders-10.csv`."""
    parts = re.split(r"([0-9]+)", str(path))
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _open(path: Path, dataset: Dataset, scratch: Path) -> Source:
    data, packed = read_bytes(path)
    kind = kind_of(path, data)
    if kind == "xlsx":
        table = _sheet(path, data, dataset)
    elif kind == "calendar":
        table = _rows(kind, read_calendar(path, data, dataset.encoding))
    elif kind != "text":
        table = _objects(path, data, kind, dataset)
    elif (dataset.format or path.suffix.lower().lstrip(".")) in EXCEL:
        raise SourceUnreadable(path, "is not an Excel workbook, though its name or the mapping says so")
    else:
        table = _text(path, data, dataset)
    if packed and table.whole:
        table = replace(table, whole=False)
    columns, notes = _columns(path, dataset, table)
    return Source(
        path, _stored(path, dataset, table, scratch), table.encoding, table.delimiter, table.quote, columns,
        int(table.whole and table.header is not None),
        datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds"), table.head,
        table.header, 0 if table.whole else table.text.count("\n", 0, table.start),
        any(mark in table.text for mark in (BROKEN, UNREAD)), (*table.notes, *notes),
        tuple(key for key in key_columns(dataset) if key in columns), table.refused,
    )  # fmt: skip


def _sheet(path: Path, data: bytes, dataset: Dataset) -> _Table:
    sheet = read_sheet(
        path, data, dataset.sheet, dataset.range, dataset.skip_lines, header=dataset.has_header
    )
    header = tuple(sheet.rows[0]) if dataset.has_header and sheet.rows else None
    if sheet.from_1904:
        _mark_serials(sheet.rows, header or dataset.columns or (), serial_columns(dataset))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(sheet.rows[header is not None :])
    named = path.suffix.lower().lstrip(".") in EXCEL
    notes = () if named else ("is an Excel workbook, whatever its name says, and was read as one",)
    return _Table(
        written.getvalue(), "xlsx", ",", '"', header, dataset.skip_lines + 1, 0, False, sheet.head,
        (*notes, *sheet.notes),
    )  # fmt: skip


def _mark_serials(rows: list[list[str]], names: Sequence[str], columns: set[str]) -> None:
    """Make no value of bare numbers in columns that count days."""
    places = [place for place, name in enumerate(names) if name.strip() in columns]
    for row in rows:
        for place in (one for one in places if one < len(row)):
            if re.fullmatch(r"\d+(\.\d+)?", row[place].strip()):
                row[place] = serial(row[place].strip())


def _objects(path: Path, data: bytes, kind: ObjectKind, dataset: Dataset) -> _Table:
    known = [column for column in dict.fromkeys(own_columns(dataset)) if column not in dataset.brought]
    inner = Inner(dataset.rows, dataset.parent) if dataset.rows is not None else None
    found = read_objects(path, data, kind, known, inner)
    notes = (
        () if inner is None or found.cells[1:] else (f"no object holds a list `{inner.path}` with objects",)
    )
    return replace(_rows(kind, found.cells), refused=found.refused, notes=notes)


def _rows(kind: str, cells: list[list[str]]) -> _Table:
    """The table of a file that holds no text of rows: its columns, then its rows."""
    header, *rows = cells
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    head = ((0, tuple(header)), *((place, tuple(row)) for place, row in enumerate(rows[:NEAR], start=1)))
    return _Table(written.getvalue(), kind, ",", '"', tuple(header), 1, 0, False, head, ())


def _text(path: Path, data: bytes, dataset: Dataset) -> _Table:
    read = read_text(path, data, dataset.encoding)
    text = with_one_line_end(read.text)
    quote = '"' if dataset.quote is None else dataset.quote
    offset = _offset(text, dataset.skip_lines)
    delimiter, notes = _delimiter(path, dataset, text[offset:], quote)
    if text.startswith("sep=", offset) and text[offset + 4 : offset + 5] == delimiter:
        offset += _offset(text[offset:], 1)  # Excel's own line about the delimiter
    found = [record for record in first_records(text[offset:], delimiter, quote) if any(record.cells)]
    if not found:
        raise SourceUnreadable(path, "has no header row" if dataset.has_header else "is empty", 1)
    above = text.count("\n", 0, offset)
    header = found[0].cells if dataset.has_header else None
    start = offset + found[0].end if dataset.has_header else offset
    whole = read.encoding == "utf-8" and text is read.text and read.guess is None
    plain = found[0].above == 0 and "\n" not in "".join(found[0].cells) and offset == 0
    head = tuple((above + record.above, record.cells) for record in found)
    return _Table(
        text, read.encoding, delimiter, quote, header, above + found[0].above + 1, start,
        whole and (plain or start == 0), _from_top(text, delimiter, quote) if offset else head,
        (*_guessed(read), *_decoded_twice(read.text), *notes),
    )  # fmt: skip


def _from_top(text: str, delimiter: str, quote: str) -> Head:
    return tuple((record.above, record.cells) for record in first_records(text, delimiter, quote))


def _guessed(read: Text) -> tuple[str, ...]:
    if read.guess is None:
        return ()
    return (f"guessed encoding {read.guess.shown}; declare `encoding:`",)


_TWICE = re.compile(r"\w*(?:Ã[\u0080-\u00bf\u201a-\u2122]|â€[\u0080-\u2122]|[äåæçèé][\u0080-\u00bf]{2})\w*")
"""Letters of UTF-8 that another program read as Latin-1: `MÃ¼ller`."""


def _decoded_twice(text: str) -> tuple[str, ...]:
    found = None if text.isascii() else _TWICE.search(text)
    if found is None:
        return ()
    return (f"`{found[0]}` looks decoded wrongly before it was exported: repair it in its system",)


def _delimiter(path: Path, dataset: Dataset, text: str, quote: str) -> tuple[str, tuple[str, ...]]:
    """The declared one, a tab for `.tsv`, what Excel's `sep=` line says; else the one that fits best."""
    if dataset.delimiter is not None:
        return dataset.delimiter, ()
    if dataset.format == "tsv" or ".tsv" in path.suffixes:
        return "\t", ()
    if text.startswith("sep=") and text[4:5]:
        return text[4], ()
    mark, sure = guess_delimiter(text, quote)
    if mark == "," and sure >= SURE:
        return mark, ()
    shown = "tab" if mark == "\t" else f"`{mark}`"
    return mark, (f"guessed delimiter {shown}, {sure:.0%}; declare `delimiter:`",)


def _offset(text: str, lines: int) -> int:
    """Where the text below so many lines begins."""
    offset = 0
    for _ in range(lines):
        offset = text.find("\n", offset) + 1 or len(text)
    return offset


def _columns(path: Path, dataset: Dataset, table: _Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if dataset.has_header:
        if table.header is None or not any(cell.strip() for cell in table.header):
            raise SourceUnreadable(path, "has no header row", table.line)
        return named_columns([cell.replace("\r\n", "\n") for cell in table.header])
    columns = dataset.columns or []
    first = _first_cells(table)
    if first is not None and len(first) != len(columns):
        why = f"has {len(first)} columns, but the mapping's `columns:` names {len(columns)}"
        raise SourceUnreadable(path, why, table.line)
    return named_columns(columns)


def _first_cells(table: _Table) -> Sequence[str] | None:
    found = first_records(table.text[table.start :], table.delimiter, table.quote)
    return found[0].cells if found else None


def _stored(path: Path, dataset: Dataset, table: _Table, scratch: Path) -> Path:
    """A file of plain UTF-8 with the rows: the file itself where it already is one, else a copy of its own
    for every way it is read."""
    if table.whole:
        return path
    read_as = f"{path}|{dataset.sheet}|{dataset.range}|{dataset.rows}|{dataset.skip_lines}|{table.encoding}"
    copy = scratch / f"{hashlib.sha256(read_as.encode()).hexdigest()[:16]}-{path.name}.csv"
    copy.write_text(table.text[table.start :], encoding="utf-8", newline="")
    return copy
