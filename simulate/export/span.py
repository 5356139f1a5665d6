"""Which rows an export of some days holds: what was there by its end and is new or changed in its days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulate.config import Ints

CREATED, CHANGED = "_created", "_changed"
"""Columns of a dated table, in days from the first day of history; they are not written."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to the one before `end`."""

    first: int
    end: int


def dated(table: pd.DataFrame, created: Ints, changed: Ints | None = None) -> pd.DataFrame:
    """The table with the day on which each row came to be and the last on which it changed (unless said, the
    same)."""
    return table.assign(
        **{CREATED: created, CHANGED: created if changed is None else np.maximum(created, changed)}
    )


def within(table: pd.DataFrame, span: Span | None) -> pd.DataFrame:
    """The rows of a dated table that belong to an export of `span` (all where there is none), undated."""
    if CREATED not in table:
        return table
    if span is not None:
        table = table[(table[CREATED] < span.end) & (table[CHANGED] >= span.first)]
    return table.drop(columns=[CREATED, CHANGED])
