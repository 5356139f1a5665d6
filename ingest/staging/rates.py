"""Dated exchange rates of a mapping and of its file."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from graph.sql import Relation
from ingest import tables
from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset, Mapping, Rates
from ingest.reading.currency import read_currency
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment
from ingest.reading.number import as_double, read_number
from ingest.staging.database import Staging
from ingest.staging.source import Source, open_sources

COLUMNS = ("currency", "date", "rate")
Dated = tuple[str, str, float]
"""Currency (ISO 4217), the moment from which the rate holds, the rate."""
ALWAYS = "0001-01-01T00:00:00+00:00"


def rate_rows(staging: Staging, mapping: Mapping, root: Path, scratch: Path) -> Relation | None:
    """The rates into the reporting currency; None where the mapping has none. Raises SourceUnreadable."""
    if mapping.rates is None:
        return None
    dated = [(read_currency(mapping.rates.to), ALWAYS, 1.0), *_stated(mapping.rates)]
    if mapping.rates.file is not None:
        folder = root if root.is_dir() else root.parent
        for source in open_sources(folder, Dataset(file=mapping.rates.file), scratch):
            dated += _of_file(source)
    columns = list(zip(*dated, strict=True))
    table = pa.table(
        {"currency": columns[0], "since": columns[1], "rate": pa.array(columns[2], pa.float64())}
    )
    return staging.append_table(staging.empty(tables.RATE), table)


def _stated(rates: Rates) -> Iterator[Dated]:
    for rate in rates.dated:
        yield read_currency(rate.currency), read_moment(rate.since), rate.rate


def _of_file(source: Source) -> Iterator[Dated]:
    with source.text_path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, fieldnames=[name.lower() for name in source.columns],
                              delimiter=source.delimiter, quotechar=source.quote or None)  # fmt: skip
        for _ in range(source.header_rows):
            next(rows, None)
        for row in rows:
            yield _rate(source, row, rows.line_num)


def _rate(source: Source, row: dict[str, str | None], line: int) -> Dated:
    try:
        currency, date, rate = (row[name] or "" for name in COLUMNS)
        found = read_currency(currency), read_moment(date), as_double(read_number(rate.strip(), "."))
    except KeyError as missing:
        why = f"a file of rates has the columns {', '.join(COLUMNS)}; there is no {missing}"
        raise SourceUnreadable(source.path, why) from missing
    except NotUnderstood as why:
        raise SourceUnreadable(
            source.path, f"is no rate: {', '.join(map(str, row.values()))}: {why}", line
        ) from why
    if found[2] <= 0:
        raise SourceUnreadable(source.path, f"a rate is above 0, not {rate}", line)
    return found
