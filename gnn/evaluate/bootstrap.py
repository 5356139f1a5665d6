"""Confidence of a metric: the percentile bootstrap over customers (Efron, 1979)."""

from collections.abc import Callable

import numpy as np

from gnn.features.history import Ints

ROUNDS = 300


def interval(
    metric: Callable[[Ints], float], size: int, seed: int, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of `metric` over samples of row numbers drawn with replacement."""
    draw = np.random.default_rng(seed)
    values = np.array([metric(draw.integers(0, size, size)) for _ in range(rounds)])
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
