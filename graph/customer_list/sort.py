"""The order of a list of customers: keys that are never null, so that a page can go on after any of them."""

from dataclasses import dataclass
from typing import Literal, get_args

from graph.errors import UsageError

SortBy = Literal["name", "silence", "last_order", "value", "employees", "risk", "orders"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)
MOST_KEYS = 4
_EXPRESSION: dict[SortBy, str] = {
    "name": "coalesce(c.name, '')",
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
    def expression(self) -> str:
        """The key in Cypher."""
        return _EXPRESSION[self.by]

    @property
    def word(self) -> str:
        """The key in the name of an order."""
        return f"{self.by}{'-' if self.descending else ''}{self.currency or ''}"


def checked(sorts: tuple[Sort, ...]) -> tuple[Sort, ...]:
    """The order; raises UsageError where a key stands twice, or there are too many."""
    if len(sorts) > MOST_KEYS or len({one.by for one in sorts}) < len(sorts):
        raise UsageError(f"an order has at most {MOST_KEYS} keys, each once")
    return sorts or (Sort("name"),)


def after(sorts: tuple[Sort, ...], params: list[str], last: str) -> str:
    """What lies behind the keys in these parameters, with the customer's id as the last key."""
    text = f"c.customer_id > {last}"
    for place in reversed(range(len(sorts))):
        sign = "<" if sorts[place].descending else ">"
        text = f"(k{place} {sign} {params[place]} OR k{place} = {params[place]} AND {text})"
    return text
