"""Typed ids behind a reason: the newest orders, the contacts that left, the tickets, the linked companies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gnn.features.feature_set import FeatureSet
from gnn.features.neighbours import org_adjacency
from gnn.features.people import HALF_YEAR

LIMIT = 5


@dataclass(frozen=True)
class EvidenceIds:
    """Evidence from one feature set, by kind and customer row."""

    features: FeatureSet

    def of(self, kind: str | None, row: int) -> list[str]:
        """At most five typed ids, newest first."""
        return [] if kind is None else self._ids[kind].get(row, [])

    @cached_property
    def _ids(self) -> dict[str, dict[int, list[str]]]:
        history, log, jobs = self.features.history, self.features.history.log, self.features.people.jobs
        sales = history.sales
        tickets, deals = log["tickets"], log["opportunities"]
        gone = jobs[jobs["left"] <= HALF_YEAR]
        here = jobs[jobs["left"].isna()]
        return {
            "orders": _newest("Order", sales["row"], sales["order_id"], sales["age"]),
            "left": _newest("Contact", gone["row"], gone["contact_id"], gone["left"]),
            "contacts": _newest("Contact", here["row"], here["contact_id"], here["since"]),
            "tickets": _newest(
                "Ticket", history.rows(tickets["customer_id"]), tickets["ticket_id"],
                history.age(tickets["opened_at"]),
            ),
            "deals": _newest(
                "Opportunity", history.rows(deals["customer_id"]), deals["opportunity_id"],
                history.age(deals["opened_at"]),
            ),
            "linked": self._linked(),
        }  # fmt: skip

    def _linked(self) -> dict[int, list[str]]:
        pairs = org_adjacency(self.features.history).tocoo()
        ids = pd.Series(self.features.history.customers[pairs.col].to_numpy())
        return _newest("Customer", pairs.row, ids, np.zeros(len(ids)))


def _newest(
    label: str, rows: np.ndarray | pd.Series, ids: pd.Series, ages: np.ndarray | pd.Series
) -> dict[int, list[str]]:
    frame = pd.DataFrame({"row": np.asarray(rows), "id": ids.to_numpy(), "age": np.asarray(ages)})
    frame = frame[frame["row"] >= 0].sort_values(["row", "age", "id"])
    first = frame.groupby("row").head(LIMIT)
    grouped: dict[int, list[str]] = {}
    for row, identity in zip(first["row"].tolist(), first["id"].tolist(), strict=True):
        grouped.setdefault(int(row), []).append(f"{label}:{identity}")
    return grouped
