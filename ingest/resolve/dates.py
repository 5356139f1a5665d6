"""Dates of a column as eight digits, year first."""

import re

import pandas as pd

from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment

FIRST_YEAR, LAST_YEAR = 1000, 2100
_PLAIN = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")


def read_dates(cells: pd.Series) -> pd.Series:
    """Each date as `19711024`, None where there is none.

    A day that stands before or behind the month is told by the column: a first number above 12 is a day.
    """
    day_first = _day_first(cells)
    read = {cell: _read(cell, day_first) for cell in cells.unique() if isinstance(cell, str)}
    return pd.Series([read.get(cell) for cell in cells], index=cells.index, dtype=object)


def _day_first(cells: pd.Series) -> bool:
    found = cells.dropna().astype(str).str.extract(_SHORT)
    first, second = (pd.to_numeric(found[part], errors="coerce") for part in (0, 1))
    return bool((first > 12).sum() >= (second > 12).sum())


def _read(cell: str, day_first: bool) -> str | None:
    text = cell.strip()
    if plain := _PLAIN.fullmatch(text):
        return _checked(plain[1], plain[2], plain[3])
    if short := _SHORT.fullmatch(text):
        day, month = (short[1], short[2]) if day_first else (short[2], short[1])
        year = short[3] if len(short[3]) == 4 else ("19" if int(short[3]) > 30 else "20") + short[3]
        return _checked(year, month, day) or _checked(year, day, month)
    if not any(c.isalpha() for c in text) or not any(c.isdigit() for c in text) or len(text) > 30:
        return None
    try:
        return read_moment(text)[:10].replace("-", "")
    except NotUnderstood:
        return None


def _checked(year: str, month: str, day: str) -> str | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    # 1872-00-00 and 1872-05-00 state what is known of a day; 31 of a short month is a slip of the pen.
    return f"{year}{month:0>2}{day:0>2}" if int(month) <= 12 and int(day) <= 31 else None
