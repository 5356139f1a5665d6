"""Fitting the weights: the health score is to say who keeps ordering.

    health = Σ w·m·v / Σ w·m        v: a part 0…1, m: whether there is one
    P(keeps ordering) = σ(level + slope · health)

Weights, level and slope have the greatest likelihood together; so many outcomes as PRIOR speak for the
weights that stand (a Dirichlet prior around them), so that little data moves them little.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from graph.weights.model import DECLARED
from graph.weights.readings import Reading

Floats = NDArray[np.float64]
PARTS = tuple(DECLARED)
PRIOR = 20.0
"""Outcomes that speak for the weights that stand; a judgement."""
DIGITS = 3
LEAST = 10.0**-DIGITS
"""What a weight that stands at nothing counts as, so that a later fit can raise it again."""


class Table(NamedTuple):
    """Readings as arrays: parts 0…1 (readings × PARTS, NaN: none), 1.0 where the customer stayed, whose."""

    parts: Floats
    stayed: Floats
    customers: NDArray[np.int64]


def table(found: Sequence[Reading]) -> Table:
    """The readings as arrays, in their order."""
    parts = np.array([[one.parts.get(name, np.nan) for name in PARTS] for one in found]).reshape(
        -1, len(PARTS)
    )
    customers = np.unique([one.customer_id for one in found], return_inverse=True)[1]
    return Table(parts / 100.0, np.array([float(one.stayed) for one in found]), customers)


def scores(parts: Floats, weights: Floats) -> Floats:
    """Health 0…1 per reading, as `graph.profile.health.weighted` has it."""
    there = ~np.isnan(parts)
    whole = there @ weights
    return np.where(whole > 0, np.nan_to_num(parts) @ weights / np.where(whole > 0, whole, 1.0), 0.5)


def log_losses(stayed: Floats, chance: Floats) -> Floats:
    """Per reading the log loss, a proper score."""
    chance = np.clip(chance, 1e-6, 1.0 - 1e-6)
    return -(stayed * np.log(chance) + (1.0 - stayed) * np.log1p(-chance))


class Scale(NamedTuple):
    """How a health score becomes the chance that the customer stays."""

    level: float
    slope: float

    def chance(self, health: Floats) -> Floats:
        """Of each health score, 0…1."""
        return np.asarray(expit(self.level + self.slope * health))


def fit_scale(health: Floats, stayed: Floats) -> Scale:
    """The scale of the greatest likelihood."""

    def loss(values: Floats) -> float:
        return float(log_losses(stayed, Scale(*values).chance(health)).mean())

    return Scale(*(float(one) for one in minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B").x))


def fit_weights(given: Table, standing: Mapping[str, float]) -> dict[str, float]:
    """The weights by part; they sum to 1."""
    before = np.array([standing[name] for name in PARTS]).clip(LEAST)
    before /= before.sum()

    def loss(values: Floats) -> float:
        weights = softmax(values[2:])
        chance = Scale(values[0], values[1]).chance(scores(given.parts, weights))
        prior = -PRIOR * float(before @ log_softmax(values[2:]))
        return (float(log_losses(given.stayed, chance).sum()) + prior) / len(given.stayed)

    began = np.concatenate([[0.0, 1.0], np.log(before)])
    found = softmax(minimize(loss, began, method="L-BFGS-B").x[2:])
    return dict(zip(PARTS, _rounded(found), strict=True))


def _rounded(weights: Floats) -> list[float]:
    """To DIGITS, summing to 1: what is judged is what would stand."""
    low = [round(float(one), DIGITS) for one in weights]
    largest = int(np.argmax(low))
    low[largest] = round(low[largest] + 1.0 - sum(low), DIGITS)
    return low
