"""The answer to "who decides": members, links between them, and the gaps in our coverage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson

from graph.alert.playbook import Language, message
from graph.departure import SURE, Presumed

GapKind = Literal[
    "no_decision_maker",
    "decision_maker_uncovered",
    "no_champion",
    "single_threaded",
    "hostile_uncovered",
    "stale_contact",
    "key_person_left",
]
Severity = Literal["critical", "warning", "info"]
LinkKind = Literal["REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH"]


@dataclass(frozen=True, slots=True)
class Cover:
    """One of our people who knows a member, with the tie's strength (0…1) decayed to the day of reading."""

    employee_id: str
    name: str | None
    email: str | None
    team: str | None
    role: str | None
    strength: float
    last_contact_at: datetime
    interactions: int
    evidence: tuple[str, ...]
    evidence_count: int


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the chain. `role` and what follows are null for a manager who holds no role."""

    contact_id: str
    name: str | None
    email: str | None
    phone: str | None
    mobile: str | None
    title: str | None
    department: str | None
    seniority: str | None
    role: str | None
    other_roles: tuple[str, ...]
    scope: Literal["opportunity", "customer"] | None
    """Whether the role is stated for this opportunity or for the account as a whole."""
    stance: int | None
    influence: float | None
    decision_power: float | None
    """How likely the person decides at the account (0…1), by position, past parts, behaviour and place among
    the ties, whatever role is stated; None where nothing was learned."""
    basis: str | None
    confidence: float | None
    method: str | None
    source: str | None
    since: datetime | None
    evidence: tuple[str, ...]
    evidence_count: int
    departure: Presumed | None
    """That the person seems to have left, though no end of the job is recorded."""
    covered_by: tuple[Cover, ...]

    @property
    def roles(self) -> frozenset[str]:
        """Every role that counts for the person there."""
        return frozenset(role for role in (self.role, *self.other_roles) if role is not None)

    @property
    def seems_gone(self) -> bool:
        """Likelier than not the person has left, though no end of the job is recorded."""
        return self.departure is not None and self.departure.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two people of the chain, by contact id."""

    from_id: str
    to_id: str
    kind: LinkKind
    basis: str
    confidence: float
    strength: float | None
    evidence: tuple[str, ...]
    evidence_count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing in our coverage; the same record stands as :Alert in the graph."""

    kind: GapKind
    severity: Severity
    message: str
    since: datetime
    contact_id: str | None
    evidence: tuple[str, ...]
    alert_id: str
    figures: str | None
    """What its message is told by, as JSON text: `graph.alert.playbook.message`."""

    def text(self, language: Language) -> str:
        """The message in a language; one that was kept without figures as it is."""
        figures = orjson.loads(self.figures) if self.figures else None
        return self.message if figures is None else message(self.kind, figures, language)


@dataclass(frozen=True, slots=True)
class DecisionChain:
    """The chain of an opportunity, or of the account when `opportunity_id` is null, as of one moment."""

    customer_id: str
    opportunity_id: str | None
    opportunity_name: str | None
    stage: str | None
    amount: float | None
    currency: str | None
    as_of: datetime
    members: tuple[Member, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
