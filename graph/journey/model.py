"""A journey as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

MilestoneKind = Literal[
    "first_contact", "first_meeting", "first_deal", "first_won", "first_lost", "first_order", "repeat_order",
    "first_ticket", "last_order",
]  # fmt: skip
StageName = Literal["contact", "deal", "customer", "regular", "lapsed"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened for the first time (of orders also the last one); `record` is its typed id."""

    kind: MilestoneKind
    at: datetime
    record: str


class Span(NamedTuple):
    """When an account was in a stage; until: when the next began, None for the one that goes on."""

    name: StageName
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A span, and how it compares.

    days: how long it lasted, or has lasted so far. peers_median: of how many days it lasted at those of the
    `peers` who have left it.
    """

    name: StageName
    since: datetime
    until: datetime | None
    days: float
    peers_median: float | None
    peers: int


@dataclass(frozen=True, slots=True)
class Journey:
    """Milestones by day, stages in their order.

    compared_with: the segment or the industry of the peers, None: any accounts.
    """

    customer_id: str
    as_of: datetime
    milestones: tuple[Milestone, ...]
    stages: tuple[Stage, ...]
    compared_with: str | None
