"""What models expect of customers, deals and leads."""

from datetime import datetime

import strawberry

from graph import forecast as domain
from graphql_api.context import Info
from graphql_api.features.field import resolved, shaped

AMOUNT = "amount"


@strawberry.type(
    description="A number that the model of a task expects: `win` and `lead` the probability of a good end, "
    "`next-order` days until the next order (at most `horizonDays`), `value` what will be spent, in "
    "`amount`, in the currency of the customer's orders; who ordered in several has none."
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
    amount: float | None
    amount_low: float | None
    amount_high: float | None
    currency: str | None
    horizon_days: int
    scored_at: datetime
    as_of: datetime
    model_id: strawberry.ID

    @classmethod
    def of(cls, one: domain.Forecast) -> "Forecast":
        """From the domain's value: amounts apart from other numbers, since not everybody sees them."""
        if one.unit == AMOUNT:
            money = {"amount": one.value, "amount_low": one.low, "amount_high": one.high}
            return shaped(cls, one, value=None, low=None, high=None, **money)
        return shaped(cls, one, amount=None, amount_low=None, amount_high=None)


@resolved(weight=10, many=100, name="forecasts")
async def forecasts_of(info: Info, records: list[strawberry.ID]) -> list[Forecast] | None:
    """Of customers, deals and leads by their `id`s, at most 100; those without any are left out."""
    found = await domain.forecasts(info.context.store, records, viewer=info.context.viewer)
    return [Forecast.of(one) for one in found]
