"""The parts of a customer's profile."""

from datetime import datetime
from typing import Self

import strawberry

from graph.profile import model as domain
from graphql_api.features.enums import Basis, Trend
from graphql_api.features.field import all_shaped, shaped


@strawberry.type(
    description="A custom attribute; exactly one of `text`, `number`, `flag` is set, by its type."
)
class Attribute:
    """A value declared in the mapping, not in the code."""

    name: str
    text: str | None = None
    number: float | None = None
    flag: bool | None = None

    @classmethod
    def of(cls, name: str, value: str | float | bool) -> Self:
        """From a name and its value."""
        if isinstance(value, bool):
            return cls(name=name, flag=value)
        return cls(name=name, text=value) if isinstance(value, str) else cls(name=name, number=value)


@strawberry.type(description="A tag, in a dimension.")
class Tag:
    """`nameZh` is its Chinese name."""

    tag_id: strawberry.ID
    name: str
    name_zh: str | None
    dimension: str


@strawberry.type(
    description="One part of the health score: value 0…100, its weight, what it was computed from."
)
class HealthPart:
    """`text` says it in words."""

    name: str
    value: float
    weight: float
    text: str


@strawberry.type(
    description="Health 0…100 (weighted mean of the parts) and the direction of the last half year."
)
class Health:
    """How the relation with a customer is going."""

    score: float
    trend: Trend
    parts: list[HealthPart]

    @classmethod
    def of(cls, health: domain.Health) -> "Health":
        """From the domain's value."""
        return cls(score=health.score, trend=Trend(health.trend), parts=all_shaped(HealthPart, health.parts))


@strawberry.type(description="Service in numbers, up to the moment of reading.")
class Tickets:
    """Counts; `satisfaction` is the mean of the answers given."""

    total: int
    open: int
    breached: int
    satisfaction: float | None
    last_opened_at: datetime | None


@strawberry.type(description="An amount in one currency; the currency is null where the source names none.")
class Money:
    """A sum of money."""

    currency: str | None
    amount: float


@strawberry.type(
    description="Orders (sales) and net amount of a calendar year; several currencies: `amount` is null."
)
class OrderYear:
    """Years are those of UTC."""

    year: int
    orders: int
    amount: float | None
    currency: str | None
    amounts: list[Money]

    @classmethod
    def of(cls, year: domain.YearOfOrders) -> "OrderYear":
        """From the domain's value."""
        return shaped(cls, year, amounts=all_shaped(Money, year.amounts))


@strawberry.type(
    description="Orders in numbers, up to the moment of reading, net of returns. Currencies are never added: "
    "where there are several, `amount` is null, `amountNote` says why, and `amounts` has a sum for each."
)
class Orders:
    """Counts and sums."""

    orders: int
    returns: int
    amount: float | None
    currency: str | None
    amounts: list[Money]
    amount_note: str | None
    first_at: datetime | None
    last_at: datetime | None
    by_year: list[OrderYear]

    @classmethod
    def of(cls, orders: domain.Orders) -> "Orders":
        """From the domain's value."""
        return shaped(
            cls,
            orders,
            amounts=all_shaped(Money, orders.amounts),
            by_year=[OrderYear.of(year) for year in orders.by_year],
        )


@strawberry.type(description="An opportunity; `closedAt` and `outcome` are null before they happened.")
class Opportunity:
    """A deal of the customer."""

    opportunity_id: strawberry.ID
    name: str | None
    stage: str | None
    amount: float | None
    currency: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: str | None


@strawberry.type(description="A related company: `kind` is parent, subsidiary or partner.")
class Related:
    """How, and how we know."""

    customer_id: strawberry.ID
    name: str
    kind: str
    basis: Basis
    confidence: float

    @classmethod
    def of(cls, related: domain.Related) -> "Related":
        """From the domain's value."""
        return shaped(cls, related, basis=Basis(related.basis))


@strawberry.type(description="A source row that values came from.")
class Origin:
    """Which system, which table, which row, known since when."""

    record_id: strawberry.ID
    source: str
    dataset: str
    source_key: str
    known_from: datetime
