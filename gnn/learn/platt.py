"""Calibration: log-odds to probabilities by two parameters (Platt, 1999)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression

from gnn.features.history import Floats
from gnn.learn.network_state import State

ALIKE = 1e-6
"""Scores that spread by less are one score, told apart by rounding alone."""


@dataclass(frozen=True)
class Platt:
    """probability = 1 / (1 + exp(−(slope · score + offset)))."""

    slope: float
    offset: float

    def __call__(self, scores: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Probabilities of the scores."""
        linear = np.clip(self.slope * scores.astype(np.float64) + self.offset, -30, 30)
        return 1.0 / (1.0 + np.exp(-linear))

    def state(self) -> State:
        """As tensors, for an artefact."""
        return {"slope_and_offset": torch.tensor([self.slope, self.offset], dtype=torch.float64)}

    @classmethod
    def of_state(cls, state: State) -> "Platt":
        """The calibration that `state` described."""
        slope, offset = state["slope_and_offset"].tolist()
        return cls(slope, offset)

    @classmethod
    def fit(cls, scores: Floats, labels: Floats) -> "Platt":
        """Fitted on held-out scores; never turns the order around (a negative slope becomes a flat one)."""
        middle, spread = float(scores.mean()), float(scores.std())
        spread = spread if spread > ALIKE else 1.0
        if labels.min() == labels.max():
            return cls(0.0, 3.0 if labels[0] > 0 else -3.0)
        model = LogisticRegression(C=10.0).fit(((scores - middle) / spread)[:, None], labels)
        slope = max(float(model.coef_[0, 0]), 1e-3) / spread
        return cls(slope, float(model.intercept_[0]) - slope * middle)
