"""What was learned: the risk of losing a customer, and products to offer."""

from datetime import datetime

import strawberry

from graph.score_view import model as domain
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Band, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.parts import part_of, stand_ins_of


@strawberry.type(
    description="Why a risk or a forecast is what it is; `contribution` is signed, in log-odds; of `days` in "
    "days, of `amount` what it adds to the logarithm of the amount."
)
class RiskReason:
    """`value` is the feature's value as text."""

    feature: str | None
    value: str | None
    contribution: float
    evidence: list[Evidence]
    found: strawberry.Private[domain.RiskReason]

    @classmethod
    def of(cls, reason: domain.RiskReason) -> "RiskReason":
        """From the domain's value."""
        value = None if reason.value is None else str(reason.value)
        return shaped(
            cls,
            reason,
            value=value,
            found=reason,
            evidence=Evidence.all_of(f"{one.kind}:{one.id}" for one in reason.evidence),
        )

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It as a sentence; of a score that was kept as text only, that text."""
        return self.found.told(locale.value)


@strawberry.type(description="The newest churn score that existed at the moment of reading.")
class ChurnRisk:
    """`probability` is that of no order within `horizonDays` after `asOf`."""

    score_id: strawberry.ID
    probability: float
    percentile: float
    band: Band
    horizon_days: int
    scored_at: datetime
    as_of: datetime
    model_id: strawberry.ID
    reasons: list[RiskReason] | None

    @classmethod
    def of_any(cls, risk: domain.Risk | None) -> "ChurnRisk | None":
        """From the domain's value, where there is one."""
        if risk is None:
            return None
        return shaped(
            cls, risk, band=Band(risk.band), reasons=[RiskReason.of(reason) for reason in risk.reasons]
        )


@strawberry.type(description="Something we sell.")
class Product:
    """A product as a recommendation shows it."""

    product_id: strawberry.ID
    name: str
    family: str | None
    list_price: float | None
    currency: str | None
    url: str | None
    image: str | None


@strawberry.type(
    description="A node on the way from the customer to the product. `id` is kind, record and label "
    "together: the same id bears the same fields everywhere, as caches of clients suppose."
)
class ReasonNode:
    """`label` is what a person reads, as it stood when the reason was made; `recordId` is the node's id."""

    id: strawberry.ID
    kind: str
    record_id: strawberry.ID
    label: str

    @classmethod
    def of(cls, node: domain.PathNode) -> "ReasonNode":
        """From the domain's value."""
        unique = strawberry.ID(f"{node.kind}:{node.id}#{node.label}")
        return cls(id=unique, kind=node.kind, record_id=strawberry.ID(node.id), label=node.label)


@strawberry.type(description="Why a product is suggested.")
class ProductReason:
    """`contribution` is signed; `path` leads from the customer to the product."""

    contribution: float
    path: list[ReasonNode]
    found: strawberry.Private[domain.ProductReason]

    @classmethod
    def of(cls, reason: domain.ProductReason) -> "ProductReason":
        """From the domain's value."""
        return shaped(cls, reason, found=reason, path=[ReasonNode.of(node) for node in reason.path])

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It as a sentence; of a score that was kept as text only, that text."""
        return self.found.told(locale.value)


@strawberry.type(
    description="A product to offer next. `fallback` says why a simpler method answered: `no_history` and "
    "`few_purchases` beside a model, `no_model` where none has recommended anything; then most customers "
    "bought it, `probability` is their share, there is no `modelId`, and `recommendationId` is a `servedId`."
)
class Recommendation:
    """`fallback` is null where the model answered."""

    recommendation_id: strawberry.ID
    product: Product
    rank: int
    score: float
    probability: float
    scored_at: datetime
    model_id: strawberry.ID | None
    fallback: str | None
    reasons: list[ProductReason]

    @classmethod
    def of(cls, suggestion: domain.Suggestion) -> "Recommendation":
        """From the domain's value."""
        product = shaped(Product, suggestion, name=suggestion.product_name)
        return shaped(
            cls,
            suggestion,
            product=product,
            reasons=[ProductReason.of(reason) for reason in suggestion.reasons],
        )


@resolved(weight=6)
async def churn_risk(info: Info, customer: strawberry.ID, as_of: datetime | None = None) -> ChurnRisk | None:
    """How likely we are to lose a customer, and why."""
    return ChurnRisk.of_any((await part_of(info.context, customer, "risk", as_of))["risk"])


@resolved(weight=6)
async def recommendations(
    info: Info, customer: strawberry.ID, first: int = 5, as_of: datetime | None = None
) -> list[Recommendation] | None:
    """What to offer a customer next, and why; best first."""
    context = info.context
    found = (await part_of(context, customer, "suggestions", as_of, first))["suggestions"]
    if not found:
        found = await stand_ins_of(context, await context.resolve("Customer", customer), as_of, first)
    return [Recommendation.of(suggestion) for suggestion in found]
