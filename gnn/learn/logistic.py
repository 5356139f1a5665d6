"""Logistic regression on standardised features (RFM, or everything)."""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from gnn.features.history import Floats
from gnn.features.scaler import Scaler


@dataclass(frozen=True)
class Logistic:
    """Weights per feature and an intercept, over standardised values."""

    scaler: Scaler
    weights: Floats
    intercept: float

    def logits(self, values: Floats) -> Floats:
        """Log-odds per row of features."""
        return (self.scaler(values) @ self.weights + self.intercept).astype(np.float32)

    def contributions(self, values: Floats) -> Floats:
        """Rows × features: with the intercept they add up to the log-odds; 0 at the mean learned from."""
        return np.asarray(self.scaler(values) * self.weights, dtype=np.float32)

    def state(self) -> dict[str, torch.Tensor]:
        """As tensors, for an artefact."""
        own = {"weights": torch.from_numpy(self.weights), "intercept": torch.tensor([self.intercept])}
        return own | self.scaler.state()

    @classmethod
    def fit(cls, values: Floats, labels: Floats, strength: float) -> "Logistic":
        """Fit with an L2 penalty; `strength` is scikit-learn's C (smaller: stronger penalty)."""
        scaler = Scaler.fit(values)
        model = LogisticRegression(C=strength, max_iter=3000).fit(scaler(values), labels)
        return cls(scaler, model.coef_[0].astype(np.float32), float(model.intercept_[0]))

    @classmethod
    def of_state(cls, state: dict[str, torch.Tensor]) -> "Logistic":
        """The model that `state` described."""
        return cls(Scaler.of_state(state), state["weights"].numpy(), float(state["intercept"][0]))
