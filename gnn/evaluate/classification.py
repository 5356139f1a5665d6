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
    """Expected calibration error over bins of equally many cases (Nixon et al., CVPR workshops 2019)."""
    order = np.argsort(probabilities, kind="stable")
    gaps = (probabilities - labels)[order]
    return float(sum(abs(part.sum()) for part in np.array_split(gaps, bins)) / len(labels))


def expected_calibration_error(probabilities: Numbers, seed: int, draws: int = 200, bins: int = 10) -> float:
    """The median `calibration_error` of outcomes drawn from the probabilities: what chance alone makes."""
    draw = np.random.default_rng(seed)
    outcomes = (draw.random(len(probabilities)) < probabilities for _ in range(draws))
    errors = [calibration_error(outcome.astype(float), probabilities, bins) for outcome in outcomes]
    return float(np.median(errors))


def at_threshold(labels: Numbers, probabilities: Numbers, threshold: float) -> dict[str, float | None]:
    """`precision`, `recall` and `f1` of calling those with at least this probability positive.

    Precision is none where nobody is called so, recall where nobody is positive; F1 is then 0.
    """
    called, positive = probabilities >= threshold, labels > 0.5
    right = int((called & positive).sum())
    return {
        "precision": right / int(called.sum()) if called.any() else None,
        "recall": right / int(positive.sum()) if positive.any() else None,
        "f1": 2 * right / max(int(called.sum()) + int(positive.sum()), 1),
    }


def top_decile_lift(labels: Numbers, scores: Numbers) -> float:
    """Share of positives among the tenth with the highest scores ÷ their share among all."""
    count = max(1, len(scores) // 10)
    best = np.argsort(-scores, kind="stable")[:count]
    overall = float(labels.mean())
    return float(labels[best].mean() / overall) if overall > 0 else float("nan")
