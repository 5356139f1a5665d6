"""A group of companies as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Relation = Literal["self", "parent", "subsidiary", "sister", "relative"]


@dataclass(frozen=True, slots=True)
class GroupOwner:
    """One of us who is responsible for a part of the group."""

    employee_id: str
    name: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class GroupDecider:
    """Somebody who decides there, for the company or on one of its open deals."""

    contact_id: str
    name: str | None
    title: str | None
    role: str
    basis: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ParentLink:
    """What says that a company is a part of another: the best founded of its facts."""

    basis: str
    confidence: float
    method: str | None
    """Of an inferred one, such as `branch:name`."""


@dataclass(frozen=True, slots=True)
class GroupCompany:
    """A company of the group in its place; `relation` is what it is to the customer asked for.

    level: 0 for the head of the group. A parent is one above the customer at any distance, a subsidiary one
    below, a sister one with the same parent. parent_link: what says that it is its parent's.
    """

    customer_id: str
    name: str | None
    parent_id: str | None
    parent_link: ParentLink | None
    level: int
    relation: Relation
    owners: tuple[GroupOwner, ...]
    deciders: tuple[GroupDecider, ...]
    open_deals: int | None
    """None of a company outside of the rows of whoever asks."""


@dataclass(frozen=True, slots=True)
class Connected:
    """Another company that is no part of the group: a partner, or one of which one brought the other in."""

    kind: Literal["partner", "referrer", "referred"]
    customer_id: str
    name: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The group of a customer, from its head downward, and companies connected with the customer.

    whole: False where it has more companies than are read. shared: whoever of us owns another part of it and
    not the customer itself, by id: they may call at the same doors.
    """

    customer_id: str
    as_of: datetime
    companies: tuple[GroupCompany, ...]
    connected: tuple[Connected, ...]
    shared: tuple[GroupOwner, ...]
    whole: bool
