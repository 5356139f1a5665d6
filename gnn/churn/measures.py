"""Judging churn models: AUC with its confidence, Brier score, calibration error, lift."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gnn.churn.bands import HIGH
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import ChurnModel
from gnn.errors import OneClassOnly
from gnn.evaluate.bootstrap import interval
from gnn.evaluate.classification import (
    at_threshold,
    auc,
    brier,
    calibration_error,
    expected_calibration_error,
    top_decile_lift,
)
from gnn.learn.windows import Window
from gnn.task import Fit, Predictions


def churn_predictions(
    fit: Fit[ChurnModel, ChurnCalibration], window: Window[ChurnLabels]
) -> Mapping[str, Predictions]:
    """Per candidate `churned` and `probability` [customers counted].

    Raises OneClassOnly where AUC has no meaning.
    """
    labels = window.labels
    if len(np.unique(labels.churned)) < 2:
        raise OneClassOnly(
            f"all {len(labels.rows)} customers ended the same way within the horizon, so models cannot be "
            "told apart; choose another cut-off or horizon"
        )
    history = window.features.history
    scores = {name: model.logits(window.features)[labels.rows] for name, model in fit.models.items()}
    return {
        name: {"churned": labels.churned, "probability": fit.calibrators[name](score, history)}
        for name, score in scores.items()
    }


def churn_measures(predictions: Predictions, seed: int) -> dict[str, Any]:
    """`auc` with `ci95`, `brier`, `ece` with `ece_expected`, `top_decile_lift`; `precision`, `recall`, `f1`.

    The last three are of the customers in the band `high`.

    `ece_expected` is the median error that the same probabilities show by chance alone.
    """
    churned, probability = predictions["churned"], predictions["probability"]
    return {
        "auc": auc(churned, probability),
        "ci95": list(interval(lambda rows: auc(churned[rows], probability[rows]), len(churned), seed)),
        "brier": brier(churned, probability),
        "ece": calibration_error(churned, probability),
        "ece_expected": expected_calibration_error(probability, seed),
        "top_decile_lift": top_decile_lift(churned, probability),
        **at_threshold(churned, probability, HIGH),
    }
