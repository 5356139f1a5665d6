"""Which candidate serves: by the Brier score, among those that rank about as well as the best."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from gnn.churn.base_rate import offset_to
from gnn.churn.calibration import fit_slope
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import ChurnModel
from gnn.evaluate.classification import auc, brier
from gnn.features.history import Floats
from gnn.learn.windows import Window

CLOSE = 0.005
"""AUC below the best that still counts as ranking as well."""


def judged(
    models: Mapping[str, ChurnModel], windows: Sequence[Window[ChurnLabels]]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Per candidate its slope, and its `validation_auc` and `validation_brier` over the validation windows.

    Every window is given its true level, since the level is forecast apart, the same for all candidates.
    """
    labels = [window.labels for window in windows]
    scores = {
        name: [model.logits(window.features)[window.labels.rows] for window in windows]
        for name, model in models.items()
    }
    slopes = {name: fit_slope(parts, labels) for name, parts in scores.items()}
    return slopes, {name: _measures(scores[name], labels, slopes[name]) for name in models}


def _measures(scores: Sequence[Floats], labels: Sequence[ChurnLabels], slope: float) -> dict[str, float]:
    """Means over the windows that hold both outcomes."""
    both = [(s, part.churned) for s, part in zip(scores, labels, strict=True) if 0 < part.churned.mean() < 1]
    levelled = [(_levelled(slope * s.astype(np.float64), churned), churned) for s, churned in both]
    return {
        "validation_auc": float(np.mean([auc(churned, s) for s, churned in both])),
        "validation_brier": float(np.mean([brier(churned, p) for p, churned in levelled])),
    }


def _levelled(log_odds: np.ndarray, churned: np.ndarray) -> np.ndarray:
    return np.asarray(expit(log_odds + offset_to(log_odds, float(churned.mean()))))


def best(validation: Mapping[str, Mapping[str, float]]) -> str:
    """The lowest Brier score among the candidates whose AUC is at most .005 below the highest."""
    highest = max(found["validation_auc"] for found in validation.values())
    close = [name for name, found in validation.items() if found["validation_auc"] >= highest - CLOSE]
    return min(close, key=lambda name: validation[name]["validation_brier"])
