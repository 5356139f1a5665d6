"""Whether served forecasts came true, once their horizon has passed, by the labels of training."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gnn.deals.table import TABLES, won
from gnn.features.history import DAY, Doubles
from gnn.forecast.spread import HIGH, LOW
from gnn.forecasts import AMOUNT, PROBABILITY
from gnn.snapshot.cut import standing_rows
from gnn.snapshot.tables import Log
from gnn.track_record.judge import due, next_event, sales
from gnn.track_record.lines import Line, chance_line, realised, span, tenths, told_apart

DAYS = "days"


def judged_forecasts(said: pd.DataFrame, log: Log, now: pd.Timestamp) -> pd.DataFrame:
    """The forecasts whose horizon ended by `now`, with `came` and the `customer_id` that they are about.

    said: `label, record_id, task, as_of, horizon_days, unit, value, low, high, currency` and more. `came` of
    a deal or lead is whether it ended well within the horizon, of `days` how many until the next sale, at
    most the horizon, of an `amount` what was ordered less what came back, in its currency. A deal without a
    customer stands for itself.
    """
    cases = due(said, now)
    judged = [_deals(cases, log), _days(cases, log), _amounts(cases, log)]
    return pd.concat(judged, ignore_index=True)


def _deals(cases: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Each deal once more beside its end."""
    found = [cases.head(0).assign(came=0.0, customer_id="")]
    for label, (table, key) in TABLES.items():
        own = cases[cases["label"] == label]
        deals = log[table].drop_duplicates(key).set_index(key).reindex(own["record_id"])
        at = deals["closed_at"].to_numpy()
        well = won(deals) & (at >= own["begins"].to_numpy()) & (at < own["ends"].to_numpy())
        well &= ~(deals["ended_at"].to_numpy() < own["ends"].to_numpy())  # deleted within it: none was won
        customer = deals["customer_id"].fillna(deals.index.to_series()).to_numpy()
        found.append(own.assign(came=well.astype(np.float64), customer_id=customer))
    return pd.concat(found, ignore_index=True)


def _days(cases: pd.DataFrame, log: Log) -> pd.DataFrame:
    own = cases[cases["unit"] == DAYS].assign(customer_id=lambda frame: frame["record_id"])
    own = own.reset_index(drop=True)
    following = next_event(own, sales(log)[["customer_id", "at"]], ["customer_id"])
    days = (following - own["begins"]).dt.total_seconds() / DAY.total_seconds()
    return own.assign(came=np.minimum(days.fillna(np.inf), own["horizon_days"]).astype(np.float64))


def _amounts(cases: pd.DataFrame, log: Log) -> pd.DataFrame:
    """What each customer's orders sum to by the end of the horizon, less what they did before it."""
    own = cases[cases["unit"] == AMOUNT].assign(customer_id=lambda frame: frame["record_id"])
    own = own.reset_index(drop=True)
    placed = standing_rows(log["orders"]).sort_values("at", kind="stable")
    placed = placed.assign(currency=placed["currency"].fillna(""))
    sums = placed.assign(total=placed["amount"].fillna(0.0).groupby(_keys(placed)).cumsum())
    return own.assign(came=_total(own, sums, "ends") - _total(own, sums, "begins"))


def _keys(frame: pd.DataFrame) -> list[pd.Series]:
    return [frame["customer_id"], frame["currency"]]


def _total(cases: pd.DataFrame, sums: pd.DataFrame, moment: str) -> Doubles:
    """The sum of the orders before a moment, per case."""
    if cases.empty or sums.empty:
        return np.zeros(len(cases))
    by = ["customer_id", "currency"]
    asked = cases.assign(currency=cases["currency"].fillna(""), place=np.arange(len(cases)))
    asked = asked[[moment, "place", *by]].astype(dict.fromkeys(by, object)).sort_values(moment)
    known = sums[["at", "total", *by]].astype(dict.fromkeys(by, object))
    found = pd.merge_asof(
        asked, known, left_on=moment, right_on="at", by=by, direction="backward", allow_exact_matches=False
    )
    totals = found.sort_values("place")["total"].fillna(0.0)
    return np.asarray(totals, dtype=np.float64)


def forecast_lines(cases: pd.DataFrame) -> list[Line]:
    """Per task and model, of enough customers: chances as of churn scores; numbers by their band and error.

    Of numbers `predicted` is the share that was to lie within the band and `realised` the one that did;
    `expected` and `actual` are means, `error` the mean absolute difference. Amounts are told by currency.
    """
    found: list[Line] = []
    for (task, model), own in cases.groupby(["task", "model_id"], sort=True):
        fixed = {"task": str(task), "model_id": str(model)}
        tell = _chances if own["unit"].iloc[0] == PROBABILITY else _numbers
        found += [fixed | line for line in tell(own)]
    return found


def _chances(cases: pd.DataFrame) -> Iterator[Line]:
    said = cases.assign(probability=cases["value"], churned=cases["came"])
    groups = {"all": pd.Series("all", index=said.index), "probability": tenths(said["probability"])}
    for by, values in groups.items():
        for value, own in told_apart(said, values):
            yield {"by": by, "value": str(value), **chance_line(own, whole=by == "all")}


def _numbers(cases: pd.DataFrame) -> Iterator[Line]:
    days = cases["unit"].iloc[0] == DAYS
    values = pd.Series("all", index=cases.index) if days else cases["currency"].fillna("none")
    for value, own in told_apart(cases, values):
        within = (own["came"] >= own["low"]) & (own["came"] <= own["high"])
        yield {
            "by": "all" if days else "currency",
            "value": str(value),
            **realised(np.asarray(within, dtype=np.float64), own["customer_id"]),
            "predicted": round(HIGH - LOW, 4),
            "expected": round(float(own["value"].mean()), 4),
            "actual": round(float(own["came"].mean()), 4),
            "error": round(float((own["value"] - own["came"]).abs().mean()), 4),
            **span(own),
        }
