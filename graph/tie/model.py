"""Ties between people: what is counted and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

PersonKind = Literal["Employee", "Contact"]


class Participation(NamedTuple):
    """One person in one interaction; `part` is `from`, `to`, `cc`, `organizer`, `attendee` or null."""

    interaction_id: str
    at: datetime
    channel: str
    kind: PersonKind
    person_id: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The measuring stick of all ties of a company, taken from its own data.

    half_life_days: silence after which the weight of contacts halves. scale: raw weight of `1 − 1/e`
    strength. shape: how much of more contact counts, `raw ∝ weight^shape`, at most 1.
    """

    half_life_days: float
    scale: float
    shape: float = 1.0

    @property
    def raw_half_life_days(self) -> float:
        """Silence after which the raw weight of a tie halves: longer, as more contact counts for less."""
        return self.half_life_days / self.shape


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of two people; `Employee` stands first, of equals the smaller id.

    raw: decayed weight of all interactions with diminishing returns (`Calibration.shape`); strength: 0…1.
    """

    start_kind: PersonKind
    start_id: str
    end_kind: PersonKind
    end_id: str
    raw: float
    strength: float
    first_at: datetime
    last_at: datetime
    interactions: int
    evidence: tuple[str, ...]
    """The newest 20 typed interaction ids, newest first."""
