"""k-means over the columns of profiles; how far segments stand apart, and how surely they are found again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
FEWEST = 30
"""Customers below which no segments are found."""
COUNTS = range(3, 9)
SAMPLES, SHARE = 10, 0.8
STABLE = 0.75
"""Mean Jaccard index from which one is stable (Hennig 2007, Cluster-wise assessment of cluster stability)."""
JUDGED = 3_000
"""Customers whose silhouette is measured at most: it compares each with each."""


@dataclass(frozen=True, slots=True)
class Found:
    """One segment: places of its members, its centre in standard deviations, silhouette and stability."""

    members: tuple[int, ...]
    centre: tuple[float, ...]
    silhouette: float
    stability: float


def find_segments(columns: Matrix, seed: int = 7) -> tuple[Found, ...]:
    """Segments of the rows of `columns` (customers × columns, missing as NaN), the largest first.

    Of 3 to 8 segments those with the best mean silhouette are taken among the numbers whose mean stability is
    STABLE or more; where none is, the most stable. None below FEWEST rows. Same rows and seed, same segments.
    """
    if len(columns) < FEWEST:
        return ()
    scaled = standardised(columns)
    tried = [_tried(scaled, count, seed) for count in COUNTS if count < len(scaled) // 5]
    stable = [one for one in tried if _mean([found.stability for found in one]) >= STABLE]
    if stable:
        return max(stable, key=lambda one: _weighted(one, len(scaled)))
    return max(tried, key=lambda one: _mean([found.stability for found in one]))


def standardised(columns: Matrix) -> Matrix:
    """Skewed columns as logarithms, then in standard deviations within ±3; what is missing is 0, the mean."""
    least = np.nanmin(columns, axis=0, initial=0.0)
    logs = np.log1p(columns - np.minimum(least, 0.0))
    known = np.isfinite(logs)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, logs, 0.0).sum(axis=0) / count
    apart = np.where(known, logs - mean, 0.0)
    spread = np.sqrt((apart**2).sum(axis=0) / count)
    scaled = np.where(spread > 1e-9, apart / np.where(spread > 1e-9, spread, 1.0), 0.0)
    return np.clip(scaled, -3.0, 3.0)


def _tried(scaled: Matrix, count: int, seed: int) -> tuple[Found, ...]:
    labels = _labels(scaled, count, seed)
    apart = _silhouettes(scaled, labels, seed)
    stable = _stability(scaled, labels, count, seed)
    found = [
        Found(
            tuple(map(int, np.flatnonzero(labels == label))),
            tuple(map(float, scaled[labels == label].mean(axis=0))),
            apart[label],
            stable[label],
        )
        for label in range(count)
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members)))


def _labels(scaled: Matrix, count: int, seed: int) -> Labels:
    labels: Labels = KMeans(count, n_init=10, random_state=seed).fit_predict(scaled).astype(np.int64)
    return labels


def _silhouettes(scaled: Matrix, labels: Labels, seed: int) -> list[float]:
    chosen = np.arange(len(scaled))
    if len(chosen) > JUDGED:
        chosen = np.random.default_rng(seed).choice(len(scaled), JUDGED, replace=False)
    values = silhouette_samples(scaled[chosen], labels[chosen])
    return [_mean(values[labels[chosen] == label]) for label in range(int(labels.max()) + 1)]


def _stability(scaled: Matrix, labels: Labels, count: int, seed: int) -> list[float]:
    """Of each segment the mean over samples of its best Jaccard index with a segment found in the sample."""
    draw = np.random.default_rng(seed)
    best = np.zeros((SAMPLES, count))
    for sample in range(SAMPLES):
        chosen = draw.choice(len(scaled), int(SHARE * len(scaled)), replace=False)
        again = _labels(scaled[chosen], count, seed + sample + 1)
        best[sample] = [
            max(_jaccard(labels[chosen] == label, again == other) for other in range(count))
            for label in range(count)
        ]
    return [float(mean) for mean in best.mean(axis=0)]


def _jaccard(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    both = int((one | other).sum())
    return float((one & other).sum()) / both if both else 0.0


def _mean(values: Sequence[float] | Matrix) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _weighted(found: Sequence[Found], rows: int) -> float:
    return sum(one.silhouette * len(one.members) for one in found) / rows
