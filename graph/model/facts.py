"""Facts: relationships that are true for a time and known from a time."""

from typing import ClassVar, Literal

from pydantic import Field

from graph.model.base import Fact, Instant

Role = Literal[
    "decision_maker",
    "economic_buyer",
    "technical_buyer",
    "user_buyer",
    "influencer",
    "champion",
    "blocker",
    "gatekeeper",
    "approver",
    "procurement",
]
"""Decision roles after Miller and Heiman's buying influences, with champion, blocker, gatekeeper,
approver (who must agree) and procurement (who negotiates and orders). Evaluators are technical buyers, users
user buyers."""

Level = Literal["none", "contact", "working", "trusted", "partner"]
"""How close we are, rising: nobody talks; we know each other; we work together; they confide in us;
they share their plans."""
Seniority = Literal["owner", "c_level", "vp", "director", "manager", "senior", "staff"]

Ends = tuple[tuple[str, str], ...]


class WorksAt(Fact):
    """Contact works at Customer, in a job."""

    type: ClassVar[str] = "WORKS_AT"
    ends: ClassVar[Ends] = (("Contact", "Customer"),)

    title: str | None = None
    seniority: Seniority | None = None
    department: str | None = None


class Departed(Fact):
    """Contact seems to have left the job at Customer, from `valid_from` on, though no end is recorded."""

    type: ClassVar[str] = "DEPARTED"
    ends: ClassVar[Ends] = (("Contact", "Customer"),)

    moved_to: str | None = None
    """Id of the customer where the person works now, where one is known."""


class ReportsTo(Fact):
    """Reports to a superior, formally or as inferred."""

    type: ClassVar[str] = "REPORTS_TO"
    ends: ClassVar[Ends] = (("Contact", "Contact"), ("Employee", "Employee"))


class Influences(Fact):
    """Informal influence of one person on another."""

    type: ClassVar[str] = "INFLUENCES"
    ends: ClassVar[Ends] = (("Contact", "Contact"),)

    strength: float | None = Field(default=None, ge=0.0, le=1.0)


class ConflictsWith(Fact):
    """Two people at odds."""

    type: ClassVar[str] = "CONFLICTS_WITH"
    ends: ClassVar[Ends] = (("Contact", "Contact"),)


class Referred(Fact):
    """Brought another in."""

    type: ClassVar[str] = "REFERRED"
    ends: ClassVar[Ends] = (("Contact", "Contact"), ("Customer", "Customer"))
    anchor: ClassVar[Literal["start", "end"]] = "end"


class HasRole(Fact):
    """A person's part in a decision: on one opportunity, or for the customer as a whole."""

    type: ClassVar[str] = "HAS_ROLE"
    ends: ClassVar[Ends] = (("Contact", "Opportunity"), ("Contact", "Customer"))

    role: Role
    stance: int | None = Field(default=None, ge=-2, le=2)
    """From −2 (works against us) to +2 (works for us)."""
    influence: float | None = Field(default=None, ge=0.0, le=1.0)
    decision_power: float | None = Field(default=None, ge=0.0, le=1.0)
    """Derived: how likely the person decides, by position, past parts, behaviour and place among the ties."""


class ParentOf(Fact):
    """Group parent of a subsidiary."""

    type: ClassVar[str] = "PARENT_OF"
    ends: ClassVar[Ends] = (("Customer", "Customer"),)
    anchor: ClassVar[Literal["start", "end"]] = "end"


class PartnerOf(Fact):
    """Business partners."""

    type: ClassVar[str] = "PARTNER_OF"
    ends: ClassVar[Ends] = (("Customer", "Customer"),)


class Owns(Fact):
    """Employee is responsible for an account, deal, lead, ticket or task."""

    type: ClassVar[str] = "OWNS"
    ends: ClassVar[Ends] = (
        ("Employee", "Customer"),
        ("Employee", "Opportunity"),
        ("Employee", "Lead"),
        ("Employee", "Ticket"),
        ("Employee", "Task"),
    )
    anchor: ClassVar[Literal["start", "end"]] = "end"


class Absent(Fact):
    """Employee is away for a time; the end is who stands in, the same employee where nobody does.

    Why somebody is away is not kept: it may be an illness.
    """

    type: ClassVar[str] = "ABSENT"
    ends: ClassVar[Ends] = (("Employee", "Employee"),)


