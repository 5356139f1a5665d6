"""How often what was said came true: by model, band, industry and probability, with an interval."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.evaluate.classification import auc, brier

Z = 1.959964
"""Of the standard normal distribution, for 95%."""
FEWEST = 5
"""Customers below which a group is left out: a share of fewer says nothing, and might tell of one.

Nor may subtraction tell of fewer: the model as a whole less the groups that are told.
"""
EDGES = np.linspace(0.0, 1.0, 11)
Line = dict[str, Any]


def score_lines(cases: pd.DataFrame, members: pd.DataFrame) -> list[Line]:
    """Per model all of its scores, then those of each band, industry, tenth of the probability and segment.

    members: the cases in each `segment`.

    `predicted` is the mean probability, `realised` the share that came true, with `low` and `high`; `auc` and
    `brier` of the model as a whole.
    """
    found = [line for model, own in _by_model(cases) for line in _of_model(model, own)]
    whole = dict(_by_model(cases))
    segments = [line for model, own in _by_model(members) for line in _of_segments(model, whole[model], own)]
    return found + segments


def _by_model(cases: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(model), own) for model, own in cases.groupby("model_id", sort=True)]


def _of_model(model_id: str, cases: pd.DataFrame) -> Iterator[Line]:
    groups = {
        "all": pd.Series("all", index=cases.index),
        "band": cases["band"],
        "industry": cases["industry"],
        "probability": tenths(cases["probability"]),
    }
    for by, values in groups.items():
        for value, own in told_apart(cases, values):
            yield _line(model_id, by, value, own)


def told_apart(cases: pd.DataFrame, values: pd.Series) -> Iterator[tuple[object, pd.DataFrame]]:
    """Groups that share no case; if those left over are few, the smallest group stays out too."""
    told = {value: own for value, own in cases.groupby(values, sort=True) if _customers(own) >= FEWEST}
    if told and _few(cases[~values.isin(list(told))]):
        del told[min(told, key=lambda value: _customers(told[value]))]
    yield from told.items()


def _of_segments(model_id: str, cases: pd.DataFrame, members: pd.DataFrame) -> Iterator[Line]:
    """Lines of segments, which may share cases; not of one that all but a few customers are in."""
    for value, own in members.groupby("segment", sort=True):
        outside = cases[~cases["score_id"].isin(own["score_id"])]
        if _customers(own) >= FEWEST and not _few(outside):
            yield _line(model_id, "segment", value, own)


def _customers(cases: pd.DataFrame) -> int:
    return int(cases["customer_id"].nunique())


def _few(cases: pd.DataFrame) -> bool:
    return 0 < _customers(cases) < FEWEST


def _line(model_id: str, by: str, value: object, cases: pd.DataFrame) -> Line:
    fixed = {"task": "churn", "model_id": model_id, "by": by, "value": str(value)}
    return fixed | chance_line(cases, whole=by == "all")


def tenths(probability: pd.Series) -> pd.Series:
    place = np.clip(np.searchsorted(EDGES, probability, side="right") - 1, 0, len(EDGES) - 2)
    return pd.Series([f"{EDGES[one]:.1f}–{EDGES[one + 1]:.1f}" for one in place], index=probability.index)


def chance_line(cases: pd.DataFrame, *, whole: bool) -> Line:
    """`probability` beside what `churned`: both means, and of the whole how well the cases were ranked."""
    came, said = cases["churned"].to_numpy(dtype=float), cases["probability"].to_numpy(dtype=float)
    line = realised(came, cases["customer_id"]) | {"predicted": round(float(said.mean()), 4), **span(cases)}
    if not whole:
        return line
    ranked = auc(came, said)
    return line | {
        "auc": round(ranked, 4) if np.isfinite(ranked) else None,
        "brier": round(brier(came, said), 4),
    }


def offer_lines(cases: pd.DataFrame) -> list[Line]:
    """Per model what was shown: how many were accepted, and how many bought within the horizon."""
    found = _by_model(cases)
    return [_offer_line(model, own) for model, own in found if _customers(own) >= FEWEST]


def _offer_line(model_id: str, cases: pd.DataFrame) -> Line:
    line = {"task": "cross-sell", "model_id": model_id, "by": "all", "value": "all"}
    bought = realised(cases["bought"].to_numpy(dtype=float), cases["customer_id"])
    return line | bought | {"accepted": int(cases["accepted"].sum()), **span(cases)}


def span(cases: pd.DataFrame) -> Line:
    return {
        "served_from": cases["as_of"].min().date().isoformat(),
        "served_until": cases["as_of"].max().date().isoformat(),
    }


def realised(came: npt.NDArray[np.float64], customers: pd.Series) -> Line:
    """The share that came true with its interval, of how many cases and customers."""
    low, high = interval(came, customers)
    return {
        "cases": len(came),
        "customers": int(customers.nunique()),
        "realised": round(float(came.mean()), 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def interval(came: npt.NDArray[np.float64], customers: pd.Series) -> tuple[float, float]:
    """Wilson's 95% interval of a share (1927), of as many cases as the customers are worth.

    Scores of one customer come true together. By the design effect (Kish, 1965) their number is p(1 − p)
    over the variance of the share between customers; where all or none came true it is that of customers.
    """
    share, count = float(came.mean()), _independent(came, customers)
    middle = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z / (1 + Z**2 / count) * np.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))


def _independent(came: npt.NDArray[np.float64], customers: pd.Series) -> float:
    share, groups = float(came.mean()), int(customers.nunique())
    if share in (0.0, 1.0) or groups < 2:
        return float(groups)
    sums = pd.Series(came - share).groupby(customers.to_numpy()).sum()
    variance = float((sums**2).sum()) * groups / (groups - 1) / len(came) ** 2
    return min(float(len(came)), share * (1 - share) / variance) if variance > 0 else float(len(came))
