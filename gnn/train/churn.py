"""Fitting churn: every candidate on the older windows, the choice on the newest, then all windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gnn.baseline.boosting import Boosted
from gnn.baseline.logistic import Logistic
from gnn.baseline.platt import Platt
from gnn.evaluate.classification import auc
from gnn.features.scene import Scene
from gnn.snapshot.tables import Log
from gnn.task.churn import ChurnLabels, churn_labels
from gnn.task.errors import NotEnoughHistory, OneClassOnly
from gnn.train.churn_models import BLENDED, ChurnModel, Mean, Recency, Tabular, columns_of
from gnn.train.churn_net import MAX_EPOCHS, Window, train_net
from gnn.train.reproducible import reproducible
from gnn.train.windows import Scenes, halves

TABULAR = ("rfm_logistic", "gradient_boosting", "relational_logistic", "relational_boosting")
MIN_CUSTOMERS = 20


@dataclass(frozen=True)
class ChurnFit:
    """All candidates fitted on every window, their AUC on validation, calibrators, and the choice."""

    models: Mapping[str, ChurnModel]
    validation: Mapping[str, float]
    calibrators: Mapping[str, Platt]
    selected: str


def fit_churn(known: Log, scenes: Scenes, seed: int) -> ChurnFit:
    """Choose on the validation window, calibrate there, and refit on all windows.

    Raises NotEnoughHistory below 20 customers, OneClassOnly where all or none left.
    """
    windows, valid = split(known, scenes, seed)
    _check([*windows, valid])
    with reproducible(seed):
        tried, epochs = _candidates(windows, seed, MAX_EPOCHS, valid)
    scene, labels = valid
    logits = {name: model.logits(scene)[labels.rows] for name, model in tried.items()}
    validation = {name: auc(labels.churned, values) for name, values in logits.items()}
    calibrators = {name: Platt.fit(values, labels.churned) for name, values in logits.items()}
    with reproducible(seed):
        models, _ = _candidates(_joined(windows, valid), seed, epochs, None)
    return ChurnFit(models, validation, calibrators, max(validation, key=lambda name: validation[name]))


def split(known: Log, scenes: Scenes, seed: int) -> tuple[list[Window], Window]:
    """Training windows and the validation window; a single window is split by customers instead."""
    windows = [(scene, churn_labels(known, scene.past)) for scene in scenes.train]
    if scenes.valid is not None:
        return windows, (scenes.valid, churn_labels(known, scenes.valid.past))
    scene, labels = windows[-1]
    churned = dict(zip(labels.rows.tolist(), labels.churned.tolist(), strict=True))
    parts = (
        ChurnLabels(rows, np.array([churned[row] for row in rows.tolist()], dtype=np.float32))
        for rows in halves(labels.rows, seed)
    )
    older, newer = parts
    return [(scene, older)], (scene, newer)


def _joined(windows: Sequence[Window], valid: Window) -> list[Window]:
    return [*windows, valid]


def _check(windows: Sequence[Window]) -> None:
    counted = sum(len(labels.rows) for _, labels in windows)
    if counted < MIN_CUSTOMERS:
        raise NotEnoughHistory(
            f"only {counted} customers had ordered before the training cut-offs; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off"
        )
    for part in (windows[:-1], windows[-1:]):
        outcomes = np.concatenate([labels.churned for _, labels in part])
        if len(np.unique(outcomes)) < 2:
            how = "none" if not len(outcomes) or outcomes[0] == 0 else "all"
            raise OneClassOnly(
                f"{how} of the {len(outcomes)} customers stayed silent within the horizon; "
                "choose another horizon, so that some leave and some stay"
            )


def _candidates(
    windows: Sequence[Window], seed: int, epochs: int, valid: Window | None
) -> tuple[dict[str, ChurnModel], int]:
    models: dict[str, ChurnModel] = {"recency": Recency()}
    models |= {name: _tabular(name, windows, seed) for name in TABULAR}
    models["gnn"], best = train_net(windows, epochs, valid)
    models["blend"] = Mean([models[name] for name in BLENDED])
    return models, best


def _tabular(name: str, windows: Sequence[Window], seed: int) -> Tabular:
    values = np.concatenate([_values(name, scene)[labels.rows] for scene, labels in windows])
    churned = np.concatenate([labels.churned for _, labels in windows])
    if "boosting" in name:
        return Tabular(name, Boosted.fit(values, churned, seed))
    return Tabular(name, Logistic.fit(values, churned, 1.0 if name == "rfm_logistic" else 0.05))


def _values(name: str, scene: Scene) -> np.ndarray:
    return scene.frame.columns(*columns_of(name, scene.frame))
