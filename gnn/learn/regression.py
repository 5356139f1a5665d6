"""Leaf-wise boosted trees by LightGBM for numbers instead of classes, kept as their text model."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lightgbm as lgb
import numpy as np
import torch

from gnn.features.history import Doubles, Floats
from gnn.learn.leafwise import FEWEST_ROWS, LEAST_ROWS, ROUNDS, TREES

MEDIAN: Mapping[str, Any] = {"objective": "quantile", "alpha": 0.5}
MEAN: Mapping[str, Any] = {"objective": "tweedie", "tweedie_variance_power": 1.5}
"""Of amounts that are often 0 and never below (Jørgensen, 1987)."""


@dataclass(frozen=True)
class Regressed:
    """The trees as LightGBM writes them."""

    text: str

    @cached_property
    def booster(self) -> lgb.Booster:
        """The trees to predict with."""
        return lgb.Booster(model_str=self.text)

    def predict(self, values: Floats) -> Doubles:
        """The number per row of features."""
        return np.asarray(self.booster.predict(values), dtype=np.float64)

    def state(self) -> dict[str, torch.Tensor]:
        """The text as bytes."""
        return {"trees": torch.tensor(np.frombuffer(self.text.encode(), dtype=np.uint8))}

    @classmethod
    def fit(cls, values: Floats, numbers: Doubles, objective: Mapping[str, Any], seed: int) -> "Regressed":
        """Trees as small as those for classes."""
        leaf = min(LEAST_ROWS, max(FEWEST_ROWS, len(values) // 40))
        settings = TREES | dict(objective) | {"min_data_in_leaf": leaf, "seed": seed}
        return cls(lgb.train(settings, lgb.Dataset(values, numbers), ROUNDS).model_to_string())

    @classmethod
    def of_state(cls, state: dict[str, torch.Tensor]) -> "Regressed":
        """The trees that `state` described."""
        return cls(state["trees"].numpy().tobytes().decode())
