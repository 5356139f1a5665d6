"""Which customers are meant, by who of us is responsible for them."""

from dataclasses import dataclass
from datetime import datetime

from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Those that answer to all that is given: one customer, an employee's, a team's; nothing: everybody."""

    customer_id: str | None = None
    employee_id: str | None = None
    team: str | None = None

    @property
    def everybody(self) -> bool:
        """Whether nothing narrows it."""
        return self == Portfolio()


async def customers_of(
    store: GraphStore, portfolio: Portfolio, *, moment: datetime, viewer: str | None
) -> list[str]:
    """Ids of its customers at the moment, as far as the viewer sees who is responsible; [] for everybody."""
    if portfolio.everybody:
        return []
    rows = await store.read(
        "account.chosen",
        customer_id=portfolio.customer_id or "",
        employee_id=portfolio.employee_id or "",
        of_team=portfolio.team or "",
        as_of=moment.isoformat(),
        viewer=viewer or "",
    )
    return [row["customer_id"] for row in rows]
