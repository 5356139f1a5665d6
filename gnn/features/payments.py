"""Features from invoices: what is owed, and how late bills were paid; only what was known at the cut-off."""

import numpy as np
import pandas as pd

from gnn.features.history import Doubles, Floats, History
from gnn.features.sums import count, share, total

LAST = 5
"""Invoices that tell how a customer pays now; those before tell how it used to pay."""


def payments(history: History) -> dict[str, Floats]:
    """Open and overdue invoices, the overdue share of what is open, days late of the last and those before.

    All 0 for customers without invoices.
    """
    size, frame = history.shape[0], invoices_known(history)
    rows, amount = frame["row"].to_numpy(), frame["amount"].to_numpy()
    unpaid, overdue = frame["unpaid"].to_numpy(), frame["overdue"].to_numpy()
    late = _last_and_before(frame, size)
    return {
        "invoices_open": np.log1p(count(rows, size, unpaid)),
        "invoices_overdue": np.log1p(count(rows, size, overdue)),
        "overdue_share": share(
            total(rows, np.where(overdue, amount, 0.0), size),
            total(rows, np.where(unpaid, amount, 0.0), size),
        ),
        "days_late": np.log1p(late[0]),
        "days_late_trend": np.log1p(late[0]) - np.log1p(late[1]),
    }


def invoices_known(history: History) -> pd.DataFrame:
    """Invoices of known customers: `row`, `amount`, `unpaid`, `overdue`, and `late` in days.

    `late` is from the day on which it was due to its payment, or to the cut-off where it is unpaid; 0 where
    it was paid in time, missing where it is not due yet or no such day is known.
    """
    invoices = history.log["invoices"]
    unpaid, since_due = invoices["paid_at"].isna(), history.age(invoices["due_at"])
    until = invoices["paid_at"].fillna(history.cutoff)
    late = (until - invoices["due_at"]).dt.total_seconds().to_numpy(dtype=np.float64) / 86_400.0
    frame = pd.DataFrame(
        {
            "invoice_id": invoices["invoice_id"],
            "row": history.rows(invoices["customer_id"]),
            "amount": np.maximum(np.nan_to_num(invoices["amount"].to_numpy()), 0.0),
            "age": history.age(invoices["issued_at"]),
            "unpaid": unpaid.to_numpy(),
            "overdue": unpaid.to_numpy() & (since_due > 0),
            "late": np.where(unpaid.to_numpy() & ~(since_due > 0), np.nan, np.maximum(late, 0.0)),
        }
    )
    return frame[frame["row"] >= 0].sort_values(["age", "invoice_id"], ignore_index=True)


def _last_and_before(invoices: pd.DataFrame, size: int) -> tuple[Doubles, Doubles]:
    """Mean days late of a customer's newest invoices that tell it, and of those before (else the same)."""
    told = invoices[invoices["late"].notna()]
    newest = told.groupby("row").cumcount().to_numpy() < LAST
    last = _mean(told[newest], size)
    before = _mean(told[~newest], size)
    return np.nan_to_num(last), np.nan_to_num(np.where(np.isnan(before), last, before))


def _mean(invoices: pd.DataFrame, size: int) -> Doubles:
    """Mean days late per row, missing where there is none."""
    return np.asarray(invoices.groupby("row")["late"].mean().reindex(range(size)), dtype=np.float64)
