"""The answer to "who can introduce us": paths over today's ties."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a path: ours (`Employee`) or a customer's (`Contact`)."""

    kind: Literal["Employee", "Contact"]
    person_id: str
    name: str | None
    title: str | None
    customer_id: str | None
    company: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path, with why it counts."""

    from_person: Person
    to_person: Person
    strength: float
    interactions: int
    last_at: datetime
    why: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WarmPath:
    """A chain of introductions; `strength` is the product of its steps' strengths (0…1)."""

    strength: float
    steps: tuple[Step, ...]
