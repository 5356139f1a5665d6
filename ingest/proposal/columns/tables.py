"""The tables in files as exporters write them: where the header stands, if there is one, on which sheets."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.proposal.columns.values import kinds_of
from ingest.proposal.dialects.spoken import names_columns
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.words import weight
from ingest.staging.blocks import Block, Grid, blocks_of, looks_like_header, side_by_side
from ingest.staging.encoding import read_bytes, read_text
from ingest.staging.kind import kind_of
from ingest.staging.table import first_records, guess_delimiter, with_one_line_end

CALENDAR = "calendar meetings"
"""What the rows of an .ics file are, whatever it is called (RFC 5545)."""
NEAR = 20
"""Rows among which the header is looked for."""
MOST_LINES = 0.6
"""Share of lines below a title from which a sign that each has as often parts their cells."""
VALUE_KINDS = frozenset({"email", "phone", "date", "decimal", "tax_id", "uuid", "epoch"})
"""Kinds of values that no header is."""
PLAIN = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".ndjson", ".parquet", ".ics")
SUFFIXES = (".xlsm", *PLAIN, *(f"{suffix}.gz" for suffix in PLAIN))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: how it is called in a proposal, and how a mapping reads it."""

    name: str
    """The file's path below the folder; `file#sheet` for a workbook's further tables."""
    words: str
    """What names its rows: file, sheet and the title above the header."""
    dataset: Dataset
    said: Mapping[str, str] = field(default_factory=dict)
    """By column, what its header says, where the table's place tells more than the header."""


def files_below(path: Path) -> list[Path]:
    """The files of a folder that may hold tables, its hidden ones left out, by name."""
    found = (one for one in sorted(path.rglob("*")) if one.is_file())
    kept = (
        one for one in found if not any(part.startswith((".", "~$")) for part in one.relative_to(path).parts)
    )
    return [one for one in kept if one.name.lower().endswith(SUFFIXES)]


def tables_of(path: Path, name: str) -> list[Table]:
    """The tables of a file. Raises SourceUnreadable: it holds none."""
    data, _ = read_bytes(path)
    kind = kind_of(path, data)
    if kind == "xlsx":
        return list(_of_workbook(path, data, name))
    if kind != "text":
        said = f"{path.name} {CALENDAR}" if kind == "calendar" else path.name
        return [Table(name, said, Dataset(file=name))]
    return [_of_text(path, data, name)]


def _of_text(path: Path, data: bytes, name: str) -> Table:
    read = read_text(path, data, None)
    text = with_one_line_end(read.text)
    sep = text.startswith("sep=")
    given = "\t" if ".tsv" in path.suffixes else text[4] if sep and text[4:5] else None
    delimiter = given or _best_delimiter(text)
    found = [record for record in first_records(text, delimiter, '"') if any(record.cells)]
    rows = [record.cells for record in found if not (sep and record.above == 0)]
    lines = [record.above for record in found if not (sep and record.above == 0)]
    head = header_row(rows)
    stated: dict[str, Any] = {"file": name}
    if guess_delimiter(text, '"')[0] != delimiter and given is None:
        stated["delimiter"] = delimiter
    if head is None:
        stated["columns"] = [f"column_{place}" for place in range(1, _width(rows) + 1)]
        return Table(name, path.name, Dataset.model_validate(stated))
    if head and lines[head] > 0:
        stated["skip_lines"] = lines[head]
    title = " ".join(cell for row in rows[:head] for cell in row if cell.strip())
    return Table(name, f"{path.name} {title}", Dataset.model_validate(stated))


def _best_delimiter(text: str) -> str:
    """The one that the first lines agree on; below title lines, the one that most lines have."""
    mark, sure = guess_delimiter(text, '"')
    lines = [line for line in text[:100_000].splitlines()[:NEAR] if line.strip()]
    titled = bool(lines) and mark not in lines[0]  # a title alone in its line has one cell by any of them
    if sure >= 0.9 and not titled:
        return mark
    counts = {sign: Counter(line.count(sign) for line in lines) for sign in (",", ";", "\t", "|")}
    agreed = {sign: max(((n, k) for k, n in c.items() if k), default=(0, 0)) for sign, c in counts.items()}
    best = max(agreed, key=lambda sign: agreed[sign])
    return best if not titled or agreed[best][0] >= MOST_LINES * len(lines) else mark


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows names the columns; None where the first row of the table is data already."""
    width = _width(rows)
    full = [place for place, row in enumerate(rows[:NEAR]) if _filled(row) >= max(1, 0.6 * width)]
    if not full:
        return 0
    first = full[0]
    if _reads_as_header(rows[first]):
        return first
    if len(rows[first]) != width and len(full) > 1 and _reads_as_header(rows[full[1]]):
        return full[1]  # what the exporter says of itself stands above, in cells of its own: DATEV
    return None if _is_data(rows, first) else first


def _width(rows: Sequence[Sequence[str]]) -> int:
    """The cells of most rows."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda size: (counts[size], size), default=0)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _reads_as_header(row: Sequence[str]) -> bool:
    """Whether most cells are words that headers are made of."""
    known = lexicon().known
    cells = [lexicon().tokens(cell) for cell in row if cell.strip()]
    good = sum(_known_share(cell, known) >= 0.5 for cell in cells)
    values = sum(bool(kinds_of(cell.strip()) & VALUE_KINDS) for cell in row if cell.strip())
    told = good >= 0.5 * len(cells) or names_columns(row)
    return bool(cells) and told and values <= 0.1 * len(cells)


