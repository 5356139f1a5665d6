"""Reading the exports back the way a stranger would."""

import csv
import gzip
from pathlib import Path

Row = dict[str, str]


def rows(path: Path, encoding: str = "utf-8") -> list[Row]:
    """Rows of a CSV file, gzipped or not, as text."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(raw.decode(encoding).splitlines()))


def column(path: Path, name: str, encoding: str = "utf-8") -> list[str]:
    """One column of a CSV file."""
    return [row[name] for row in rows(path, encoding)]
