"""Records of one or several files as one table of text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ingest.errors import SourceUnreadable
from ingest.resolve.errors import RecordsUnreadable
from ingest.staging.encoding import read_bytes, read_text
from ingest.staging.table import guess_delimiter, with_one_line_end

WORKBOOKS = (".xlsx", ".xlsm")
NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "?",
        ".",
        "null",
        "(null)",
        "nan",
        "none",
        "n/a",
        "#n/a",
        "unknown",
        "nil",
        "\\n",
        "未知",
        "无",
    }
)
"""Cells that say that nothing is known."""


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of all files, one below the other, in the order of the files."""

    rows: pd.DataFrame
    """The union of the columns; text, None where a cell is empty or says that nothing is known."""
    file: pd.Series
    """Number of the file of each row, from 0."""
    key: pd.Series
    """Value of each file's first column, as it stands there."""

    def without(self, column: str) -> "Records":
        """The same records, without a column."""
        return Records(self.rows.drop(columns=column), self.file, self.key)


def read_records(paths: Sequence[Path]) -> Records:
    """Read the files; delimiters and encodings are detected. Raises RecordsUnreadable."""
    tables = [_read(path) for path in paths]
    rows = pd.concat(tables, ignore_index=True)
    file = pd.Series([number for number, table in enumerate(tables) for _ in range(len(table))])
    key = pd.concat([table.iloc[:, 0] for table in tables], ignore_index=True)
    return Records(rows.apply(_without_placeholders), file, key)


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() in WORKBOOKS:
        table = pd.read_excel(path, dtype=object)
        return _stripped(table.astype(object).where(table.notna(), "").map(str))
    try:
        data, _ = read_bytes(path)
        text = with_one_line_end(read_text(path, data, None).text)
    except SourceUnreadable as error:
        raise RecordsUnreadable(path, str(error)) from error
    if not text.strip():
        raise RecordsUnreadable(path, "is empty; give a file with a header row")
    delimiter, _ = guess_delimiter(text, '"')
    try:
        table = pd.read_csv(
            io.StringIO(text), sep=delimiter, dtype=object, keep_default_na=False, skipinitialspace=True
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise RecordsUnreadable(path, f"is no table: {error}") from error
    return _stripped(table.reset_index() if not isinstance(table.index, pd.RangeIndex) else table)


def _stripped(table: pd.DataFrame) -> pd.DataFrame:
    table.columns = pd.Index([str(name).strip() for name in table.columns])
    return table.map(lambda cell: str(cell).strip() if isinstance(cell, str) else "")


def _without_placeholders(column: pd.Series) -> pd.Series:
    cells = column.astype(object)
    return pd.Series(
        [cell if isinstance(cell, str) and cell.casefold() not in NOTHING else None for cell in cells],
        index=column.index, dtype=object,
    )  # fmt: skip
