"""Introductions as values: ways to a person, and requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from graph.warm_path.model import Person

LinkKind = Literal["knows", "team", "colleague", "former_colleague", "referred", "group", "referred_company"]
RequestState = Literal["asked", "made", "declined"]
REQUEST_STATES: tuple[RequestState, ...] = get_args(RequestState)


@dataclass(frozen=True, slots=True)
class IntroductionStep:
    """One link of a way: how the two are connected, since or until when, and what that rests on.

    at: of a tie the last contact; None where no day is known.
    """

    kind: LinkKind
    from_person: Person
    to_person: Person
    strength: float
    at: datetime | None
    why: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A way from one of us to the person; `strength` (0…1) is the product of its steps'."""

    strength: float
    steps: tuple[IntroductionStep, ...]


@dataclass(frozen=True, slots=True)
class IntroductionRequest:
    """Somebody of us asked another, or a contact, to introduce them to a contact, and what came of it."""

    introduction_id: str
    state: RequestState
    contact_id: str
    contact_name: str | None
    asked_by: str
    asked_at: datetime
    through: str
    """Typed id of who was asked."""
    note: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    interaction_id: str | None
    """Where it was made: the talk that ties the two from then on."""
