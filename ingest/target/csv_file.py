"""Changes as CSV files, which a CRM imports: one for each set of fields, so that an empty cell says: gone."""

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.private import private_folder, replace_private

COMMANDS = ("=", "@", "\t", "\r")
"""How a cell begins that a spreadsheet runs; `+` and `-` do where no number follows."""
Row = tuple[str, Mapping[str, Any]]
"""Key and fields."""


def write_files(folder: Path, record: str, rows: Iterable[Row], at: datetime) -> list[Path]:
    """Write a file for each set of fields, whole or not at all. Returns them."""
    private_folder(folder)
    by_fields = defaultdict[tuple[str, ...], list[Row]](list)
    for key, fields in rows:
        by_fields[tuple(sorted(fields))].append((key, fields))
    made = []
    for number, (names, found) in enumerate(sorted(by_fields.items()), start=1):
        path = folder / f"{record}-{at:%Y%m%dT%H%M%S%f}Z-{number}.csv"
        replace_private(path, _content(names, found).encode("utf-8-sig"))
        made.append(path)
    return made


def _content(names: tuple[str, ...], rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator=os.linesep)
    lines.writerow(["key", *names])
    lines.writerows([_cell(key), *(_cell(fields[name]) for name in names)] for key, fields in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    signed = text[:1] in {"+", "-"} and not text[1:2].lstrip("( ").isdigit() and len(text) > 1
    return f"'{text}" if text.startswith(COMMANDS) or signed else text
