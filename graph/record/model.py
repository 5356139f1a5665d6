"""A record: its values, and what it belongs to and holds; a timeline: records by their moments."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.item import FieldOf

Value = str | int | float | bool | datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that this one belongs to, holds or concerns; the numbers are those of a line."""

    relation: str
    kind: str
    record_id: str
    name: str | None
    detail: str | None = None
    """The title of a job, a decision role, the part in an interaction, or how an item is linked."""
    line: int | None = None
    quantity: float | None = None
    amount: float | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Of a job, a role or an item's link: when it began and ended."""


@dataclass(frozen=True, slots=True)
class Record:
    """Any node that an answer may name: its label, its id, its values by name, and its links."""

    kind: str
    record_id: str
    name: str | None
    values: tuple[tuple[str, Value], ...]
    links: tuple[Link, ...]
    fields: Mapping[str, FieldOf] = field(default_factory=dict)
    """What is declared of its custom attributes, by name."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The entries of each value that is a list, which `values` tells in one text, by name."""

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
