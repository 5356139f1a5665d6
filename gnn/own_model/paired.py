"""The difference of two candidates on the same customers, with its confidence."""

from collections.abc import Callable, Sequence

import numpy as np

from gnn.features.history import Ints
from gnn.task import Predictions

ROUNDS = 300
Quality = Callable[[Predictions, Ints], float]


def paired_interval(
    quality: Quality, ours: Sequence[Predictions], theirs: Predictions, size: int, seed: int
) -> tuple[float, float, float]:
    """Mean difference, and its 2.5th and 97.5th percentile over samples of customers (Efron, 1979).

    Of several fits of one model (`ours`, one per seed) each sample draws one, so that the interval holds
    what the seed makes as well.
    """
    draw, everybody = np.random.default_rng(seed), np.arange(size)
    mean = float(np.mean([quality(one, everybody) for one in ours])) - quality(theirs, everybody)
    found = []
    for _ in range(ROUNDS):
        rows, one = draw.integers(0, size, size), ours[int(draw.integers(0, len(ours)))]
        found.append(quality(one, rows) - quality(theirs, rows))
    kept = np.array(found)[np.isfinite(found)]
    low, high = np.quantile(kept, [0.025, 0.975]) if len(kept) else (np.nan, np.nan)
    return mean, float(low), float(high)
