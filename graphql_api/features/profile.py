"""The parts of a customer's profile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self

import orjson
import strawberry
from strawberry.scalars import JSON

from graph.account.payment_causes import Cause, causes_of_payments
from graph.customer_profile.table import faded_by
from graph.gap import Filled
from graph.item import FieldOf
from graph.profile import model as domain
from graphql_api.access.grant import Grant
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis, Locale, Trend
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import all_shaped, resolved


@strawberry.type(
    description="A custom attribute; exactly one of `text`, `number`, `flag` is set, by its type. `nameEn`, "
    "`nameZh` and `unit` are as the mapping declares them."
)
class Attribute:
    """A value declared in the mapping, not in the code."""

    name: str
    text: str | None = None
    number: float | None = None
    flag: bool | None = None
    name_en: str | None = None
    name_zh: str | None = None
    unit: str | None = None

    @classmethod
    def of(cls, name: str, value: str | float | bool) -> Self:
        """From a name and its value."""
        if isinstance(value, bool):
            return cls(name=name, flag=value)
        return cls(name=name, text=value) if isinstance(value, str) else cls(name=name, number=value)

    def declared(self, field: FieldOf | None) -> Self:
        """The same with what is declared of it, where something is."""
        if field is not None:
            self.name_en, self.name_zh, self.unit = field.name_en, field.name_zh, field.unit
        return self


@strawberry.type(
    description="A tag, in a dimension. `reason` holds the values that fulfilled its rule when it was set; "
    "it is null where somebody gave the tag. `id` leads to it by `node`."
)
class Tag:
    """`nameZh` is its Chinese name."""

    id: strawberry.ID
    tag_id: strawberry.ID
    name: str
    name_zh: str | None
    dimension: str
    description: str | None
    description_zh: str | None
    since: datetime
    until: datetime | None
    basis: Basis
    rule_version: int | None
    weight: float
    reason: JSON | None

    @classmethod
    def of(cls, tag: domain.TagView) -> "Tag":
        """From the domain's value."""
        return shaped(
            cls, tag, id=strawberry.ID(f"Tag:{tag.tag_id}"), basis=Basis(tag.basis), reason=_read(tag.figures)
        )


@strawberry.type(
    description="A group of customers, by a rule or found by a method (`kmeans-1`); of those found, how "
    "far they stand apart (`silhouette`, −1…1) and how much of them others find again (`stability`, 0…1)."
)
class Segment:
    """`reason` holds the values that fulfilled its rule when the customer came in, by field."""

    id: strawberry.ID
    segment_id: strawberry.ID
    name: str
    name_zh: str | None
    description: str | None
    description_zh: str | None
    method: str | None
    silhouette: float | None
    stability: float | None
    since: datetime
    rule_version: int | None
    reason: JSON | None

    @classmethod
    def of(cls, segment: domain.SegmentView) -> "Segment":
        """From the domain's value."""
        return shaped(
            cls,
            segment,
            id=strawberry.ID(f"Segment:{segment.segment_id}"),
            reason=_read(segment.figures),
        )


def _read(figures: str | None) -> JSON | None:
    return None if figures is None else orjson.loads(figures)


@strawberry.type(
    description="One part of the health score: value 0…100, its weight, what it was computed from."
)
class HealthPart:
    """A reading and its weight."""

    name: str
    value: float
    weight: float
    text_zh: str = strawberry.field(deprecation_reason="Ask for `text(locale: ZH)`.")
    found: strawberry.Private[domain.HealthPart]

    @classmethod
    def of(cls, part: domain.HealthPart) -> "HealthPart":
        """From the domain's value."""
        return shaped(cls, part, found=part)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It in words."""
        return self.found.text if locale is Locale.EN else self.found.text_zh


@strawberry.type(
    description="Health 0…100 (weighted mean of the parts) and the direction of the last half year. "
    "`weights` says which weights stood then: the declared ones (version 0), or those that somebody adopted."
)
class Health:
    """How the relation with a customer is going."""

    score: float
    trend: Trend
    parts: list[HealthPart]
    weights_version: int
    found: strawberry.Private[domain.Health]

    @classmethod
    def of(cls, health: domain.Health) -> "Health":
        """From the domain's value."""
        parts = [HealthPart.of(part) for part in health.parts]
        return shaped(cls, health, trend=Trend(health.trend), parts=parts, found=health)

    @resolved()
    def weights(self, locale: Locale = Locale.EN) -> str:
        """Which weights stood then."""
        return self.found.weights if locale is Locale.EN else self.found.weights_zh


