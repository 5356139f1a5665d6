"""Fitting churn: every candidate on the older windows, the choice on the newer ones, then all windows."""

from collections.abc import Sequence

import numpy as np

from gnn.churn.base_rate import BaseRate
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.choice import best, judged
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import BLENDS, ChurnModel, LogOddsMean, ProcessModel, Recency, Tabular, columns_of
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.training import MAX_EPOCHS, train_network
from gnn.errors import NotEnoughHistory, OneClassOnly
from gnn.features.feature_set import FeatureSet
from gnn.learn.boosting import Boosted
from gnn.learn.logistic import Logistic
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, Windows
from gnn.task import Fit

TABULAR = (
    "rfm_logistic", "order_logistic", "gradient_boosting", "relational_logistic", "relational_boosting",
)  # fmt: skip
MIN_CUSTOMERS = 20


def fit_churn(windows: Windows[ChurnLabels], seed: int) -> Fit[ChurnModel, ChurnCalibration]:
    """Choose on the validation windows, refit on all, and forecast the base rate apart from the ranking.

    Raises NotEnoughHistory below 20 customers, OneClassOnly where all or none left.
    """
    _check(windows)
    process = PurchaseProcess.fit(windows.final.history)
    with reproducible(seed):
        tried, epochs = _candidates(windows.train, process, seed, MAX_EPOCHS, windows.valid[-1])
    judgements = judged(tried, windows.valid)
    with reproducible(seed):
        models, _ = _candidates(windows.every, process, seed, epochs, None)
    base_rate = BaseRate.fit(process, windows.final.history, windows.every)
    calibrations = {name: ChurnCalibration(one.slope, base_rate) for name, one in judgements.items()}
    validation = {
        name: {"validation_auc": one.auc, "validation_brier": one.brier} for name, one in judgements.items()
    }
    return Fit(models, validation, calibrations, best(judgements), remarks=_remarks(base_rate))


def _remarks(base_rate: BaseRate) -> tuple[str, ...]:
    if not base_rate.season_unseen:
        return ()
    if base_rate.windows < 2:
        why = "the history holds a single past window"
    else:
        why = f"past windows differ by ±{base_rate.spread:.2f} in the log-odds of silence beyond chance"
    return (f"season unseen: {why}, so the probabilities are drawn towards one half",)


def _check(windows: Windows[ChurnLabels]) -> None:
    counted = sum(len(window.labels.rows) for window in (*windows.train, *windows.valid))
    if counted < MIN_CUSTOMERS:
        raise NotEnoughHistory(
            f"only {counted} customers had ordered before the training cut-offs; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off"
        )
    for part in (windows.train, windows.valid[-1:]):
        _check_outcomes(np.concatenate([window.labels.churned for window in part]))


def _check_outcomes(churned: np.ndarray) -> None:
    if len(np.unique(churned)) < 2:
        how = "none" if not len(churned) or churned[0] == 0 else "all"
        raise OneClassOnly(
            f"{how} of the {len(churned)} customers stayed silent within the horizon; "
            "choose another horizon, so that some leave and some stay"
        )


def _candidates(
    windows: Sequence[Window[ChurnLabels]],
    process: PurchaseProcess,
    seed: int,
    epochs: int,
    valid: Window[ChurnLabels] | None,
) -> tuple[dict[str, ChurnModel], int]:
    """All candidates fitted on the windows, and the number of epochs that the network took."""
    models: dict[str, ChurnModel] = {"recency": Recency()}
    models |= {name: _tabular(name, windows, seed) for name in TABULAR}
    models["gnn"], best = train_network(windows, epochs, valid)
    models["purchase_process"] = ProcessModel(process, windows[-1].features.history.horizon)
    blends = {name: LogOddsMean([models[member] for member in members]) for name, members in BLENDS.items()}
    return models | blends, best


def _tabular(name: str, windows: Sequence[Window[ChurnLabels]], seed: int) -> Tabular:
    values = np.concatenate([_values(name, window.features)[window.labels.rows] for window in windows])
    churned = np.concatenate([window.labels.churned for window in windows])
    if "boosting" in name:
        return Tabular(name, Boosted.fit(values, churned, seed))
    return Tabular(name, Logistic.fit(values, churned, 1.0 if name == "rfm_logistic" else 0.05))


def _values(name: str, features: FeatureSet) -> np.ndarray:
    return features.table.columns(*columns_of(name, features.table))
