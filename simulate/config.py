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

    `until`: the exports are those of that day's evening, not of the last one's. `since`: they hold only what
    is new or has changed after that day's evening, as a weekly export does.
    Raises `UsageError` for a value that cannot be meant.
    """

    customers: int
    seed: int = 7
    dirt: float = 0.5
    relational: bool = True
    end: date = DEFAULT_END
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if not 50 <= self.customers <= 1_000_000:
            raise UsageError(f"--customers {self.customers}: give a number from 50 to 1000000")
        if not 0.0 <= self.dirt <= 1.0:
            raise UsageError(f"--dirt {self.dirt}: give a number from 0 (clean) to 1 (filthy)")
        if not 0 <= self.seed < 2**63:
            raise UsageError(f"--seed {self.seed}: give a whole number from 0 up")
        if not 1995 <= self.end.year <= 2200:
            raise UsageError(f"--end {self.end}: give a day from 1995 to 2200")
        for option, day in (("--since", self.since), ("--until", self.until)):
            if day is not None and not self.start <= day <= self.end:
                raise UsageError(f"{option} {day}: give a day of the history, {self.start} to {self.end}")
        if self.shown_from >= self.shown_to:
            raise UsageError(f"--since {self.since} is not before the last day shown; nothing would be left")

    @property
    def start(self) -> date:
        """The first day of history: three years and a day before the last."""
        return date.fromordinal(self.end.toordinal() - self.days + 1)

    @property
    def days(self) -> int:
        """Length of the history in days."""
        return 1096

    @property
    def shown_from(self) -> int:
        """Number of the first day whose events and changes are exported; far back where all are."""
        return -(10**6) if self.since is None else (self.since - self.start).days + 1

    @property
    def shown_to(self) -> int:
        """Number of the day after the exports: nothing of it or later stands in them."""
        return self.days if self.until is None else (self.until - self.start).days + 1

    @property
    def period_days(self) -> float:
        """Length of one period in days."""
        return self.days / PERIODS