@strawberry.type(description="Service in numbers, up to the moment of reading.")
class Tickets:
    """Counts; `satisfaction` is the mean of the answers given."""

    total: int
    open: int
    breached: int
    satisfaction: float | None
    last_opened_at: datetime | None


@strawberry.type(
    description="A value that nobody states and that others tell; a stated one always counts instead."
)
class InferredValue:
    """As the last derive left it. `confidence`: how often the same rules are right where it is stated."""

    field: str
    value: str
    confidence: float
    sources: list[str]
    origin: Basis

    @classmethod
    def of(cls, found: Filled) -> Self:
        """From the domain's value."""
        return shaped(cls, found, sources=list(found.sources), origin=Basis.INFERRED)


STATED_AS = {"domain": "domains"}
"""The field of a customer that states what is inferred; who may not read the one is not told the other."""


def told_gaps(found: Iterable[Filled], grant: Grant) -> list[Filled]:
    """Those of these inferred values that the role is told of."""
    return [one for one in found if not grant.refuses("Customer", STATED_AS.get(one.field, one.field))]


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


@strawberry.type(
    description="Why a customer pays later or sooner past the due day than in the year before, in `days` "
    "(positive: later). `evidence` is the invoice that it is about; null where it is about several."
)
class PaymentCause:
    """A part of the change."""

    days: float
    evidence: Evidence | None
    found: strawberry.Private[Cause]

    @classmethod
    def of(cls, cause: Cause) -> Self:
        """From the domain's value."""
        evidence = None if cause.evidence is None else Evidence.of(cause.evidence)
        return cls(days=cause.days, evidence=evidence, found=cause)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It in words."""
        return self.found.told(locale.value)


@strawberry.type(
    description="Figures of a customer as the last derive left them, today's. RFM quintiles run from 1 "
    "to 5; `weightedValue` counts an order half for every year of its age; `hour` is of the day in UTC."
)
class CustomerProfile:
    """`channel`, `hour`: how and when its people mostly write; `dueOn`: the next order by its rhythm.

    `paymentDelay` and its change are in days past due; `replyShare` in percent, `replyHours` a median.
    """

    lifecycle: str | None
    last_contact_at: datetime | None
    contacts: int | None
    channel: str | None
    hour: int | None
    first_order_at: datetime | None
    last_order_at: datetime | None
    orders_365: int | None = strawberry.field(name="ordersOfYear")
    value_of_year: list[Money] | None
    value_change: float | None
    value_currency: str | None
    weighted_value: float | None
    families: list[str] | None
    rhythm_days: float | None
    due_on: datetime | None
    recency: int | None
    frequency: int | None
    monetary: int | None
    open_deals: int | None
    won_deals: int | None
    lost_deals: int | None
    open_tickets: int | None
    tickets_90: int | None = strawberry.field(name="ticketsOf90Days")
    overdue_invoices: int | None
    payment_delay: float | None
    payment_delay_change: float | None
    reply_share: float | None
    reply_hours: float | None
    renewal_at: datetime | None
    customer_id: strawberry.Private[str]

    @resolved(weight=4, many=5)
    async def payment_causes(self, info: Info) -> list[PaymentCause] | None:
        """What makes `paymentDelayChange`, as of now: parts that add up to it, the days agreed first."""
        context = info.context
        found = await context.loaders.load(causes_of_payments, self.customer_id, now=await context.now())
        return [PaymentCause.of(one) for one in found or ()]

    @classmethod
    def of(cls, figures: Mapping[str, Any], customer_id: str, now: datetime) -> "CustomerProfile":
        """From the domain's values that are declared here; the weighted value fades until now."""
        known = dict(figures)
        told = {name: known[name] for name in cls.__annotations__ if name in known}
        amounts = zip(known.pop("value_currencies") or (), known.pop("value_amounts") or (), strict=True)
        weighted, last = known.pop("weighted_value"), known["last_order_at"]
        faded = None if weighted is None else round(weighted * faded_by(now - last), 2)
        return cls(
            **told | {"weighted_value": faded},
            customer_id=customer_id,
            value_of_year=[Money(currency=currency, amount=amount) for currency, amount in amounts],
            families=list(known["families_365"] or ()),
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
