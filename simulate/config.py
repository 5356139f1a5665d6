"""The settings of a simulation, checked."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.errors import UsageError

PERIODS = 36
"""The history is cut into 36 periods of equal length (about a month); rates are constant within one."""

DEFAULT_END = date(2025, 12, 31)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Strings = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class SimulationConfig:
    """Size, seed, dirt (0 clean … 1 filthy), whether links matter, and the last day of the three years.

    Raises `UsageError` for a value that cannot be meant.
    """

    customers: int
    seed: int = 7
    dirt: float = 0.5
    relational: bool = True
    end: date = DEFAULT_END

    def __post_init__(self) -> None:
        if not 50 <= self.customers <= 1_000_000:
            raise UsageError(f"--customers {self.customers}: give a number from 50 to 1000000")
        if not 0.0 <= self.dirt <= 1.0:
            raise UsageError(f"--dirt {self.dirt}: give a number from 0 (clean) to 1 (filthy)")
        if not 0 <= self.seed < 2**63:
            raise UsageError(f"--seed {self.seed}: give a whole number from 0 up")
        if not 1995 <= self.end.year <= 2200:
            raise UsageError(f"--end {self.end}: give a day from 1995 to 2200")

    @property
    def start(self) -> date:
        """The first day of history: three years and a day before the last."""
        return date.fromordinal(self.end.toordinal() - self.days + 1)

    @property
    def days(self) -> int:
        """Length of the history in days."""
        return 1096

    @property
    def period_days(self) -> float:
        """Length of one period in days."""
        return self.days / PERIODS
