"""The text of a table: its delimiter, its first records, and where the rows below the header begin."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
NEAR = 20
"""Records among which a header that stands lower is looked for, and by which a delimiter is judged."""
HEAD = 1_000_000
"""Characters of a file that are looked at for its header."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record with how many lines lie above it, and where in the text the next one begins."""

    above: int
    cells: tuple[str, ...]
    end: int


def records(text: str, delimiter: str, quote: str) -> Iterator[Record]:
    """The records of a text; a line break in quotes is part of a cell. Raises csv.Error."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in io.StringIO(text, newline=""):
            read += len(line)
            yield line

    reader = csv.reader(
        lines(),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    above = 0
    for cells in reader:
        yield Record(above, tuple(cells), read)
        above = reader.line_num


def first_records(text: str, delimiter: str, quote: str) -> tuple[Record, ...]:
    """The first records, up to one that is no record."""
    found: list[Record] = []
    try:
        found.extend(itertools.islice(records(text[:HEAD], delimiter, quote), NEAR))
    except csv.Error:
        return tuple(found)
    return tuple(found)


def guess_delimiter(text: str, quote: str) -> tuple[str, float]:
    """The delimiter by which most records have as many cells as the first one, and how sure that is."""
    judged = {mark: _agreement(text, mark, quote) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: judged[mark])
    rivals = sum(cells for mark, (_, cells) in judged.items() if mark != best and judged[mark][0] > 0)
    agreed, cells = judged[best]
    return best, agreed * cells / (cells + rivals) if cells else 1.0


def _agreement(text: str, delimiter: str, quote: str) -> tuple[float, int]:
    """The share of records with as many cells as the first one, and their number; nothing for one cell."""
    counts = [len(record.cells) for record in first_records(text, delimiter, quote) if any(record.cells)]
    if not counts or counts[0] < 2:
        return 0.0, 0
    return counts.count(counts[0]) / len(counts), counts[0]


def with_one_line_end(text: str) -> str:
    """The text with one kind of line end where it has several, which no reader takes; else unchanged.

    A lone carriage return among others is no line's end: it becomes a blank.
    """
    returns, pairs, feeds = text.count("\r"), text.count("\r\n"), text.count("\n")
    if (returns == pairs and pairs in (0, feeds)) or feeds == 0:
        return text
    return text.replace("\r\n", "\n").replace("\r", " ")
