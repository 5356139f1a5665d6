"""Typed ids behind a reason: the newest orders, the contacts that left, the tickets, the linked companies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gnn.features.people import HALF_YEAR
from gnn.features.scene import Scene

LIMIT = 5


@dataclass(frozen=True)
class Evidence:
    """Evidence of one scene, by kind and customer row."""

    scene: Scene

    def of(self, kind: str | None, row: int) -> list[str]:
        """At most five typed ids, newest first."""
        return [] if kind is None else self._ids[kind].get(row, [])

    @cached_property
    def _ids(self) -> dict[str, dict[int, list[str]]]:
        past, log, jobs = self.scene.past, self.scene.past.log, self.scene.people.jobs
        sales = past.sales
        tickets, deals = log["tickets"], log["opportunities"]
        gone = jobs[jobs["left"] <= HALF_YEAR]
        here = jobs[jobs["left"].isna()]
        return {
            "orders": _newest("Order", sales["row"], sales["order_id"], sales["age"]),
            "left": _newest("Contact", gone["row"], gone["contact_id"], gone["left"]),
            "contacts": _newest("Contact", here["row"], here["contact_id"], here["since"]),
            "tickets": _newest(
                "Ticket", past.rows(tickets["customer_id"]), tickets["ticket_id"],
                past.age(tickets["opened_at"]),
            ),
            "deals": _newest(
                "Opportunity", past.rows(deals["customer_id"]), deals["opportunity_id"],
                past.age(deals["opened_at"]),
            ),
            "linked": self._linked(),
        }  # fmt: skip

    def _linked(self) -> dict[int, list[str]]:
        pairs = self.scene.channels.organisation.tocoo()
        ids = pd.Series(self.scene.past.customers[pairs.col].to_numpy())
        return _newest("Customer", pairs.row, ids, np.zeros(len(ids)))


def _newest(
    label: str, rows: np.ndarray | pd.Series, ids: pd.Series, ages: np.ndarray | pd.Series
) -> dict[int, list[str]]:
    frame = pd.DataFrame({"row": np.asarray(rows), "id": ids.to_numpy(), "age": np.asarray(ages)})
    frame = frame[frame["row"] >= 0].sort_values(["row", "age", "id"])
    first = frame.groupby("row").head(LIMIT)
    grouped: dict[int, list[str]] = {}
    for row, found in zip(first["row"].tolist(), first["id"].tolist(), strict=True):
        grouped.setdefault(int(row), []).append(f"{label}:{found}")
    return grouped
