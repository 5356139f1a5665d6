"""When to learn: the default horizon and the training cut-offs, both from the orders themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gnn.errors import CutoffOutsideData, HorizonNotObserved, NotEnoughHistory
from gnn.snapshot.cut import standing_rows
from gnn.snapshot.tables import Log

MAX_TRAINING_CUTOFFS = 5
NO_ORDERS = "there are no orders; ingest some before training"
LATE_EVENTS = pd.Timedelta(days=31)
"""Events other than orders may move the data's end this far beyond the newest order."""
SHORTFALL_SHARE, SHORTFALL_DAYS = 0.1, 3
"""An evaluation's horizon may end this share of itself, or these days if more, beyond the data."""


@dataclass(frozen=True)
class Cutoffs:
    """Where label windows begin; every one ends at or before the evaluation cut-off.

    `train` are those whose windows end before the first of `valid` begins, so that choosing there is honest.
    Where too few windows fit, `valid` is empty and the customers are split instead.
    """

    cutoff: pd.Timestamp
    horizon: pd.Timedelta
    train: tuple[pd.Timestamp, ...]
    valid: tuple[pd.Timestamp, ...]
    every: tuple[pd.Timestamp, ...]
    """All that may be learned from once the choice is made, oldest first."""
    partial: tuple[pd.Timestamp, ...] = ()
    """Later ones whose window is observed in part; customers kept for validation are judged there, too."""


def data_end(log: Log) -> pd.Timestamp:
    """Midnight after the newest order, or after the newest other event up to 31 days later."""
    newest = standing_rows(log["orders"])["at"].max()
    if pd.isna(newest):
        raise NotEnoughHistory(NO_ORDERS)
    talks, tickets = standing_rows(log["interactions"]), standing_rows(log["tickets"])
    others = [talks["at"].max(), tickets["opened_at"].max()]
    late = [at for at in others if not pd.isna(at) and newest < at <= newest + LATE_EVENTS]
    return pd.Timestamp(max([newest, *late]) + pd.Timedelta(days=1)).normalize()


def data_start(log: Log) -> pd.Timestamp:
    """Midnight before the first order. Raises NotEnoughHistory where there is none."""
    first = standing_rows(log["orders"])["at"].min()
    if pd.isna(first):
        raise NotEnoughHistory(NO_ORDERS)
    return pd.Timestamp(first).normalize()


def default_horizon(log: Log) -> pd.Timedelta:
    """The 80th percentile of the customers' gaps between order days, in whole months of 30 days.

    Bounded to 30…365 days, and to a fifth of the history so that several windows fit into it.
    """
    orders = standing_rows(log["orders"])
    sales = orders[orders["kind"] != "return"]
    days = pd.DataFrame({"customer": sales["customer_id"], "day": sales["at"].dt.normalize()})
    days = days.drop_duplicates().sort_values(["customer", "day"])
    gaps = days.groupby("customer")["day"].diff().dropna().dt.days
    span = (data_end(log) - data_start(log)).days
    typical = float(np.quantile(gaps, 0.8)) if len(gaps) else 90.0
    months = int(np.ceil(min(typical, 365.0, span / 5) / 30))
    return pd.Timedelta(days=30 * max(1, months))


def check_evaluation(log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> int:
    """The days of the horizon that the data cover: all of them, or a little fewer.

    Logs often end some days before the export. Raises CutoffOutsideData for a cut-off outside the orders'
    dates, HorizonNotObserved where more than a tenth of the horizon (three days at least) is missing.
    """
    first, end = data_start(log), data_end(log)
    if not first < cutoff < end:
        raise CutoffOutsideData(cutoff.date(), first.date(), (end - pd.Timedelta(days=1)).date())
    if cutoff + horizon - end > max(SHORTFALL_SHARE * horizon, pd.Timedelta(days=SHORTFALL_DAYS)):
        raise HorizonNotObserved(cutoff.date(), horizon.days, (end - pd.Timedelta(days=1)).date())
    return int(min(horizon, end - cutoff).days)


def cutoffs_before(log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> Cutoffs:
    """Training windows spaced half a horizon, back from the cut-off while enough history precedes them."""
    first = data_start(log)
    earliest = first + min(horizon, (cutoff - first) / 4)
    valid = cutoff - horizon
    if valid < earliest:
        raise too_short(first, cutoff, horizon)
    older = [valid - horizon - horizon / 2 * step for step in range(MAX_TRAINING_CUTOFFS)]
    train = tuple(sorted(at.normalize() for at in older if at >= earliest))
    if train:
        return Cutoffs(cutoff, horizon, train, (valid,), (*train, valid))
    return Cutoffs(cutoff, horizon, (valid,), (), (valid,))


def too_short(first: pd.Timestamp, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> NotEnoughHistory:
    """The error for a history that holds no label window."""
    return NotEnoughHistory(
        f"{(cutoff - first).days} days of orders before {cutoff.date()} are too few for a horizon of "
        f"{horizon.days} days; choose a later cut-off or a shorter horizon"
    )
