"""The measuring stick of ties, taken from the data at hand."""

from math import log

import numpy as np

from graph.tie.strength import FLOOR

HALF_LIFE_BOUNDS = (30.0, 365.0)
HALF_LIFE_WITHOUT_DATA = 90.0
SCALE_WITHOUT_DATA = 2.0
GAP = 0.75
"""The percentile of the gaps between contacts that is the half-life."""
SHAPE_BOUNDS = (0.5, 1.0)
"""At most 1: more contact never counts more than in proportion."""
USUAL, CLOSE = 0.35, 0.9
"""What the median tie in use reads, and what the tie at the 95th percentile reads."""
ENOUGH = 30
"""Gaps, or ties, below which the data cannot say and the value without data stands."""


def half_life(days: float) -> float:
    """Days of silence after which a tie weighs half, from the 75th percentile of the gaps between contacts.

    Three of four contacts that go on do so within this gap; a higher percentile follows pairs that meet once
    a year. Bounded to 30…365 days.
    """
    return float(np.clip(days, *HALF_LIFE_BOUNDS))


def shape_and_scale(median: float, high: float) -> tuple[float, float]:
    """The shape and scale by which the median tie in use reads 0.35 and the 95th percentile 0.9.

    Two points of a Weibull curve: `1 − strength = exp(−raw/scale)` at both, `raw ∝ weight^shape`, give
    `shape = log(log(1 − 0.9) / log(1 − 0.35)) / log(weight95 / weight50)`. Where the shape is out of bounds
    the median stands. median, high: weights of the median tie in use and of the 95th percentile.
    """
    spread, wanted = log(high / median), log(log(1.0 - CLOSE) / log(1.0 - USUAL))
    shape = float(np.clip(wanted / spread, *SHAPE_BOUNDS)) if spread > 0 else 1.0
    usual = FLOOR * (median / FLOOR) ** shape
    return shape, float(usual / -log(1.0 - USUAL))
