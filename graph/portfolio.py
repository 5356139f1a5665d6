"""Which customers are meant: by who of us is responsible for them, and by a condition."""

from dataclasses import dataclass
from datetime import datetime

from cypher import template
from graph.customer_filter import Condition
from graph.customer_filter.in_cypher import in_cypher
from graph.service import GraphStore, taken

MOST_OWN = 1_000
"""Up to so many own customers of the viewer lists are sorted whole; of more, windows of all are read."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Those that answer to all that is given: one customer, an employee's, a team's; nothing: everybody."""

    customer_id: str | None = None
    employee_id: str | None = None
    team: str | None = None
    matching: Condition | None = None
    """What they answer to at the moment of reading."""

    @property
    def everybody(self) -> bool:
        """Whether nothing narrows it."""
        return self == Portfolio()

    @property
    def one(self) -> str | None:
        """The customer that is named, where nothing else narrows it."""
        return self.customer_id if self == Portfolio(self.customer_id) else None

    @property
    def owned(self) -> bool:
        """Whether who is responsible narrows it, or one customer is named."""
        return (self.customer_id, self.employee_id, self.team) != (None, None, None)


async def customers_of(
    store: GraphStore, portfolio: Portfolio, *, moment: datetime, viewer: str | None
) -> list[str]:
    """Ids of its customers at the moment, as far as the viewer sees who is responsible; [] for everybody."""
    owned = await _owned(store, portfolio, moment, viewer) if portfolio.owned else []
    if portfolio.matching is None:
        return owned
    asked = in_cypher(portfolio.matching, moment)
    query = template("account.matching").render(condition=asked.text).taking(asked.params)
    known = {"as_of": moment.isoformat(), "viewer": viewer or "", "lists": list(asked.lists)}
    narrowed = {"customer_ids": owned, "everyone": not portfolio.owned}
    rows = await store.read(query, **taken(query, known), **narrowed, **asked.params)
    return [row["customer_id"] for row in rows]


async def own_customers(store: GraphStore, most: int = MOST_OWN) -> list[str] | None:
    """The customers to which the rows of whoever asks are narrowed; None: they are not, or there are more."""
    rows = await store.read("account.own", most=most)
    return rows[0]["customer_ids"] if rows else None


async def _owned(store: GraphStore, portfolio: Portfolio, moment: datetime, viewer: str | None) -> list[str]:
    rows = await store.read(
        "account.chosen",
        customer_id=portfolio.customer_id or "",
        employee_id=portfolio.employee_id or "",
        of_team=portfolio.team or "",
        as_of=moment.isoformat(),
        viewer=viewer or "",
    )
    return [row["customer_id"] for row in rows]
