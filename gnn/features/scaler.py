"""Standardising features by the training customers' mean and spread."""

from dataclasses import dataclass

import numpy as np
import torch

from gnn.features.history import Floats

LIMIT = 5.0


@dataclass(frozen=True)
class Scaler:
    """Mean and spread per feature; a feature that never varies becomes 0."""

    mean: Floats
    spread: Floats

    def __call__(self, values: Floats) -> Floats:
        """Standardised values, clipped to ±5."""
        safe = np.where(self.spread > 1e-6, self.spread, 1.0)
        scaled = np.where(self.spread > 1e-6, (values - self.mean) / safe, 0.0)
        return np.clip(scaled, -LIMIT, LIMIT).astype(np.float32)

    def state(self) -> dict[str, torch.Tensor]:
        """As tensors, for an artefact."""
        return {"mean": torch.from_numpy(self.mean), "spread": torch.from_numpy(self.spread)}

    @classmethod
    def fit(cls, values: Floats) -> "Scaler":
        """The scaler of these rows."""
        return cls(values.mean(axis=0).astype(np.float32), values.std(axis=0).astype(np.float32))

    @classmethod
    def of_state(cls, state: dict[str, torch.Tensor]) -> "Scaler":
        """The scaler that `state` described."""
        return cls(state["mean"].numpy(), state["spread"].numpy())
