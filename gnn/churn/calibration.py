"""Scores to probabilities: the score gives order and distances, the base rate gives the level."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from gnn.churn.base_rate import BaseRate, offset_to
from gnn.churn.labels import ChurnLabels
from gnn.churn.purchase_process import Doubles
from gnn.features.history import Floats, History
from gnn.learn.network_state import State

LEAST_SLOPE = 1e-3
"""In spreads of the score: the order is never turned around."""


@dataclass(frozen=True)
class ChurnCalibration:
    """Slope of one candidate's scores, and the base rate that all candidates share."""

    slope: float
    base_rate: BaseRate

    @property
    def scale(self) -> float:
        """Log-odds of the probability per unit of score."""
        return self.slope * self.base_rate.widening

    def __call__(self, scores: Floats, history: History) -> Doubles:
        """Probabilities of all customers with an order, from their scores in row order.

        Their mean is the expected base rate; where past windows disagree they are drawn towards one half.
        """
        log_odds = self.slope * scores.astype(np.float64)
        offset = offset_to(log_odds, self.base_rate.expected(history))
        return np.asarray(expit(self.base_rate.widening * (log_odds + offset)), dtype=np.float64)

    def state(self) -> State:
        """As tensors, for an artefact."""
        return {"slope": torch.tensor([self.slope], dtype=torch.float64), "base_rate": self.base_rate.state()}

    @classmethod
    def of_state(cls, state: State) -> "ChurnCalibration":
        """The calibration that `state` described."""
        return cls(float(state["slope"][0]), BaseRate.of_state(state["base_rate"]))


def fit_slope(scores: Sequence[Floats], labels: Sequence[ChurnLabels]) -> float:
    """One slope over several windows, each with a level of its own (Platt, 1999, with window effects)."""
    every, churned = np.concatenate(scores), np.concatenate([part.churned for part in labels])
    middle, spread = float(every.mean()), float(every.std()) or 1.0
    window = np.repeat(np.eye(len(scores)), [len(part) for part in scores], axis=0)
    values = np.column_stack([(every - middle) / spread, window])
    model = LogisticRegression(C=10.0, fit_intercept=False).fit(values, churned)
    return max(float(model.coef_[0, 0]), LEAST_SLOPE) / spread
