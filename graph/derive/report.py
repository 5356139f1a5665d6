"""What a derive did."""

from dataclasses import dataclass
from datetime import datetime

from graph.tie.model import Calibration


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind: how many stand now, how many were written because new or changed, how many were removed.

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
    calibration: Calibration
    counts: dict[str, Counts]
    seconds: dict[str, float]
