"""How many pairs match at all: the prior that explains the weights of the candidates best."""

import numpy as np
from numpy.typing import NDArray

ROUNDS = 200
MOST_BITS = 40.0
BINS_PER_BIT = 200
"""Weights that are taken together: within a bin odds differ by a third of a percent at most."""


def prior_odds(weight: NDArray[np.float64], records: int) -> float:
    """Log2 of the odds that two records of the table match, by expectation maximisation over the candidates.

    Pairs that are no candidates count as different. The share of matches is bounded below by one pair in all.
    """
    total = records * (records - 1) / 2
    if not len(weight) or total < 2:
        return -10.0
    factor, count = _binned(np.exp2(np.clip(weight, -MOST_BITS, MOST_BITS)))
    share = 1 / records
    for _ in range(ROUNDS):
        odds = share / (1 - share)
        expected = float(np.sum(count * odds * factor / (1 + odds * factor)))
        renewed = min(0.5, max(1.0, expected) / total)
        if abs(renewed - share) < 1e-6 * share:
            break
        share = renewed
    return float(np.log2(share / (1 - share)))


def _binned(factor: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Means of like factors, and how many each stands for: a round reads these instead of every pair."""
    place = np.round((np.log2(factor) + MOST_BITS) * BINS_PER_BIT).astype(np.int64)
    count, total = np.bincount(place), np.bincount(place, weights=factor)
    filled = count > 0
    return total[filled] / count[filled], count[filled]
