"""Why a customer pays later or sooner past the due day than in the year before, as parts that add up.

The days past due are those from the issue to the payment less those agreed. What the agreed days have changed
is a part of its own; what is left of the change is shared out among the invoices of the last year, each by
how much longer it took than the mean of the year before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from graph.service import Row

NAMED = 3
"""Invoices that are told one by one, those of the largest part; the others together."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the change, in days past due; positive: later than before."""

    title: str
    title_zh: str
    days: float
    evidence: str | None = None
    """The invoice that it is about, as a typed id."""


def payment_causes(invoices: Sequence[Row]) -> tuple[Cause, ...]:
    """The parts, by rows of `profile.paid`; they add up to the change. None where a year has no invoice."""
    now, before = ([row for row in invoices if row["recent"] is recent] for recent in (True, False))
    if not now or not before:
        return ()
    usual = fmean(row["taken"] for row in before)
    parts = {row["invoice_id"]: (row["taken"] - usual) / len(now) for row in now}
    named = sorted(now, key=lambda row: (-abs(parts[row["invoice_id"]]), row["invoice_id"]))[:NAMED]
    others = [row for row in now if row not in named]
    return (
        *_agreed(now, before),
        *(_invoice(row, parts[row["invoice_id"]]) for row in named),
        *_others(others, sum(parts[row["invoice_id"]] for row in others)),
    )


def _agreed(now: Sequence[Row], before: Sequence[Row]) -> tuple[Cause, ...]:
    then, today = (fmean(row["agreed"] for row in rows) for rows in (before, now))
    if then == today:
        return ()
    return (
        Cause(
            f"time to pay agreed: {_days(today)} instead of {_days(then)}",
            f"约定账期由{then:.0f}天变为{today:.0f}天",
            then - today,
        ),
    )


def _invoice(row: Row, days: float) -> Cause:
    key = row["invoice_id"]
    return Cause(
        f"invoice {key}, paid after {_days(row['taken'])}",
        f"发票{key},{row['taken']:.0f}天后付款",
        days,
        f"Invoice:{key}",
    )


def _others(rows: Sequence[Row], days: float) -> tuple[Cause, ...]:
    if not rows:
        return ()
    title = "1 further invoice" if len(rows) == 1 else f"{len(rows)} further invoices"
    return (Cause(title, f"其余{len(rows)}张发票", days),)


def _days(days: float) -> str:
    return "1 day" if round(days) == 1 else f"{days:.0f} days"
