"""What the records of each customer hold, as arrays by customer row: what sentences count."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from gnn.features.feature_set import FeatureSet
from gnn.features.history import Ints
from gnn.features.neighbours import membership, org_adjacency, silent
from gnn.features.payments import invoices_known
from gnn.features.people import HALF_YEAR, meetings

Array = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
GROUPS = ("industry", "region", "country")


@dataclass(frozen=True)
class CustomerRecords:
    """The records of one feature set, each kind worked out when it is first asked for."""

    features: FeatureSet

    def others(self, field: str, row: int) -> Ints:
        """Other customers of the group that have ordered."""
        groups = self._groups[field]
        own = groups.indices[groups.indptr[row] : groups.indptr[row + 1]]
        if not len(own):
            return np.empty(0, dtype=np.int64)
        members = groups[:, int(own[0])].nonzero()[0]
        return np.asarray(
            members[(members != row) & self.features.history.has_order[members]], dtype=np.int64
        )

    @cached_property
    def group_names(self) -> dict[str, list[Any]]:
        """Per kind of group its name, per customer row."""
        return {field: list(self.features.history.values[field]) for field in GROUPS}

    @cached_property
    def _groups(self) -> dict[str, sparse.csr_matrix]:
        return {field: membership(self.features.history, field) for field in GROUPS}

    def linked(self, row: int) -> Ints:
        """Linked companies that have ordered."""
        linked = self._links.indices[self._links.indptr[row] : self._links.indptr[row + 1]]
        return np.asarray(linked[self.features.history.has_order[linked]], dtype=np.int64)

    @cached_property
    def _links(self) -> sparse.csr_matrix:
        return org_adjacency(self.features.history)

    @cached_property
    def quiet(self) -> Bools:
        """Per customer row: no order within the last horizon."""
        return np.asarray(silent(self.features.history) > 0)

    def of_row(self, jobs: Bools, row: int) -> Bools:
        """Which of these jobs are at the customer."""
        return np.asarray(jobs & (self._job_rows == row))

    @cached_property
    def _job_rows(self) -> Ints:
        return np.asarray(self.features.people.jobs["row"], dtype=np.int64)

    @cached_property
    def here(self) -> Bools:
        """Per job: it has not ended."""
        return np.asarray(self.features.people.jobs["left"].isna())

    @cached_property
    def gone(self) -> Bools:
        """Per job: it ended within half a year."""
        return np.asarray(self.features.people.jobs["left"] <= HALF_YEAR)

    @cached_property
    def talking(self) -> Bools:
        """Per job: we talked within half a year."""
        return np.asarray(self.features.people.talk_counts(0, HALF_YEAR) > 0)

    def order_ages(self, row: int) -> npt.NDArray[np.float64]:
        """Days since each order."""
        return self._ages.get(row, np.empty(0))

    @cached_property
    def _ages(self) -> dict[int, Array]:
        return _one_by_row(self.features.history.sales, "age")

    @cached_property
    def order_days(self) -> dict[int, Array]:
        """Days before the cut-off with an order."""
        return {row: np.unique(np.floor(ages)) for row, ages in self._ages.items()}

    @cached_property
    def talks(self) -> dict[int, Array]:
        """Days since each talk."""
        return _one_by_row(meetings(self.features.history, self.features.people), "age")

    @cached_property
    def lines(self) -> dict[int, tuple[Array, ...]]:
        """Product and age of each line that was bought."""
        return _by_row(self.features.history.purchases, "column", "age")

    @cached_property
    def ticket_rows(self) -> dict[int, tuple[Array, ...]]:
        """Age, whether it is open, whether it is urgent."""
        history = self.features.history
        tickets = history.log["tickets"]
        return _by_row(
            pd.DataFrame(
                {
                    "row": history.rows(tickets["customer_id"]),
                    "age": history.age(tickets["opened_at"]),
                    "open": tickets["closed_at"].isna().to_numpy(),
                    "urgent": (tickets["urgent"] > 0).to_numpy(),
                }
            ),
            "age", "open", "urgent",
        )  # fmt: skip

    @cached_property
    def invoice_rows(self) -> dict[int, tuple[Array, ...]]:
        """Whether it is unpaid, whether it is overdue."""
        return _by_row(invoices_known(self.features.history), "unpaid", "overdue")

    @cached_property
    def deal_rows(self) -> dict[int, tuple[Array, ...]]:
        """Age, days since it ended (missing while it goes on), how it ended."""
        history = self.features.history
        deals = history.log["opportunities"]
        return _by_row(
            pd.DataFrame(
                {
                    "row": history.rows(deals["customer_id"]),
                    "age": history.age(deals["opened_at"]),
                    "closed_age": history.age(deals["closed_at"]),
                    "outcome": deals["outcome"].astype(object).to_numpy(),
                }
            ),
            "age", "closed_age", "outcome",
        )  # fmt: skip


def _by_row(frame: pd.DataFrame, *columns: str) -> dict[int, tuple[Array, ...]]:
    """These columns of each customer's rows; rows of no known customer are left out."""
    known = frame[frame["row"] >= 0].sort_values("row", kind="stable")
    rows, starts = np.unique(known["row"].to_numpy(), return_index=True)
    parts = (np.split(known[column].to_numpy(), starts[1:]) for column in columns)
    return dict(zip(rows.tolist(), zip(*parts, strict=True), strict=False))  # no rows: one empty part


def _one_by_row(frame: pd.DataFrame, column: str) -> dict[int, Array]:
    return {row: one.astype(np.float64) for row, (one,) in _by_row(frame, column).items()}
