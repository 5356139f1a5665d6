"""Fitting churn: every candidate on the older windows, the choice on the newer ones, then all windows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from gnn.churn.base_rate import BaseRate
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.choice import best, judged
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import (
    BLENDS,
    LIGHTGBM,
    STACK,
    ChurnModel,
    LogOddsMean,
    LogOddsSum,
    ProcessModel,
    Recency,
    Tabular,
    columns_of,
)
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.stack import stack_weights, summed
from gnn.churn.training import MAX_EPOCHS, train_network
from gnn.churn.validation import Said, said_in
from gnn.errors import NotEnoughHistory, OneClassOnly
from gnn.features.feature_set import FeatureSet
from gnn.learn.boosting import Boosted
from gnn.learn.budget import BeyondBudget
from gnn.learn.device import where_it_fits
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, Windows
from gnn.task import Fit

TABULAR = (
    "rfm_logistic", "order_logistic", "gradient_boosting", "relational_logistic", "relational_boosting",
    LIGHTGBM,
)  # fmt: skip
CHEAP = ("recency", *TABULAR, "purchase_process", "process_blend")
"""The candidates that need no network."""
EVERY = (*CHEAP, "gnn", "blend")
MIN_CUSTOMERS = 20


def fit_churn(
    windows: Windows[ChurnLabels], seed: int, names: Collection[str] = (*EVERY, STACK)
) -> Fit[ChurnModel, ChurnCalibration]:
    """Choose on the validation windows, refit on all, and forecast the base rate apart from the ranking.

    names: of the candidates that are refitted, beside the one that serves and with what they are made of.
    Raises NotEnoughHistory below 20 customers, OneClassOnly where all or none left.
    """
    check_windows(windows)
    process = PurchaseProcess.fit(windows.final.history)
    with reproducible(seed):
        tried = _candidates(windows.train, process, seed, MAX_EPOCHS, windows.valid[-1])
    base_rate = BaseRate.fit(process, windows.final.history, windows.every)
    said = said_in(tried.models, windows.valid)
    weights = stack_weights(said, season_unseen=base_rate.season_unseen)
    judgements = judged(Said({**said.scores, STACK: summed(said, weights)}, said.labels))
    selected = best(judgements, season_unseen=base_rate.season_unseen)
    asked = _with_members({selected, *names}, weights)
    with reproducible(seed):
        models = _candidates(windows.every, process, seed, tried.epochs, None, asked, tried.not_run).models
    if STACK in asked:
        models[STACK] = LogOddsSum({name: models[name] for name in weights}, weights)
    calibrations = {name: ChurnCalibration(one.slope, base_rate) for name, one in judgements.items()}
    validation = {
        name: {"validation_auc": one.auc, "validation_brier": one.brier} for name, one in judgements.items()
    }
    return Fit(models, validation, calibrations, selected, remarks=_remarks(base_rate), not_run=tried.not_run)


def _with_members(names: Collection[str], weights: Collection[str]) -> set[str]:
    """These candidates, and those that the blends and the stack among them are made of."""
    members = {**BLENDS, STACK: tuple(weights)}
    return {*names, *(member for name in names for member in members.get(name, ()))}


def _remarks(base_rate: BaseRate) -> tuple[str, ...]:
    if not base_rate.season_unseen:
        return ()
    if base_rate.windows < 2:
        why = "the history holds a single past window"
    else:
        why = f"past windows differ by ±{base_rate.spread:.2f} in the log-odds of silence beyond chance"
    return (f"season unseen: {why}, so the probabilities are drawn towards one half",)


def check_windows(windows: Windows[ChurnLabels]) -> None:
    """Raise NotEnoughHistory below 20 customers, OneClassOnly where all or none left."""
    both = (*windows.train, *windows.valid)
    counted = sum(len(window.labels.rows) for window in both)
    if counted < MIN_CUSTOMERS:
        raise NotEnoughHistory(
            f"only {_customers(both)} customers had ordered before the training cut-offs, counted {counted} "
            f"times at these; at least {MIN_CUSTOMERS} times are needed: choose a later cut-off"
        )
    for part in (windows.train, windows.valid[-1:]):
        _check_outcomes(part)


def _check_outcomes(part: Sequence[Window[ChurnLabels]]) -> None:
    churned = np.concatenate([window.labels.churned for window in part])
    if len(np.unique(churned)) < 2:
        how = "none" if not len(churned) or churned[0] == 0 else "all"
        raise OneClassOnly(
            f"{how} of the {_customers(part)} customers stayed silent within the horizon; "
            "choose another horizon, so that some leave and some stay"
        )


def _customers(part: Sequence[Window[ChurnLabels]]) -> int:
    """How many customers the windows count; one that several windows count is one."""
    counted = (window.features.history.customers[window.labels.rows] for window in part)
    return len({customer for customers in counted for customer in customers})


@dataclass(frozen=True)
class Fitted:
    """Candidates by name, the epochs that the network took, and why a candidate was not run."""

    models: dict[str, ChurnModel]
    epochs: int
    not_run: dict[str, str]


def _candidates(
    windows: Sequence[Window[ChurnLabels]],
    process: PurchaseProcess,
    seed: int,
    epochs: int,
    valid: Window[ChurnLabels] | None,
    names: Collection[str] = EVERY,
    left_out: Mapping[str, str] = MappingProxyType({}),
) -> Fitted:
    """The candidates of these names but those left out; without the network, no blend that it is part of."""
    models: dict[str, ChurnModel] = {"recency": Recency()} if "recency" in names else {}
    models |= {name: tabular(name, windows, seed) for name in TABULAR if name in names}
    not_run = dict(left_out)
    try:
        if "gnn" in names and "gnn" not in not_run:
            models["gnn"], epochs = where_it_fits(
                lambda device: train_network(windows, epochs, valid, device)
            )
    except BeyondBudget as reason:
        not_run["gnn"] = str(reason)
    if "purchase_process" in names:
        models["purchase_process"] = ProcessModel(process, windows[-1].features.history.horizon)
    for name, members in BLENDS.items():
        if set(members) <= models.keys():
            models[name] = LogOddsMean([models[member] for member in members])
        elif name in names:
            not_run[name] = f"its member {', '.join(set(members) - models.keys())} was not run"
    return Fitted(models, epochs, not_run)


def tabular(name: str, windows: Sequence[Window[ChurnLabels]], seed: int) -> Tabular:
    """The tabular candidate of this name, fitted on the windows."""
    values = np.concatenate([_values(name, window.features)[window.labels.rows] for window in windows])
    churned = np.concatenate([window.labels.churned for window in windows])
    if name == LIGHTGBM:
        return Tabular(name, Leafwise.fit(values, churned, seed))
    if "boosting" in name:
        return Tabular(name, Boosted.fit(values, churned, seed))
    return Tabular(name, Logistic.fit(values, churned, 1.0 if name == "rfm_logistic" else 0.05))


def _values(name: str, features: FeatureSet) -> np.ndarray:
    return features.table.columns(*columns_of(name, features.table))
