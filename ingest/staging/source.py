"""Files of a dataset, found and opened as UTF-8 text with their columns, before anything is written."""

import csv
import hashlib
import io
import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.staging.encoding import decoded, encoding_of, read_bytes
from ingest.staging.sheet import read_sheet

NEAR = 20
"""Rows among which a header that is not the first row is looked for."""
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Source:
    """One readable file: its text lies in `text_path` as UTF-8 with `delimiter` and `quote`."""

    path: Path
    text_path: Path
    encoding: str
    delimiter: str
    quote: str
    columns: tuple[str, ...]
    header_lines: int
    """Lines above the first row of data."""
    modified_at: str
    """The file's own date, UTC ISO text."""


def open_sources(root: Path, dataset: Dataset, scratch: Path) -> list[Source]:
    """Every file of a dataset, in the order of their names. Raises SourceUnreadable.

    Decoded copies are put into `scratch` where the file itself is not plain UTF-8 text.
    """
    return [_open(path, dataset, scratch) for path in _located(root, dataset.file)]


def lines_above(source: Source, names: set[str]) -> int | None:
    """How many lines stand above the row that holds all these column names; None where no near row does."""
    with source.text_path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=source.delimiter, quotechar=source.quote or None)
        above = 0
        for row in itertools.islice(rows, NEAR):
            if names <= {cell.strip() for cell in row}:
                return above
            above = rows.line_num
    return None


def _located(root: Path, pattern: str) -> list[Path]:
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
    if (dataset.format or _format(path)) == "xlsx":
        text, encoding, delimiter, quote = _sheet_as_csv(path, dataset), "xlsx", ",", '"'
    else:
        data = read_bytes(path)
        encoding = encoding_of(path, data, dataset.encoding)
        text = decoded(path, data, encoding).removeprefix("\ufeff")
        delimiter, quote = _delimiter(path, dataset, text), _quote(dataset)
    columns, header_lines = _columns(path, dataset, text, delimiter, quote)
    stored = _stored(path, dataset, text, encoding, scratch)
    return Source(
        path, stored, encoding, delimiter, quote, columns, header_lines,
        datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def _format(path: Path) -> str:
    return "xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else "csv"


def _sheet_as_csv(path: Path, dataset: Dataset) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(read_sheet(path, dataset.sheet))
    return written.getvalue()


def _quote(dataset: Dataset) -> str:
    return '"' if dataset.quote is None else dataset.quote


def _delimiter(path: Path, dataset: Dataset, text: str) -> str:
    """The declared one, a tab for `.tsv`, else the one that the first line has most of."""
    if dataset.delimiter is not None:
        return "\t" if dataset.delimiter == "\\t" else dataset.delimiter
    if dataset.format == "tsv" or ".tsv" in path.suffixes:
        return "\t"
    line = _after_lines(text, dataset.skip_lines).partition("\n")[0]
    return max(DELIMITERS, key=line.count)


def _after_lines(text: str, count: int) -> str:
    for _ in range(count):
        text = text.partition("\n")[2]
    return text


def _columns(
    path: Path, dataset: Dataset, text: str, delimiter: str, quote: str
) -> tuple[tuple[str, ...], int]:
    """The columns' names and how many lines stand above the data."""
    head = io.StringIO(_after_lines(text, dataset.skip_lines)[:1_000_000], newline="")
    reader = csv.reader(head, delimiter=delimiter, quotechar=quote or None, quoting=0 if quote else 3)
    try:
        first = next(reader, None)
    except csv.Error as error:
        raise SourceUnreadable(path, f"is not a table: {error}", dataset.skip_lines + 1) from error
    if dataset.has_header:
        return _header(path, dataset, first, reader.line_num)
    columns = dataset.columns or []
    if first is not None and len(first) != len(columns):
        why = f"has {len(first)} columns, but the mapping's `columns:` names {len(columns)}"
        raise SourceUnreadable(path, why, dataset.skip_lines + 1)
    return _distinct(columns), dataset.skip_lines


def _header(path: Path, dataset: Dataset, first: list[str] | None, lines: int) -> tuple[tuple[str, ...], int]:
    if not first or not any(cell.strip() for cell in first):
        raise SourceUnreadable(path, "has no header row", dataset.skip_lines + 1)
    return _distinct(first), dataset.skip_lines + lines


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Trimmed names; a repeated one gets `_2`, an empty one its position."""
    seen: dict[str, int] = {}
    distinct = []
    for position, raw in enumerate(names, start=1):
        plain = raw.strip() or f"column_{position}"
        seen[plain.lower()] = seen.get(plain.lower(), 0) + 1
        distinct.append(plain if seen[plain.lower()] == 1 else f"{plain}_{seen[plain.lower()]}")
    return tuple(distinct)


def _stored(path: Path, dataset: Dataset, text: str, encoding: str, scratch: Path) -> Path:
    """A file of plain UTF-8 with the text: the file itself where it already is one, else a copy of its own
    for every sheet and encoding it is read with."""
    if encoding == "utf-8" and path.suffix != ".gz":
        return path
    read_as = f"{path}|{dataset.sheet}|{encoding}"
    copy = scratch / f"{hashlib.sha256(read_as.encode()).hexdigest()[:16]}-{path.name}.csv"
    copy.write_text(text, encoding="utf-8", newline="")
    return copy
