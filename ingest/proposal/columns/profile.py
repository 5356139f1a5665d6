"""What the values of every column are like: how many there are, how many differ, of which kinds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from ingest.mapping.model import DEFAULT_NULLS
from ingest.proposal.columns.groups import grouped
from ingest.proposal.columns.paths import without_own
from ingest.proposal.columns.tables import Table, words_of
from ingest.proposal.columns.values import kinds_of
from ingest.proposal.dialects.spoken import spoken
from ingest.staging.source import Source

SAMPLE = 300
"""Distinct values of a column that are looked at."""
AMONG = 20_000
"""First rows among which they are taken."""
MOST_ROWS = 1_000_000
"""Rows of a table that are read."""
LONGEST = 300
"""Characters of a value that are looked at."""
BLOCK = 8 << 20
"""Bytes that are parsed at once; a longer row is none."""
NULLS = [*DEFAULT_NULLS, "?", "——"]


@dataclass(frozen=True, slots=True)
class Code:
    """A column's codes, the table that says what they mean, and that table's columns of codes and names."""

    header: str
    list: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its numbers, and the share of sampled values of each kind."""

    name: str
    position: int
    rows: int
    filled: int
    distinct: int
    sample: tuple[str, ...]
    """Distinct values."""
    kinds: Mapping[str, float]
    mean_length: float
    said: str
    """The header in plain words: its own, or what a well-known system means by it."""
    code: Code | None = None
    """Set where the file holds codes, and the values here are their names."""

    @property
    def header(self) -> str:
        """The header as the file has it."""
        return self.name if self.code is None else self.code.header

    @property
    def unique(self) -> bool:
        """Whether every filled cell is another and hardly one is empty."""
        return self.filled >= 1 and self.distinct == self.filled and self.filled >= 0.98 * self.rows

    @property
    def share_filled(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    @property
    def empty(self) -> bool:
        return self.filled == 0

    def is_mostly(self, *kinds: str) -> bool:
        """Whether most sampled values are of one of these kinds."""
        return max(self.kinds.get(kind, 0.0) for kind in kinds) >= 0.6

    def share(self, kind: str) -> float:
        """The share of sampled values that are of a kind."""
        return self.kinds.get(kind, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A table with its columns; `data` are its cells as text, null where they say nothing."""

    table: Table
    data: pa.Table = field(repr=False)
    columns: tuple[Column, ...]
    by_name: Mapping[str, Column] = field(repr=False)


def profile(table: Table, source: Source) -> Profile:
    """Read a table's rows as text and look at its columns. Raises pa.ArrowInvalid: it cannot be parsed."""
    data = _cells(source)
    words = words_of(table)
    told = spoken(words, source.columns)
    said = told.said if told is not None else without_own(words, source.columns)
    said = {**said, **grouped(source, table.dataset.skip_lines), **table.said}
    columns = tuple(
        column_of(name, place, data, said.get(name, name)) for place, name in enumerate(source.columns)
    )
    table = table if told is None else replace(table, words=told.rows)
    return Profile(table, data, columns, {column.name: column for column in columns})


def column_of(name: str, place: int, data: pa.Table, said: str) -> Column:
    """What the cells of a column are like."""
    cells = data.column(name)
    filled = len(cells) - cells.null_count
    distinct = int(pc.count_distinct(cells).as_py()) if filled else 0
    sample = _sample(cells)
    told = Counter(kind for value in sample for kind in kinds_of(value))
    kinds = {kind: count / len(sample) for kind, count in told.items()}
    length = sum(map(len, sample)) / len(sample) if sample else 0.0
    return Column(name, place, data.num_rows, filled, distinct, sample, kinds, length, said)


def _sample(cells: pa.ChunkedArray) -> tuple[str, ...]:
    """Distinct values of the first rows, evenly from their whole range."""
    values: list[str] = pc.unique(pc.drop_null(cells.slice(0, AMONG))).to_pylist()
    step = max(1, len(values) // SAMPLE)
    return tuple(values[::step][:SAMPLE])


def _cells(source: Source) -> pa.Table:
    text = dict.fromkeys(source.columns, pa.string())
    reader = csv.open_csv(
        source.text_path,
        read_options=csv.ReadOptions(
            column_names=list(source.columns), skip_rows=source.header_rows, block_size=BLOCK
        ),
        parse_options=csv.ParseOptions(
            delimiter=source.delimiter, quote_char=source.quote or False, newlines_in_values=True,
            invalid_row_handler=lambda _: "skip",
        ),
        convert_options=csv.ConvertOptions(column_types=text, strings_can_be_null=False),
    )  # fmt: skip
    return _plain(pa.Table.from_batches(_first(reader), pa.schema(text.items())))


def _first(reader: csv.CSVStreamingReader) -> Iterator[pa.RecordBatch]:
    """The batches of the first million rows."""
    read = 0
    for batch in reader:
        yield batch
        read += batch.num_rows
        if read >= MOST_ROWS:
            return


def _plain(table: pa.Table) -> pa.Table:
    """Every cell without outer blanks and cut to length; what means "nothing" is null."""
    nothing = pa.array(NULLS, pa.string())
    columns = []
    for cells in table.columns:
        trimmed = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(cells), 0, LONGEST)
        columns.append(pc.if_else(pc.is_in(trimmed, value_set=nothing), None, trimmed))
    return pa.table(columns, names=table.column_names)
