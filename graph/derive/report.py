"""What a derive did."""

from dataclasses import dataclass
from datetime import datetime

from graph.tie.model import Calibration


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind, among what was looked at: how many stand, were written (new or changed), were removed.

    For gaps, removed are those closed because they are solved.
    """

    standing: int = 0
    written: int = 0
    removed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.standing + other.standing, self.written + other.written, self.removed + other.removed
        )


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """One derive: the moment it stands for, what it left by kind, seconds per step, the measure of ties."""

    now: datetime
    version: int
    """Number of the calibration."""
    calibration: Calibration
    whole: bool
    """Whether everything was looked at."""
    counts: dict[str, Counts]
    seconds: dict[str, float]
