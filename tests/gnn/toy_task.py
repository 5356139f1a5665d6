"""A user's own task, declared outside `gnn`: which customers place at least two orders within the horizon."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from gnn.evaluate.classification import auc
from gnn.features.feature_set import FeatureSet
from gnn.features.history import Floats, History, Ints
from gnn.learn.platt import Platt
from gnn.learn.windows import Window, Windows
from gnn.registry import Artefact
from gnn.snapshot import Log
from gnn.task import Fit, Parts, Predictions, Result, Scoring, Task, result_id


@dataclass(frozen=True)
class Labels:
    """Customers with an order, and whether two more came."""

    rows: Ints
    busy: Floats

    def only(self, rows: Ints) -> "Labels":
        """Some of them."""
        return Labels(rows, self.busy[np.searchsorted(self.rows, rows)])


@dataclass(frozen=True)
class ByFeature:
    """Ranks by one feature."""

    feature: str

    def scores(self, features: FeatureSet) -> Floats:
        """The feature's values."""
        return features.table.columns(self.feature)[:, 0]

    def state(self) -> dict[str, torch.Tensor]:
        """Nothing is learned."""
        return {}


def labels(log: Log, history: History) -> Labels:
    """Two orders in [cutoff, cutoff + horizon)."""
    orders = log["orders"]
    within = (orders["at"] >= history.cutoff) & (orders["at"] < history.cutoff + history.horizon)
    rows = history.rows(orders.loc[within, "customer_id"])
    counts = np.bincount(rows[rows >= 0], minlength=history.shape[0])
    known = np.flatnonzero(history.has_order)
    return Labels(known, (counts[known] >= 2).astype(np.float32))


def fit(windows: Windows[Labels], _seed: int) -> Fit[ByFeature, Platt]:
    """The feature that ranks the validation window best."""
    models = {name: ByFeature(name) for name in ("frequency", "tenure")}
    window = windows.valid[-1]
    scores = {name: model.scores(window.features)[window.labels.rows] for name, model in models.items()}
    validation = {name: auc(window.labels.busy, score) for name, score in scores.items()}
    calibrators = {name: Platt.fit(score, window.labels.busy) for name, score in scores.items()}
    shown = {name: {"validation_auc": value} for name, value in validation.items()}
    return Fit(models, shown, calibrators, max(validation, key=lambda name: validation[name]))


def predictions(fitted: Fit[ByFeature, Platt], window: Window[Labels]) -> Mapping[str, Predictions]:
    """`busy` and `score` per candidate."""
    return {
        name: {"busy": window.labels.busy, "score": model.scores(window.features)[window.labels.rows]}
        for name, model in fitted.models.items()
    }


def measures(said: Predictions, _seed: int) -> dict[str, Any]:
    """AUC alone."""
    return {"auc": auc(said["busy"], said["score"])}


def results(artefact: Artefact, features: FeatureSet, scoring: Scoring) -> Iterator[Result]:
    """A `RiskScore` per customer, named for this task."""
    scores = ByFeature(artefact.config.selected).scores(features)
    props = {"task": artefact.config.task, "model_id": artefact.model_id, "scored_at": scoring.at.isoformat()}
    customers = [str(customer) for customer in features.history.customers]
    ids = [result_id(artefact.model_id, customer) for customer in customers]
    nodes = [{"id": i, "props": props | {"probability": float(s)}} for i, s in zip(ids, scores, strict=True)]
    links = [{"start": c, "end": i, "props": {}} for c, i in zip(customers, ids, strict=True)]
    yield Result("busy_scores", "RiskScore", nodes, (Parts("SCORED", "Customer", "RiskScore", links),))


BUSY: Task[Labels, ByFeature, Platt] = Task(
    name="busy",
    metric="auc",
    baseline="tenure",
    validation="validation_auc",
    labels=labels,
    fit=fit,
    predictions=predictions,
    measures=measures,
    results=results,
)
