"""Whether served scores and offers came true, once their horizon has passed.

All of them together: one ordered join per table, never a question per score.
"""

from dataclasses import dataclass

import pandas as pd

from gnn.features.history import DAY
from gnn.snapshot.cut import standing_rows
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class Passed:
    """Frames of what can be judged: `scores` with `churned`, `offers` with `bought`, one row per case."""

    scores: pd.DataFrame
    offers: pd.DataFrame


def judged_scores(scores: pd.DataFrame, log: Log, now: pd.Timestamp) -> pd.DataFrame:
    """The scores whose horizon ended by `now`, with `churned`: no order of kind sale came within it.

    scores: `customer_id, as_of, horizon_days, probability` and more. The horizon begins at the midnight after
    `as_of`, as the features of the score ended there: the rule of `gnn.churn.labels`.
    """
    cases = due(scores, now)
    following = next_event(cases, sales(log)[["customer_id", "at"]], ["customer_id"])
    return cases.assign(churned=~(following < cases["ends"]))


def judged_offers(offers: pd.DataFrame, log: Log, now: pd.Timestamp) -> pd.DataFrame:
    """The offers whose horizon ended by `now`, with `bought`: the product was bought within it.

    offers: `customer_id, product_id, as_of, horizon_days` and more; as_of is when it was first shown. What
    counts as bought is the rule of `gnn.cross_sell.labels`: a line of a sale, not of zero or less.
    """
    cases = due(offers, now)
    lines, placed = log["lines"], sales(log)[["order_id", "customer_id", "at"]]
    sold = lines[~(lines["quantity"] <= 0)].merge(placed, on="order_id")
    following = next_event(cases, sold[["customer_id", "product_id", "at"]], ["customer_id", "product_id"])
    return cases.assign(bought=following < cases["ends"])


def sales(log: Log) -> pd.DataFrame:
    """Orders of kind sale that their source has not deleted."""
    orders = standing_rows(log["orders"])
    return orders[orders["kind"] != "return"]


def due(served: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """With where the horizon begins and ends, sorted by its beginning; only where it has ended."""
    begins = served["as_of"].dt.normalize().astype("datetime64[us]") + DAY
    ends = begins + pd.to_timedelta(served["horizon_days"], unit="D")
    cases = served.assign(begins=begins, ends=ends)
    return cases[cases["ends"] <= now].sort_values("begins", kind="stable", ignore_index=True)


def next_event(cases: pd.DataFrame, events: pd.DataFrame, by: list[str]) -> pd.Series:
    """When the first event of the same key came at or after `begins`; missing where none did."""
    ordered = events.sort_values("at", kind="stable")
    if cases.empty or ordered.empty:
        return pd.Series(pd.NaT, index=cases.index, dtype="datetime64[us]")
    asked = cases[["begins", *by]].astype(dict.fromkeys(by, object))
    found = pd.merge_asof(
        asked, ordered, left_on="begins", right_on="at", by=by, direction="forward", allow_exact_matches=True
    )
    return found["at"]
