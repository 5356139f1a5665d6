"""A journey as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

MilestoneKind = Literal[
    "first_contact", "first_meeting", "first_deal", "first_won", "first_lost", "first_order", "repeat_order",
    "first_ticket", "last_order",
]  # fmt: skip
StageName = Literal["contact", "deal", "customer", "regular", "lapsed"]
STAGES: tuple[StageName, ...] = get_args(StageName)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened for the first time (of orders also the last one); `record` is its typed id."""

    kind: MilestoneKind
    at: datetime
    record: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage from `since` until the next began; None for the one that goes on.

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
    """Milestones by day, stages in their order; `compared_with` is the industry of the peers, None: all."""

    customer_id: str
    as_of: datetime
    milestones: tuple[Milestone, ...]
    stages: tuple[Stage, ...]
    compared_with: str | None
