"""What everything that looks for items of a day needs to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from graph.alert.playbook import Language
from graph.day.rank import values
from graph.day.span import Span
from graph.service import GraphStore

UNKNOWN_VALUE = 0.5
"""Of an account or a deal without amounts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An employee's day, the ids of their customers, and what each of these is worth, ¼…1."""

    employee_id: str
    span: Span
    language: Language
    customer_ids: Sequence[str]
    worth: Mapping[str, float] = field(default_factory=dict)

    def value(self, customer_id: str | None) -> float:
        """The worth of a customer, ½ where nothing is known of it."""
        return self.worth.get(customer_id or "", UNKNOWN_VALUE)

    def day(self, moment: datetime) -> str:
        """The date of a moment in the employee's zone."""
        return f"{moment.astimezone(ZoneInfo(self.span.zone)):%Y-%m-%d}"


async def worth_of(
    store: GraphStore, customer_ids: Sequence[str], moment: datetime, days: int = 365
) -> Mapping[str, float]:
    """The value of each customer, ¼…1, by what it ordered in the last year."""
    rows = await store.read(
        "day.worth",
        customer_ids=list(customer_ids),
        since=(moment - timedelta(days=days)).isoformat(),
        as_of=moment.isoformat(),
    )
    return values({(row["customer_id"], row["currency"]): row["amount"] or 0.0 for row in rows})
