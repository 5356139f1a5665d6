"""A day of an employee, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from graph.absence import Away, StandingIn

ItemKind = Literal["alert", "risk", "deal", "meeting", "offer", "task", "confirm"]
WARNINGS: frozenset[ItemKind] = frozenset({"alert", "risk", "deal"})
"""Items that say that something is wrong."""
AGREEMENT, MOST_AGREEING = 0.5, 2
"""Two independent signs at one account say more than either; a judgement."""
Currency = str
Worth = dict[tuple[str, Currency], float]
"""Amount by the id of a customer or deal and its currency; currencies are never added."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of the other side who takes part in a meeting."""

    contact_id: str
    name: str | None
    title: str | None
    customer_id: str | None
    customer_name: str | None
    roles: tuple[str, ...]
    unknown: bool
    """No role of the person is known, and none of us was in touch before."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, visit or call of the day."""

    interaction_id: str
    at: datetime
    channel: str
    subject: str | None
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is about; ids of records, None where it is about nothing of that kind."""

    customer_id: str | None = None
    customer_name: str | None = None
    alert_id: str | None = None
    opportunity_id: str | None = None
    contact_id: str | None = None
    task_id: str | None = None
    product_id: str | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may become an item, with the parts of its score, each 0…1.

    sign: what kind of warning it is, of an alert the alert's own kind. agreeing: how many other signs there
    are at the account. chance: how likely what a warning is about comes to pass (`graph.day.chance`).
    time_left: whether there is time to act on it (`graph.day.time_left`).
    """

    kind: ItemKind
    reason: str
    what_to_do: tuple[str, ...]
    due: datetime | None
    subject: Subject
    severity: float
    value: float
    urgency: float
    evidence: tuple[str, ...] = ()
    sign: str = ""
    agreeing: int = 0
    chance: float = 1.0
    time_left: float = 1.0

    @property
    def kind_shown(self) -> str:
        """What it is like, to a reader who wants no list of ten alike."""
        return self.sign or self.kind

    @property
    def score(self) -> float:
        """The product of all parts; half as much again for each agreeing sign, at most two."""
        agreement = 1.0 + AGREEMENT * min(self.agreeing, MOST_AGREEING)
        return self.severity * self.value * self.urgency * self.chance * self.time_left * agreement


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate in its place of the day; `weight` is its score after those before it were taken."""

    rank: int
    weight: float
    what: Candidate


@dataclass(frozen=True, slots=True)
class MyDay:
    """The items of a day; `as_of` is the moment that they were read at."""

    employee_id: str
    day: date
    time_zone: str
    as_of: datetime
    items: tuple[Item, ...]
    notes: tuple[str, ...]
    """What of a past day's answer is today's."""
    away: Away | None = None
    """That the employee is away that day."""
    stands_in_for: tuple[StandingIn, ...] = ()
    """Who is away that day, and is represented by the employee."""
