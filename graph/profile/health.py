"""Health of an account: a weighted mean of four readings that each say what they rest on.

Formulas in docs/relationships.md. The weights are those that a person adopted (`graph.weights`), until then a
declared judgement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from graph.profile.model import Health, HealthPart, Orders, PartOfHealth
from graph.weights.model import Weights
from graph.weights.standing import standing_at

Row = Mapping[str, Any]
Trend = Literal["up", "flat", "down", "unknown"]
Reading = tuple[PartOfHealth, float, str, str]
"""A part, its value 0…100, and what it was computed from."""
HALF_YEAR_DAYS = 182
FLAT = 0.1
"""Change of the half-year's amount, relative to both halves, up to which a trend is flat."""


def health(row: Row, orders: Orders, moment: datetime) -> Health:
    """The health at `moment`, by the weights that stood then; parts without data are left out."""
    weights = standing_at(row["weights"], moment)
    parts = tuple(_parts(row, orders, moment, weights))
    return Health(
        round(weighted(parts), 1), _direction(row), parts, weights.version,
        weights.in_words(), weights.in_words("zh"),
    )  # fmt: skip


def weighted(parts: Sequence[HealthPart]) -> float:
    """The weighted mean of the parts, 0…100; 50 where there are none or none of them weighs anything."""
    weight = sum(part.weight for part in parts)
    return sum(part.value * part.weight for part in parts) / weight if weight else 50.0


def _parts(row: Row, orders: Orders, moment: datetime, weights: Weights) -> Iterator[HealthPart]:
    for name, value, text, text_zh in _readings(row, orders, moment):
        yield HealthPart(name, round(value, 1), round(weights.values[name], 3), text, text_zh)


def _readings(row: Row, orders: Orders, moment: datetime) -> Iterator[Reading]:
    if orders.last_at is not None and orders.first_at is not None:
        yield _recency(orders, orders.first_at, orders.last_at, moment)
        yield _trend(row)
    if row["tickets"][0]["total"]:
        yield _tickets(row["tickets"][0])
    if row["met"]:
        yield _coverage(row["best_tie"])


def _recency(orders: Orders, first_at: datetime, last_at: datetime, moment: datetime) -> Reading:
    """100 within the customer's own usual gap between orders, halved by every further such gap."""
    gap = max((last_at - first_at).days / (orders.orders - 1), 1.0) if orders.orders > 1 else HALF_YEAR_DAYS
    silent = (moment - last_at).days
    value = 100.0 * 0.5 ** max(silent / gap - 1.0, 0.0)
    text = f"last order {silent} days ago; usually every {gap:.0f} days"
    zh = f"最近一次下单在 {silent} 天前,通常每 {gap:.0f} 天下单一次"
    return "recency", value, text, zh


@dataclass(frozen=True, slots=True)
class _Halves:
    """What was bought in one currency in the last half year and in the one before, in so many orders."""

    currency: str | None
    early: float
    late: float
    orders: int


def _halves(row: Row) -> list[_Halves]:
    """The half years in each currency that has orders in them."""
    years = sorted(row["years"], key=_currency)
    by_currency = [(currency, list(rows)) for currency, rows in groupby(years, key=_currency)]
    halves = [
        _Halves(currency or None, _sum(rows, "early"), _sum(rows, "late"), int(_sum(rows, "halves")))
        for currency, rows in by_currency
    ]
    return [half for half in halves if half.early or half.late]


def _currency(year: Row) -> str:
    return year["currency"] or ""


def _sum(rows: list[Row], name: str) -> float:
    return float(sum(row[name] for row in rows))


def _change(row: Row) -> float | None:
    """−1 (all gone) … +1 (all new): the last half year against the one before; None without orders.

    Currencies are not added up: each has its own change, and counts by its orders in the two half years.
    """
    halves = _halves(row)
    orders = sum(half.orders for half in halves)
    changes = (half.orders * (half.late - half.early) / (abs(half.early) + abs(half.late)) for half in halves)
    return sum(changes) / orders if orders else None


def _trend(row: Row) -> Reading:
    change = _change(row)
    value = 0.0 if change is None else 50.0 * (1.0 + change)
    halves = _halves(row) or [_Halves(None, 0.0, 0.0, 0)]
    several = len(halves) > 1
    text = "; ".join(_compared(half, several) for half in halves)
    return "trend", value, text, ";".join(_compared_zh(half, several) for half in halves)


def _compared(half: _Halves, several: bool) -> str:
    unit = f" {half.currency or 'without currency'}" if several else ""
    return f"{half.late:,.0f}{unit} in the last half year, {half.early:,.0f}{unit} in the one before"


def _compared_zh(half: _Halves, several: bool) -> str:
    unit = f" {half.currency or '(无币种)'}" if several else ""
    return f"最近半年 {half.late:,.0f}{unit},前半年 {half.early:,.0f}{unit}"


def _tickets(tickets: Row) -> Reading:
    """100 without open tickets and without any in the last half year; every one takes its share."""
    value = 100.0 / (1.0 + 0.5 * tickets["open"] + 0.1 * tickets["recent"])
    text = f"{tickets['open']} open, {tickets['recent']} in the last half year"
    return "tickets", value, text, f"{tickets['open']} 个未结,最近半年 {tickets['recent']} 个"


def _coverage(best: list[Row]) -> Reading:
    if not best:
        return "coverage", 0.0, "nobody of us has a tie to anybody there", "我方与对方无人相识"
    tie = best[0]
    text = f"strongest tie: {tie['employee']} and {tie['contact']}"
    zh = f"最强的关系:{tie['employee']} 与 {tie['contact']}"
    return "coverage", 100.0 * tie["strength"], text, zh


def _direction(row: Row) -> Trend:
    change = _change(row)
    if change is None:
        return "unknown"
    return "up" if change > FLAT else "down" if change < -FLAT else "flat"
