"""Weights learned again from clusters.

Splink learns how often matches agree from pairs that share a strong key, which agree more often than others
do. The pairs inside clusters are a fairer sample: they hold those that belong together only because both
resemble a third record.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.cluster import Pairs, Weights, average_link
from ingest.resolve.prior import prior_odds

ROUNDS = 2
PSEUDO_PAIRS = 20.0
"""Pairs by which what was known before counts."""
LEAST_SHARE = 1e-4
LEAST_DIFFERENT = 0.01
"""Matches that differ in a column, at least: no field is always right."""
LEAST_KNOWN = 1e-300
"""Below any share that was learned."""

Levels = NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class Refined:
    """Weights after some rounds, and what they come from."""

    weight: Weights
    """Log2 of posterior odds of each pair."""
    shares: tuple[Weights, ...]
    """For each column, how many of the matches have each level."""
    prior: float
    """Log2 of the odds that two records match: a part of every weight."""


def refined(
    records: int,
    pairs: Pairs,
    weight: Weights,
    levels: Levels,
    shares: Sequence[Weights],
    most_different: Sequence[float] | None = None,
) -> Refined:
    """Weights after some rounds of clustering and counting.

    `weight` is log2 of Bayes factors, `levels` of shape (pairs, columns): the level of agreement, 0 for
    different, -1 where a value is missing; `shares[c][l]` is how many matches have level `l` in column `c`.
    `most_different[c]` is how many of them may differ in column `c` at most.
    """
    bounds = most_different or [1.0] * len(shares)
    bounded = [_bounded(share, most) for share, most in zip(shares, bounds, strict=True)]
    weight = weight + _difference(levels, shares, bounded)
    shares = bounded
    for _ in range(ROUNDS):
        cluster = average_link(records, pairs, weight + prior_odds(weight, records))
        inside = cluster[pairs[:, 0]] == cluster[pairs[:, 1]]
        counted = [_counted(levels[inside, c], share) for c, share in enumerate(shares)]
        renewed = [_bounded(share, most) for share, most in zip(counted, bounds, strict=True)]
        weight = weight + _difference(levels, shares, renewed)
        shares = renewed
    prior = prior_odds(weight, records)
    return Refined(weight + prior, tuple(shares), prior)


def _bounded(share: Weights, most: float) -> Weights:
    """Shares of levels of which that of different values is between `LEAST_DIFFERENT` and `most`; what is
    taken or given is that of equal ones."""
    bounded = np.maximum(share, LEAST_SHARE)
    bounded[0] = min(max(share[0], LEAST_DIFFERENT), most)
    bounded[-1] = max(bounded[-1] + share[0] - bounded[0], LEAST_SHARE)
    return np.asarray(bounded, dtype=np.float64)


def _counted(level: Levels, share: Weights) -> Weights:
    count = np.bincount(level[level >= 0], minlength=len(share)) + PSEUDO_PAIRS * share
    return np.asarray(np.maximum(count / count.sum(), LEAST_SHARE), dtype=np.float64)


def _difference(levels: Levels, before: Sequence[Weights], after: Sequence[Weights]) -> Weights:
    total = np.zeros(len(levels))
    for c, (old, new) in enumerate(zip(before, after, strict=True)):
        change = np.append(np.log2(new / np.maximum(old, LEAST_KNOWN)), 0.0)  # the last is read for -1
        total += change[levels[:, c]]
    return total
