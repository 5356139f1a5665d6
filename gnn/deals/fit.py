"""Fitting deals and leads: every candidate on the older windows, the choice on the newer ones, then all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from gnn.calendar import Cutoffs, default_horizon
from gnn.churn.cutoffs import churn_cutoffs
from gnn.deals.models import BaseRate, DealLearner, DealModel, StageRate, groups_of, smoothed
from gnn.deals.table import TABLES, DealTable, Kind, days_open, deal_table, open_deals, won
from gnn.errors import NotEnoughHistory, OneClassOnly
from gnn.features.history import Doubles, History
from gnn.learn.judged import judged
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.learn.platt import Platt
from gnn.learn.windows import Window, Windows
from gnn.outcomes import Outcomes
from gnn.snapshot.tables import Log
from gnn.task import Fit, Predictions

LEAST = 20
"""Cases to learn from, and to choose on."""
STATED = 0.95
"""What a source states is looked at where so many deals of each window had a row by then."""
NOT_STATED = "stages and amounts of past days are not known: too few states of each record were loaded"
STRENGTH = 0.05
"""Of the logistic regression's penalty: scikit-learn's C."""


@dataclass(frozen=True)
class _Cases:
    """Windows as tables, with what became of the rows."""

    tables: tuple[DealTable, ...]
    well: Doubles

    @classmethod
    def of(cls, windows: Sequence[Window[Outcomes]], tables: Mapping[pd.Timestamp, DealTable]) -> "_Cases":
        return cls(
            tuple(tables[window.features.history.cutoff] for window in windows),
            np.concatenate([window.labels.came for window in windows]),
        )

    def columns(self, groups: tuple[str, ...]) -> np.ndarray:
        return np.concatenate([table.columns(*groups) for table in self.tables])

    def logits(self, model: DealModel) -> np.ndarray:
        return np.concatenate([model.logits(table) for table in self.tables])

    def stated(self) -> bool:
        return all(table.stated >= STATED for table in self.tables)


def deal_labels(kind: Kind, log: Log, history: History) -> Outcomes:
    """1.0 for each open deal that is won in [cutoff, cutoff + horizon); lost and still open ones are 0.0."""
    table, key = TABLES[kind]
    ids = open_deals(history, kind)[key]
    closed = history.within_horizon(log[table], "closed_at")
    well = closed.loc[won(closed), key]
    return Outcomes(np.arange(len(ids)), np.asarray(ids.isin(well), dtype=np.float64))


def deal_horizon(kind: Kind, log: Log) -> pd.Timedelta:
    """The 80th percentile of the days from opening to closing, in whole months of 30 days (30 … 365 days)."""
    frame = log[TABLES[kind][0]]
    days = days_open(frame).dropna()
    if not len(days):
        return default_horizon(log)
    months = int(np.ceil(min(float(np.quantile(days, 0.8)), 365.0) / 30))
    return pd.Timedelta(days=30 * max(1, months))


def deal_cutoffs(log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta) -> Cutoffs:
    """Churn's windows. Raises NotEnoughHistory where none is kept to choose on."""
    found = churn_cutoffs(log, cutoff, horizon)
    if not found.valid:
        raise NotEnoughHistory(
            f"the history before {cutoff.date()} holds too few windows of {horizon.days} days to choose on; "
            "choose a later cut-off or a shorter horizon"
        )
    return found


def fit_deals(kind: Kind, windows: Windows[Outcomes], seed: int) -> Fit[DealModel, Platt]:
    """The lowest Brier score on the newer windows serves. Raises NotEnoughHistory or OneClassOnly."""
    parts = (windows.train, windows.valid, windows.every)
    sets = {window.features.history.cutoff: window.features for part in parts for window in part}
    tables = {at: deal_table(features, kind) for at, features in sets.items()}
    train, valid, every = (_Cases.of(part, tables) for part in parts)
    _check(kind, train, valid)
    stated = every.stated()
    tried, final = (_candidates(cases, seed, stated=stated) for cases in (train, every))
    found = {name: judged(valid.logits(model), valid.well) for name, model in tried.items()}
    selected = min(found, key=lambda name: found[name][1]["validation_brier"])
    return Fit(
        final,
        {name: shown for name, (_, shown) in found.items()},
        {name: platt for name, (platt, _) in found.items()},
        selected,
        not_run={} if stated else {"stage_rate": NOT_STATED},
    )


def _check(kind: Kind, train: _Cases, valid: _Cases) -> None:
    called = "deals" if kind == "Opportunity" else "leads"
    for cases, what in ((train, "to learn from"), (valid, "to choose on")):
        if len(cases.well) < LEAST:
            raise NotEnoughHistory(
                f"only {len(cases.well)} open {called} {what} at past cut-offs; at least {LEAST} are needed"
            )
        if len(np.unique(cases.well)) < 2:
            how = "none" if cases.well[0] == 0 else "all"
            raise OneClassOnly(f"{how} of the {len(cases.well)} open {called} {what} ended well in time")


def _candidates(cases: _Cases, seed: int, *, stated: bool) -> dict[str, DealModel]:
    models: dict[str, DealModel] = {"base_rate": BaseRate(smoothed(cases.well))}
    if stated:
        models["stage_rate"] = StageRate.fit(cases.tables, cases.well)
    line = partial(Logistic.fit, strength=STRENGTH)
    trees = partial(Leafwise.fit, seed=seed)
    for name, learner in (("deal_logistic", line), ("deal_boosting", trees), ("lightgbm", trees)):
        groups = groups_of(name, stated=stated)
        models[name] = DealLearner(groups, learner(cases.columns(groups), cases.well.astype(np.float32)))
    return models


def deal_predictions(
    kind: Kind, fit: Fit[DealModel, Platt], window: Window[Outcomes]
) -> Mapping[str, Predictions]:
    """Per candidate as churn's: `churned` is 1.0 where the deal was won. Raises OneClassOnly."""
    came = window.labels.came
    if len(np.unique(came)) < 2:
        raise OneClassOnly(
            f"all {len(came)} open {TABLES[kind][0]} went the same way within the horizon, so models cannot "
            "be told apart; choose another cut-off or horizon"
        )
    table = deal_table(window.features, kind)
    return {
        name: {"churned": came, "probability": fit.calibrators[name](model.logits(table))}
        for name, model in fit.models.items()
    }