class Assigned(Fact):
    """Employee looks after a record, as a rule of assignment says where nobody was named."""

    type: ClassVar[str] = "ASSIGNED"
    ends: ClassVar[Ends] = (("Employee", "Ticket"), ("Employee", "Lead"), ("Employee", "Alert"))
    anchor: ClassVar[Literal["start", "end"]] = "end"

    rule_id: str
    rule_version: int
    queue: str | None = None
    turn: int | None = None
    """Which record it is that the rule gave, counted from 1."""
    figures: str | None = None
    """Why this one of us: the rule's names, the values of its customer, the choice, as JSON."""


class Consents(Fact):
    """A person's consent to a purpose (decision record 0003); withdrawn consent gets `valid_to`."""

    type: ClassVar[str] = "CONSENTS"
    ends: ClassVar[Ends] = (("Contact", "Purpose"),)

    channel: str | None = None
    legal_basis: Literal[
        "consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"
    ] = "consent"
    given_at: Instant | None = None
    withdrawn_at: Instant | None = None
    expires_at: Instant | None = None


class Knows(Fact):
    """A tie between two people, derived from interactions: a cache of today."""

    type: ClassVar[str] = "KNOWS"
    ends: ClassVar[Ends] = (("Employee", "Contact"), ("Employee", "Employee"), ("Contact", "Contact"))
    anchor: ClassVar[Literal["start", "end"]] = "end"

    strength: float = Field(ge=0.0, le=1.0)
    """As of `derived_at`; read later, `1 − strength` is taken to the power `2^(−days / half_life_days)`."""
    raw: float = Field(ge=0.0)
    """The decayed weight of all interactions at `derived_at`, each further one adding less, before it is
    squashed to 0…1."""
    derived_at: Instant
    """The last contact: what stands does not change until there is another."""
    half_life_days: float
    last_at: Instant
    fades_at: Instant | None = None
    """From when it is too faint to keep."""
    interactions: int
    mutual: float = 0.0
    """Decayed weight at `derived_at` of what both did alike, such as meetings."""
    forth: float = 0.0
    """Of mails from the start to the end."""
    back: float = 0.0
    """Of mails from the end to the start."""
    channels: tuple[str, ...] = ()
    """Interactions by channel, such as `email:12`."""
    digest: str | None = None
    """Of all its values: what derive compares."""


class Relationship(Fact):
    """How we stand with a customer or a contact, and how we want to stand, as one of us judges."""

    type: ClassVar[str] = "RELATIONSHIP"
    ends: ClassVar[Ends] = (("Employee", "Customer"), ("Employee", "Contact"))
    anchor: ClassVar[Literal["start", "end"]] = "end"

    current: Level | None = None
    wanted: Level | None = None


class Offered(Fact):
    """A product was suggested to a customer, and what came of it, as one of us says.

    One that is dismissed is not offered while the fact is true: for good where it has no end.
    """

    type: ClassVar[str] = "OFFERED"
    ends: ClassVar[Ends] = (("Customer", "Product"),)

    outcome: Literal["shown", "clicked", "accepted", "dismissed", "reopened"]
    dismissal: str | None = None
    """Why it was dismissed, such as `has_it`."""
    recommendation_id: str | None = None
    model_id: str | None = None
    """Which suggestion of which model it was."""


class Tagged(Fact):
    """Carries a tag for a time."""

    type: ClassVar[str] = "TAGGED"
    ends: ClassVar[Ends] = (("Customer", "Tag"), ("Contact", "Tag"))

    rule_version: int | None = None
    """Of the rule that set it; None: somebody did."""
    figures: str | None = None
    """The values that fulfilled the rule when it was set, as JSON."""


class InSegment(Fact):
    """Belongs to a segment for a time."""

    type: ClassVar[str] = "IN_SEGMENT"
    ends: ClassVar[Ends] = (("Customer", "Segment"),)

    rule_version: int | None = None
    figures: str | None = None
    """The values that fulfilled the rule when it was set, as JSON."""


class MayBeSameAs(Fact):
    """Two records that linking neither merges nor tells apart; `confidence` is how probable one is.

    It waits until a person decides, and is withdrawn where the evidence no longer speaks for it.
    """

    type: ClassVar[str] = "MAY_BE_SAME_AS"
    ends: ClassVar[Ends] = (("Customer", "Customer"), ("Contact", "Contact"))

    weights: str | None = None
    """What each comparison says, as JSON text: `[{field, one, other, bits}]`."""
