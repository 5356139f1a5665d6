"""Fitting churn: every candidate on the older windows, the choice on the newest, then all windows."""

from collections.abc import Sequence

import numpy as np

from gnn.churn.labels import ChurnLabels
from gnn.churn.models import BLENDED, ChurnModel, LogOddsMean, Recency, Tabular, columns_of
from gnn.churn.training import MAX_EPOCHS, train_network
from gnn.errors import NotEnoughHistory, OneClassOnly
from gnn.evaluate.classification import auc
from gnn.features.feature_set import FeatureSet
from gnn.learn.boosting import Boosted
from gnn.learn.logistic import Logistic
from gnn.learn.platt import Platt
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, Windows
from gnn.task import Fit

TABULAR = ("rfm_logistic", "gradient_boosting", "relational_logistic", "relational_boosting")
MIN_CUSTOMERS = 20


def fit_churn(windows: Windows[ChurnLabels], seed: int) -> Fit[ChurnModel]:
    """Choose on the validation window by AUC, calibrate there, and refit on all windows.

    Raises NotEnoughHistory below 20 customers, OneClassOnly where all or none left.
    """
    valid = windows.valid
    _check(windows)
    with reproducible(seed):
        tried, epochs = _candidates(windows.train, seed, MAX_EPOCHS, valid)
    churned = valid.labels.churned
    scores = {name: model.logits(valid.features)[valid.labels.rows] for name, model in tried.items()}
    validation = {name: auc(churned, score) for name, score in scores.items()}
    calibrators = {name: Platt.fit(score, churned) for name, score in scores.items()}
    with reproducible(seed):
        models, _ = _candidates((*windows.train, valid), seed, epochs, None)
    return Fit(models, validation, calibrators, max(validation, key=lambda name: validation[name]))


def _check(windows: Windows[ChurnLabels]) -> None:
    every = (*windows.train, windows.valid)
    counted = sum(len(window.labels.rows) for window in every)
    if counted < MIN_CUSTOMERS:
        raise NotEnoughHistory(
            f"only {counted} customers had ordered before the training cut-offs; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off"
        )
    for part in (windows.train, (windows.valid,)):
        _check_outcomes(np.concatenate([window.labels.churned for window in part]))


def _check_outcomes(churned: np.ndarray) -> None:
    if len(np.unique(churned)) < 2:
        how = "none" if not len(churned) or churned[0] == 0 else "all"
        raise OneClassOnly(
            f"{how} of the {len(churned)} customers stayed silent within the horizon; "
            "choose another horizon, so that some leave and some stay"
        )


def _candidates(
    windows: Sequence[Window[ChurnLabels]], seed: int, epochs: int, valid: Window[ChurnLabels] | None
) -> tuple[dict[str, ChurnModel], int]:
    """All candidates fitted on the windows, and the number of epochs that the network took."""
    models: dict[str, ChurnModel] = {"recency": Recency()}
    models |= {name: _tabular(name, windows, seed) for name in TABULAR}
    models["gnn"], best = train_network(windows, epochs, valid)
    models["blend"] = LogOddsMean([models[name] for name in BLENDED])
    return models, best


def _tabular(name: str, windows: Sequence[Window[ChurnLabels]], seed: int) -> Tabular:
    values = np.concatenate([_values(name, window.features)[window.labels.rows] for window in windows])
    churned = np.concatenate([window.labels.churned for window in windows])
    if "boosting" in name:
        return Tabular(name, Boosted.fit(values, churned, seed))
    return Tabular(name, Logistic.fit(values, churned, 1.0 if name == "rfm_logistic" else 0.05))


def _values(name: str, features: FeatureSet) -> np.ndarray:
    return features.table.columns(*columns_of(name, features.table))
