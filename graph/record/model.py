"""A record: its values, and what it belongs to and holds; a timeline: records by their moments."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

Value = str | int | float | bool | datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that this one belongs to, holds or concerns; the numbers are those of a line."""

    relation: str
    kind: str
    record_id: str
    name: str | None
    detail: str | None = None
    """The title of a job, a decision role, or the part in an interaction."""
    line: int | None = None
    quantity: float | None = None
    amount: float | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Of a job or role: when it began and ended."""


@dataclass(frozen=True, slots=True)
class Record:
    """Any node that an answer may name: its label, its id, its values by name, and its links."""

    kind: str
    record_id: str
    name: str | None
    values: tuple[tuple[str, Value], ...]
    links: tuple[Link, ...]

    @property
    def version(self) -> str:
        """Another one as soon as what its reader may see of the record is another."""
        links = sorted(repr(link) for link in self.links)
        return hashlib.sha256(repr((self.values, links)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Event:
    """A record on a timeline."""

    kind: str
    record_id: str
    at: datetime
    name: str | None
    amount: float | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events, newest first; `cursor` continues after the last, None where nothing follows."""

    events: tuple[Event, ...]
    cursor: str | None
