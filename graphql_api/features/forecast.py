"""What models expect of customers, deals and leads."""

from datetime import datetime

import strawberry

from graph import forecast as domain
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved
from graphql_api.features.score import RiskReason

SHOWN = {"probability": "value", "days": "days", "amount": "amount"}
"""The field that holds a number, by its unit: days and amounts tell of orders, which not everybody sees."""


@strawberry.type(
    description="A number that the model of a task expects: `win` and `lead` the probability of a good end, "
    "in `value`; `next-order` days until the next order (at most `horizonDays`), in `days`; `value` what "
    "will be spent, in `amount`, in the currency of the customer's orders; who ordered in several has none."
)
class Forecast:
    """Four of five alike lay between low and high; `record` leads to what it is about by `node`."""

    forecast_id: strawberry.ID
    record: strawberry.ID
    task: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    days: float | None
    days_low: float | None
    days_high: float | None
    amount: float | None
    amount_low: float | None
    amount_high: float | None
    currency: str | None
    horizon_days: int
    scored_at: datetime
    as_of: datetime
    model_id: strawberry.ID
    reasons: list[RiskReason] | None

    @classmethod
    def of(cls, one: domain.Forecast) -> "Forecast":
        """From the domain's value: its numbers in the field of their unit."""
        numbers: dict[str, float | None] = {}
        for unit, name in SHOWN.items():
            low, high = ("low", "high") if name == "value" else (f"{name}_low", f"{name}_high")
            told = (one.value, one.low, one.high) if unit == one.unit else (None, None, None)
            numbers |= dict(zip((name, low, high), told, strict=True))
        return shaped(cls, one, **numbers, reasons=[RiskReason.of(reason) for reason in one.reasons])


@resolved(weight=10, many=100, name="forecasts")
async def forecasts_of(info: Info, records: list[strawberry.ID]) -> list[Forecast] | None:
    """Of customers, deals and leads by their `id`s, at most 100; none of what was deleted."""
    context = info.context
    found = await domain.forecasts(context.store, records, now=await context.now(), viewer=context.viewer)
    return [Forecast.of(one) for one in found]
