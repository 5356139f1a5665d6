"""Small damage to a table: emptied fields, broken dates, references to nothing, rows written twice."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from simulate.config import Ints, SimulationConfig
from simulate.streams import stream

EMPTY = ("", "", "", "NULL", "?")
BAD_DATES = ("0000-00-00", "2024-13-45", "unknown", "31.02.2024")


class Blemishes:
    """Damages tables, scaled by `dirt`; at dirt 0 every method returns what it was given."""

    def __init__(self, config: SimulationConfig, name: str) -> None:
        self.dirt = config.dirt
        self.rng: Generator = stream(config.seed, f"blemishes {name}")

    def _hit(self, count: int, share: float) -> Ints:
        return np.flatnonzero(self.rng.random(count) < share * self.dirt)

    def empty(self, table: pd.DataFrame, shares: dict[str, float]) -> pd.DataFrame:
        """Empty that share (at dirt 1) of each named column: blank, `NULL` or `?`."""
        result = table.copy(deep=False)
        for column, share in shares.items():
            values, rows = table[column].to_numpy(dtype=object, copy=True), self._hit(len(table), share)
            values[rows] = self.rng.choice(np.array(EMPTY, dtype=object), size=len(rows))
            result[column] = values
        return result

    def replace(
        self, table: pd.DataFrame, column: str, share: float, values: tuple[str, ...]
    ) -> pd.DataFrame:
        """Write one of `values` into that share (at dirt 1) of a column."""
        cells, rows = table[column].to_numpy(dtype=object, copy=True), self._hit(len(table), share)
        cells[rows] = self.rng.choice(np.array(values, dtype=object), size=len(rows))
        result = table.copy(deep=False)
        result[column] = cells
        return result

    def break_dates(self, table: pd.DataFrame, column: str, share: float) -> pd.DataFrame:
        """Make that share (at dirt 1) of a date column unreadable."""
        return self.replace(table, column, share, BAD_DATES)

    def repeat(self, table: pd.DataFrame, share: float) -> pd.DataFrame:
        """Write that share (at dirt 1) of the rows twice, the second right after the first."""
        rows = np.sort(np.concatenate([np.arange(len(table)), self._hit(len(table), share)]))
        return table.iloc[rows]
