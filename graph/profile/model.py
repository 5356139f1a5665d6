"""The answer to "what do we know of this customer", as of one moment.

What a page holds by the hundred is not frozen: Python takes six times as long to make a frozen one. Nothing
changes it all the same.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph.departure import Presumed

MatchBy = Literal[
    "id", "alias", "tax_id", "name", "short_name", "spelling", "prefix", "text", "part",
    "number", "mail", "domain", "phone", "pinyin", "brand", "initials", "similar", "words",
]  # fmt: skip
"""What of a customer answered; those of the second line are found by the search index alone."""
Order = Literal["name", "risk"]
PartOfHealth = Literal["recency", "trend", "tickets", "coverage"]
NodeKind = Literal["Customer", "Contact", "Employee", "Opportunity"]


@dataclass(slots=True, unsafe_hash=True)
class Company:
    """The customer's own values."""

    customer_id: str
    name: str
    short_name: str | None = None
    tax_id: str | None = None
    industry: str | None = None
    region: str | None = None
    city: str | None = None
    country: str | None = None
    employees: int | None = None
    revenue: float | None = None
    currency: str | None = None
    domains: tuple[str, ...] = ()
    website: str | None = None
    phone: str | None = None
    lifecycle_stage: str | None = None
    created_at: datetime | None = None
    attributes: tuple[tuple[str, str | int | float | bool], ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class Colleague:
    """A contact in a job at the customer; without details only who it is, and the title."""

    contact_id: str
    name: str | None
    title: str | None
    email: str | None = None
    phone: str | None = None
    mobile: str | None = None
    department: str | None = None
    seniority: str | None = None
    since: datetime | None = None
    basis: str | None = None
    confidence: float | None = None
    departure: Presumed | None = None
    """That the person seems to have left, though no end of the job is recorded."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One of our people responsible for the account."""

    employee_id: str
    name: str | None
    email: str | None
    team: str | None
    role: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Related:
    """A related company."""

    customer_id: str
    name: str
    kind: Literal["parent", "subsidiary", "partner"]
    basis: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tickets:
    """Service in numbers, up to the moment of reading."""

    total: int
    open: int
    breached: int
    satisfaction: float | None
    last_opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217); the currency is None where the source names none."""

    currency: str | None
    amount: float


@dataclass(frozen=True, slots=True)
class YearOfOrders:
    """Orders (sales) of a calendar year (UTC) and their net amount, None where it has several currencies."""

    year: int
    orders: int
    amount: float | None
    currency: str | None
    amounts: tuple[Money, ...]
    """The net amount in each currency."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders in numbers, up to the moment of reading; amounts are net of returns.

    `amount` and `currency` are None where the orders have several currencies, which are never added up:
    `amounts` holds one sum for each, and `amount_note` says why there is no single one.
    """

    orders: int
    returns: int
    amount: float | None
    currency: str | None
    amounts: tuple[Money, ...]
    amount_note: str | None
    first_at: datetime | None
    last_at: datetime | None
    by_year: tuple[YearOfOrders, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity of the customer; `closed_at` and `outcome` are null before they happened."""

    opportunity_id: str
    name: str | None
    stage: str | None
    amount: float | None
    currency: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag the customer carries."""

    tag_id: str
    name: str
    name_zh: str | None
    dimension: str
    description: str | None
    description_zh: str | None
    since: datetime
    until: datetime | None
    """Where it ends by itself."""
    basis: str
    figures: str | None
    """The values that fulfilled its rule when it was set, as JSON; None where somebody gave it."""
    rule_version: int | None
    weight: float
    """How much it matters beside others, 0…10."""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment that the customer belongs to."""

    segment_id: str
    name: str
    name_zh: str | None
    description: str | None
    description_zh: str | None
    method: str | None
    silhouette: float | None
    stability: float | None
    since: datetime
    figures: str | None
    rule_version: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """A source row that the values came from."""

    record_id: str
    source: str
    dataset: str
    source_key: str
    known_from: datetime


@dataclass(frozen=True, slots=True)
class HealthPart:
    """One part of the health score: its value 0…100, its weight, and what it was computed from."""

    name: PartOfHealth
    value: float
    weight: float
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Health:
    """Health 0…100 (weighted mean of the parts) and the direction of the last half year."""

    score: float
    trend: Literal["up", "flat", "down", "unknown"]
    parts: tuple[HealthPart, ...]
    weights_version: int = 0
    """0: the declared weights."""
    weights: str = "declared weights"
    """Where the weights of the parts come from."""
    weights_zh: str = "声明的权重"


@dataclass(frozen=True, slots=True)
class Match:
    """A customer that answers to what was asked, and by what."""

    customer_id: str
    name: str
    short_name: str | None
    by: MatchBy
    score: float


@dataclass(slots=True, unsafe_hash=True)
class NetworkNode:
    """A node of the picture around a customer; `node_id` is typed, such as `Contact:crm:17`."""

    node_id: str
    kind: NodeKind
    name: str | None


@dataclass(slots=True, unsafe_hash=True)
class NetworkEdge:
    """An edge of the picture, by node ids."""

    from_id: str
    to_id: str
    kind: str
    basis: str | None
    confidence: float | None
    strength: float | None


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges around a customer; `truncated` where the bound cut something off."""

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    truncated: bool
