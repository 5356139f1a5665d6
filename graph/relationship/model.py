"""Relationship levels and stances over time, as values."""

from dataclasses import dataclass
from datetime import datetime

from graph.model import Level


@dataclass(frozen=True, slots=True)
class LevelStatement:
    """What an employee judged, from `since` until another statement took its place."""

    current: Level | None
    wanted: Level | None
    since: datetime
    until: datetime | None
    by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How we stand with `subject` (the typed id of the customer or a contact); the newest statement first."""

    subject: str
    name: str | None
    history: tuple[LevelStatement, ...]

    @property
    def now(self) -> LevelStatement | None:
        """The statement that holds."""
        return next((one for one in self.history if one.until is None), None)


@dataclass(frozen=True, slots=True)
class StanceStatement:
    """A contact's part in a decision for a time; `about`: typed id of the deal or of the account."""

    contact_id: str
    name: str | None
    about: str
    role: str
    stance: int | None
    influence: float | None
    basis: str
    source: str
    since: datetime
    until: datetime | None
    dismissed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Relationships:
    """Of an account as of a moment: levels, its own first; stances by contact, the newest first."""

    customer_id: str
    as_of: datetime
    standings: tuple[Standing, ...]
    stances: tuple[StanceStatement, ...]
