"""Which records belong together in truth: equal values of a column, or the closure of listed pairs."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from ingest.resolve.components import components
from ingest.resolve.errors import TruthUnusable
from ingest.resolve.metrics import Labels
from ingest.resolve.records import Records, read_records


def truth_of_column(records: Records, column: str, pattern: str | None) -> Labels:
    """Records of equal value belong together; with a pattern, those of equal first group.

    A record without a value (or where the pattern does not occur) belongs to itself alone. Raises
    TruthUnusable.
    """
    if column not in records.rows.columns:
        there = ", ".join(map(str, records.rows.columns))
        raise TruthUnusable(f"--truth: neither a file nor a column: {column!r} (there are: {there})")
    values = records.rows[column]
    if pattern is not None:
        values = values.map(lambda cell: _first_group(_compiled(pattern), cell))
    return _labels(values)


def truth_of_pairs(records: Records, path: Path) -> Labels:
    """The closure of the pairs of a file, whose columns stand in the order of the files of records.

    Raises TruthUnusable where a pair names a record that is in no file.
    """
    pairs = read_records([path]).rows
    if pairs.shape[1] < 2:
        raise TruthUnusable(f"{path}: has one column; a pair takes two")
    last = int(records.file.max())
    if last > 1:
        raise TruthUnusable(f"{path}: pairs are of one or two files of records, not of {last + 1}")
    left = _rows_of(records, 0, pairs.iloc[:, 0], path)
    right = _rows_of(records, last, pairs.iloc[:, 1], path)
    joined = left.merge(right, on="pair", suffixes=("_left", "_right"))
    edges = joined[["row_left", "row_right"]].to_numpy(dtype=np.int64)
    return components(len(records.rows), edges)


def _rows_of(records: Records, file: int, keys: pd.Series, path: Path) -> pd.DataFrame:
    """The rows that each pair's key names; a key that stands twice names both."""
    here = records.file == file
    rows = pd.DataFrame({"key": records.key[here].astype(str), "row": np.flatnonzero(here)})
    asked = pd.DataFrame({"key": keys.fillna("").astype(str), "pair": np.arange(len(keys))})
    missing = asked.loc[~asked["key"].isin(rows["key"]), "key"]
    if len(missing):
        elsewhere = missing.isin(records.key[~here].astype(str)).mean() > 0.5
        raise TruthUnusable(
            f"{path}: {len(missing)} keys are in no record"
            f"{' of their file but in the other' if elsewhere else ''}, such as {missing.iloc[0]!r}"
            f"{'; name the files in the order of the columns' if elsewhere else ''}"
        )
    return asked.merge(rows, on="key")[["pair", "row"]]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise TruthUnusable(f"--truth-pattern: not a regular expression: {error}") from error
    if compiled.groups < 1:
        raise TruthUnusable("--truth-pattern: has no group; put what is equal in brackets")
    return compiled


def _first_group(pattern: re.Pattern[str], cell: str | None) -> str | None:
    found = pattern.search(cell) if cell is not None else None
    return found[1] if found else None


def _labels(values: pd.Series) -> Labels:
    codes = pd.factorize(values)[0].astype(np.int64)
    alone = codes < 0
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    return codes
