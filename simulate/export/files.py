"""Tables whose rows always give the same bytes; days and times as the systems write them."""

import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from simulate.config import Ints, Strings
from simulate.export.span import Span, within

FIXED_STAMP = (2000, 1, 1, 0, 0, 0)


ROWS = 200_000
"""Rows that are text at once: what a writer needs does not grow with the table."""


class FileWriter:
    """A folder that files are written to; `rows` counts the data rows of each.

    Of a table that is dated (`simulate.export.span`) only the rows of `span` are written.
    """

    def __init__(self, folder: Path, span: Span | None = None) -> None:
        self.folder = folder
        self.span = span
        self.rows: dict[str, int] = {}

    def _place(self, name: str, rows: int) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows[name] = rows
        return path

    def csv(self, name: str, table: pd.DataFrame, encoding: str = "utf-8") -> None:
        """Write a CSV file, `ROWS` rows at a time."""
        pieces = (table.iloc[begin : begin + ROWS] for begin in range(0, max(len(table), 1), ROWS))
        self.csv_in_chunks(name, pieces, encoding)

    def csv_in_chunks(self, name: str, tables: Iterable[pd.DataFrame], encoding: str = "utf-8") -> None:
        """Write a CSV file (gzip when the name says so) piece by piece."""
        path, rows, header = self._place(name, 0), 0, True
        with path.open("wb") as raw, _packed(raw, name) as target:
            for table in tables:
                shown = within(table, self.span)
                target.write(shown.to_csv(index=False, header=header, lineterminator="\n").encode(encoding))
                rows, header = rows + len(shown), False
        self.rows[name] = rows

    def excel(self, name: str, table: pd.DataFrame, sheet: str) -> None:
        """Write one sheet of text cells, without the times that Excel files otherwise carry."""
        buffer = io.BytesIO()
        table.to_excel(buffer, index=False, sheet_name=sheet, engine="openpyxl")
        path = self._place(name, len(table))
        with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.namelist():
                content = source.read(entry)
                if entry == "docProps/core.xml":
                    content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
                target.writestr(zipfile.ZipInfo(entry, FIXED_STAMP), content, zipfile.ZIP_DEFLATED)

    def parquet(self, name: str, table: pd.DataFrame) -> None:
        table.to_parquet(self._place(name, len(table)), index=False)

    def raw(self, name: str, content: bytes) -> None:
        self._place(name, 1).write_bytes(content)


@contextmanager
def _packed(raw: io.BufferedIOBase, name: str) -> Iterator[io.BufferedIOBase | gzip.GzipFile]:
    """What to write the file's text to: gzip without name and time where the name says so."""
    if not name.endswith(".gz"):
        yield raw
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=4, mtime=0) as zipped:
        yield zipped


def day_text(start: date, day: Ints) -> Strings:
    """`2024-03-01`."""
    return np.asarray(np.datetime64(start, "D") + day.astype("timedelta64[D]")).astype(str)


def minute_text(start: date, minute: Ints, suffix: str) -> Strings:
    """`2024-03-01T08:12:00` followed by `suffix`, such as `Z` or `.000+0000`; minutes are UTC."""
    stamps = np.asarray(np.datetime64(start, "m") + minute.astype("timedelta64[m]")).astype("datetime64[s]")
    return np.char.add(stamps.astype(str), suffix)
