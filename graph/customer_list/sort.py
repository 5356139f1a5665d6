"""The order of a list of customers: keys that are never null, so that a page can go on after any of them."""

from dataclasses import dataclass
from typing import Literal, get_args

from graph.errors import UsageError
from graph.key_order import Key
from graph.windows import NAMELESS

SortBy = Literal["name", "silence", "last_order", "value", "employees", "risk", "orders"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)
_EXPRESSION: dict[SortBy, str] = {
    "name": f"CASE WHEN coalesce(c.name, '') = '' THEN '{NAMELESS}' ELSE c.name END",
    "silence": "coalesce(f.last_contact_at.epochMillis, -1)",
    "last_order": "coalesce(f.last_order_at.epochMillis, -1)",
    "value": (
        "reduce(sum = 0.0, i IN range(0, size(coalesce(f.value_currencies, [])) - 1) | "
        "CASE WHEN f.value_currencies[i] = $currency THEN f.value_amounts[i] ELSE sum END)"
    ),
    "employees": "coalesce(c.employees, -1)",
    "orders": "coalesce(f.orders_365, 0)",
    "risk": "reduce(risk = -1.0, churn IN {{newest_churn c t}} | churn.probability)",
}
"""`silence` ascending has those first of whom we have not heard for longest."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order. `value` is that of orders of a year in `currency`. Raises UsageError."""

    by: SortBy
    descending: bool = False
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.by not in SORTS:
            raise UsageError(f"customers are not sorted by {self.by[:40]!r}; by {', '.join(SORTS)}")
        if (self.by == "value") != (self.currency is not None):
            raise UsageError("an order by value needs a `currency`, and no other takes one")

    @property
    def key(self) -> Key:
        """The key in Cypher."""
        word = f"{self.by}{self.currency or ''}"
        return Key(word, _EXPRESSION[self.by], self.descending, text=self.by == "name")
