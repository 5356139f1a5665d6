"""Honest probabilities for the first candidate: logistic calibration (Platt, 1999)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit

Floats = npt.NDArray[np.float64]
LEAST = 1e-4


@dataclass(frozen=True)
class Calibration:
    """p → logistic(slope · logit p + shift)."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, probability: Floats) -> Floats:
        """The calibrated probabilities; 0 stays 0."""
        bounded = np.clip(probability, LEAST, 1.0 - LEAST)
        return np.where(probability > 0, expit(self.slope * logit(bounded) + self.shift), 0.0)

    def as_dict(self) -> Mapping[str, float]:
        """Plain values, for a file."""
        return asdict(self)


def calibrate(probability: Floats, right: npt.NDArray[np.bool_], strength: float = 4.0) -> Calibration:
    """Least log loss; `strength` holds the slope to 1 where there are few cases (so many cases' worth)."""
    known = probability > 0
    x = logit(np.clip(probability[known], LEAST, 1.0 - LEAST))
    y = right[known].astype(np.float64)
    if not len(y):
        return Calibration()

    def loss(values: Floats) -> float:
        p = np.clip(expit(values[0] * x + values[1]), 1e-9, 1 - 1e-9)
        surprise = -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
        return float(surprise + strength * (values[0] - 1.0) ** 2 + 0.1 * values[1] ** 2)

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"maxiter": 400})
    return Calibration(float(max(found.x[0], 0.05)), float(found.x[1]))
