"""Judging churn models on one cut-off: AUC with its confidence, Brier, calibration error, lift."""

from typing import Any

import numpy as np

from gnn.evaluate.bootstrap import interval
from gnn.evaluate.classification import auc, brier, calibration_error, top_decile_lift
from gnn.features.scene import Scene
from gnn.task.churn import ChurnLabels
from gnn.task.errors import OneClassOnly
from gnn.train.churn import ChurnFit


def churn_rows(fit: ChurnFit, scene: Scene, labels: ChurnLabels, seed: int) -> list[dict[str, Any]]:
    """One row per model. Raises OneClassOnly where AUC has no meaning."""
    if len(np.unique(labels.churned)) < 2:
        raise OneClassOnly(
            f"all {len(labels.rows)} customers ended the same way within the horizon, so models cannot be "
            "told apart; choose another cut-off or horizon"
        )
    return [_row(name, fit, scene, labels, seed) for name in fit.models]


def _row(name: str, fit: ChurnFit, scene: Scene, labels: ChurnLabels, seed: int) -> dict[str, Any]:
    logits = fit.models[name].logits(scene)[labels.rows]
    probability, truth = fit.calibrators[name](logits), labels.churned
    return {
        "model": name,
        "auc": auc(truth, logits),
        "ci95": list(interval(lambda rows: auc(truth[rows], logits[rows]), len(truth), seed)),
        "brier": brier(truth, probability),
        "ece": calibration_error(truth, probability),
        "top_decile_lift": top_decile_lift(truth, logits),
        "validation_auc": fit.validation[name],
    }
