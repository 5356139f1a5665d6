"""Why a customer pays later or sooner past the due day than in the year before, as parts that add up.

The days past due are those from the issue to the payment less those agreed. What the agreed days have changed
is a part of its own; what is left of the change is shared out among the invoices of the last year, each by
how much longer it took than the mean of the year before.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from graph.alert.playbook import Language
from graph.customer_profile.table import YEAR_DAYS
from graph.score_view.words import Clause, clause, in_words
from graph.service import GraphStore, Row

NAMED = 3
"""Invoices that are told one by one, those of the largest part; the others together."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the change, in days past due; positive: later than before."""

    title: str
    title_zh: str
    days: float
    evidence: str | None = None
    """The invoice that it is about, as a typed id."""

    def told(self, language: Language) -> str:
        """Its title in a language."""
        return self.title_zh if language == "zh" else self.title


async def causes_of_payments(
    store: GraphStore, customer_ids: Sequence[str], *, now: datetime
) -> Mapping[str, tuple[Cause, ...]]:
    """The same by customer, read from the graph as a viewer may see it, as of the company's `now`."""
    year = timedelta(days=YEAR_DAYS)
    rows = await store.read(
        "receivable.paid", customer_ids=list(customer_ids), as_of=now.isoformat(),
        since=(now - 2 * year).isoformat(),
    )  # fmt: skip
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"]].append(_paid(row, now - year))
    return {customer_id: payment_causes(paid) for customer_id, paid in found.items()}


def _paid(row: Row, year_ago: datetime) -> Row:
    """As `profile.paid` has it."""
    return {
        "invoice_id": row["invoice_id"],
        "agreed": (row["due_at"] - row["issued_at"]) / _DAY,
        "taken": (row["paid_at"] - row["issued_at"]) / _DAY,
        "recent": row["paid_at"] > year_ago,
    }


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


def _agreed(now: Sequence[Row], before: Sequence[Row]) -> Iterator[Cause]:
    then, today = (fmean(row["agreed"] for row in rows) for rows in (before, now))
    if then != today:
        yield _cause(then - today, clause("payment_agreed", days=round(today), before=round(then)))


def _invoice(row: Row, days: float) -> Cause:
    key = row["invoice_id"]
    said = clause("payment_invoice", invoice=key, days=round(row["taken"]))
    return _cause(days, said, f"Invoice:{key}")


def _others(rows: Sequence[Row], days: float) -> Iterator[Cause]:
    if rows:
        yield _cause(days, clause("payment_others", invoices=len(rows)))


def _cause(days: float, said: Clause, evidence: str | None = None) -> Cause:
    return Cause(in_words([said], "en"), in_words([said], "zh"), days, evidence)