def _known_share(cell: Sequence[str], known: frozenset[str]) -> float:
    said = weight(cell)
    return weight(item for item in cell if item in known or item in _characters()) / said if said else 0.0


@cache
def _characters() -> frozenset[str]:
    book = lexicon()
    groups = [*book.labels.values(), *book.fields.values(), book.technical, book.attributes]
    return frozenset(
        item for group in groups for phrase in group for item in phrase.words if not item.isascii()
    )


def _is_data(rows: Sequence[Sequence[str]], first: int) -> bool:
    """Whether a row holds values as the rows below it do."""
    below = [row for row in rows[first + 1 :] if any(row)]
    row = rows[first]
    if not below:
        return any(kinds_of(cell.strip()) & VALUE_KINDS for cell in row)
    alike = told = 0
    for place, cell in enumerate(row):
        others = [other[place].strip() for other in below if len(other) > place and other[place].strip()]
        if not cell.strip() or not others:
            continue
        common = Counter(kind for other in others for kind in kinds_of(other))
        usual = {kind for kind, count in common.items() if count >= 0.8 * len(others)}
        telling = usual & (
            VALUE_KINDS | {"number", "integer", "code", "boolean", "country", "company", "person"}
        )
        if telling:
            told += 1
            alike += bool(kinds_of(cell.strip()) & telling)
        elif cell.strip() in others:
            told += 1
            alike += 1
    return told > 0 and alike > 0.5 * told


def _of_workbook(path: Path, data: bytes, name: str) -> Iterator[Table]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SourceUnreadable(path, f"is not an Excel workbook: {error}") from error
    try:
        names = [sheet.title for sheet in book.worksheets]
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        taken: set[str] = set()
        for sheet in shown:
            for area, grid in _areas(_grid(sheet)):
                table = _of_area(
                    path, name, sheet.title, area, grid, first=not taken, alone=len(names) == 1, taken=taken
                )
                if table is not None:
                    taken.add(table.name)
                    yield table
    finally:
        book.close()


def _grid(sheet: Any) -> Grid:
    """The filled rows of a sheet's beginning, by number."""
    sheet.reset_dimensions()
    grid: Grid = {}
    for number, row in enumerate(sheet.iter_rows(max_row=2000, values_only=True), start=1):
        cells = ["" if value is None else _text(value) for value in row]
        if any(cell.strip() for cell in cells):
            grid[number] = cells
    return grid


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _areas(grid: Grid) -> Iterator[tuple[Block | None, Grid]]:
    """The tables of a sheet: one without stated cells, or several with theirs."""
    if apart := side_by_side(grid):
        for block in apart:
            yield block, _cut(grid, block)
        return
    blocks = [block for block in blocks_of(grid) if block.width > 1 and block.last > block.first]
    heads = [block for block in blocks[1:] if looks_like_header(grid, block, blocks[0])]
    if not heads:
        yield None, grid
        return
    starts = [blocks[0].first, *(block.first for block in heads)]
    for start, end in zip(starts, [*(s - 1 for s in starts[1:]), max(grid)], strict=True):
        inside = [block for block in blocks if start <= block.first <= end]
        area = Block(start, inside[-1].last, min(b.left for b in inside), max(b.right for b in inside))
        yield area, _cut(grid, area)


def _cut(grid: Grid, block: Block) -> Grid:
    rows = {
        n: cells[block.left - 1 : block.right] for n, cells in grid.items() if block.first <= n <= block.last
    }
    return {number: cells for number, cells in rows.items() if any(cell.strip() for cell in cells)}


def _of_area(
    path: Path,
    name: str,
    sheet: str,
    area: Block | None,
    grid: Grid,
    *,
    first: bool,
    alone: bool,
    taken: set[str],
) -> Table | None:
    """A table of a sheet; None where its cells are no table."""
    width = max((len(cells) for cells in grid.values()), default=0)
    rows = [[*cells, *[""] * (width - len(cells))] for cells in grid.values()]
    if len(rows) < 2 or max(map(_filled, rows)) < 2:
        return None
    head = header_row([row for row in rows if any(row)])
    stated: dict[str, Any] = {"file": name}
    if not first or not alone:
        stated["sheet"] = sheet
    if area is not None:
        top = list(grid)[head or 0]
        stated["range"] = f"{get_column_letter(area.left)}{top}:{get_column_letter(area.right)}{area.last}"
    elif head:
        stated["skip_lines"] = list(grid)[head] - min(grid)
    if head is None:
        stated["columns"] = [f"column_{place}" for place in range(1, width + 1)]
    title = " ".join(cell for row in rows[: head or 0] for cell in row if cell.strip())
    return Table(_free(name, sheet, taken), f"{path.name} {sheet} {title}", Dataset.model_validate(stated))


def _free(name: str, sheet: str, taken: set[str]) -> str:
    """The file's name for its first table, `file#sheet` for further ones, numbered where that is taken."""
    if not taken:
        return name
    called = f"{name}#{sheet}"
    if called not in taken:
        return called
    count = 2
    while f"{called}#{count}" in taken:
        count += 1
    return f"{called}#{count}"


def words_of(table: Table) -> str:
    """The table's name without suffixes and dates."""
    return re.sub(
        r"\.(csv|tsv|txt|xlsx|xlsm|jsonl?|ndjson|parquet|gz)\b|\d{4,}", " ", table.words, flags=re.IGNORECASE
    )
