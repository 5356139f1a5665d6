"""Metrics of probabilities, in NumPy: AUC, Brier, expected calibration error, lift in the top decile."""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Numbers = npt.NDArray[np.floating]


def auc(labels: Numbers, scores: Numbers) -> float:
    """Area under the ROC curve by ranks, ties counted half; NaN when one class is absent."""
    positive = labels > 0.5
    n, m = int(positive.sum()), int((~positive).sum())
    if n == 0 or m == 0:
        return float("nan")
    ranks = rankdata(scores)
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def brier(labels: Numbers, probabilities: Numbers) -> float:
    """Mean squared difference of probability and outcome."""
    return float(np.mean((probabilities - labels) ** 2))


def calibration_error(labels: Numbers, probabilities: Numbers, bins: int = 10) -> float:
    """Expected calibration error over equally wide bins (Guo et al., ICML 2017)."""
    place = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    counts = np.bincount(place, minlength=bins)
    gaps = np.bincount(place, weights=probabilities - labels, minlength=bins)
    return float(np.abs(gaps[counts > 0]).sum() / len(labels))


def top_decile_lift(labels: Numbers, scores: Numbers) -> float:
    """Share of positives among the tenth with the highest scores ÷ their share among all."""
    count = max(1, len(scores) // 10)
    best = np.argsort(-scores, kind="stable")[:count]
    overall = float(labels.mean())
    return float(labels[best].mean() / overall) if overall > 0 else float("nan")
