"""What models expect of customers, deals and leads, as a viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from cypher import template
from graph.model import NODES
from graph.resolve_id import ids_by_label, rows_by_any_id
from graph.score_view.model import RiskReason
from graph.score_view.parse import reasons_told
from graph.service import GraphStore, Row

LABELS = ("Customer", "Opportunity", "Lead")


@dataclass(frozen=True, slots=True)
class Forecast:
    """One number about a record (by its typed id); four of five alike lay between `low` and `high`."""

    record: str
    forecast_id: str
    task: str
    unit: Literal["probability", "days", "amount"]
    value: float
    low: float | None
    high: float | None
    horizon_days: int
    scored_at: datetime
    as_of: datetime
    model_id: str
    currency: str | None
    """Of an amount, where its orders name one."""
    reasons: tuple[RiskReason, ...] = ()
    """The strongest first; `contribution` in log-odds, of days in days, of amounts to the logarithm."""


async def forecasts(
    store: GraphStore, records: Sequence[str], *, now: datetime, viewer: str | None
) -> list[Forecast]:
    """Of typed ids such as `Opportunity:d1`, retired ones too, in their order and by task.

    A record without any is left out, and one that its sources had deleted by `now`, the company's. Raises
    UsageError for more than `resolve_id.MOST`, and for what is no customer, deal or lead.
    """
    by_label = ids_by_label(records, LABELS, "customer, deal or lead, such as Opportunity:d1")
    found: dict[str, list[Forecast]] = {}
    for label, ids in by_label.items():
        rows = await rows_by_any_id(store, label, ids, partial(_rows, store, label, now, viewer))
        for asked, of_record in rows.items():
            typed = f"{label}:{asked}"
            found[typed] = [_forecast(typed, row["forecast"]) for row in of_record]
    return [one for typed in dict.fromkeys(records) for one in found.get(typed, ())]


async def _rows(
    store: GraphStore, label: str, now: datetime, viewer: str | None, ids: list[str]
) -> list[Row]:
    if label == "Customer":
        return await store.read("forecast.of_customers", ids=ids, as_of=now.isoformat())
    asked = template("forecast.of_deals").render(label=label, key=NODES[label].key)
    return await store.read(asked, ids=ids, as_of=now.isoformat(), viewer=viewer)


def _forecast(record: str, found: Row) -> Forecast:
    stored = {name: value for name, value in found.items() if name != "whole"}
    return Forecast(record=record, **(stored | {"reasons": reasons_told(found)}))
