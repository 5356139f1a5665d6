"""Leaf-wise boosted trees by LightGBM for numbers instead of classes, kept as their text model."""

from collections.abc import Mapping
from typing import Any

import lightgbm as lgb
import numpy as np

from gnn.features.history import Doubles, Floats
from gnn.learn.leafwise import ROUNDS, TREES, rows_per_leaf
from gnn.learn.text_trees import TextTrees

MEDIAN: Mapping[str, Any] = {"objective": "quantile", "alpha": 0.5}
MEAN: Mapping[str, Any] = {"objective": "tweedie", "tweedie_variance_power": 1.5}
"""Of amounts that are often 0 and never below (Jørgensen, 1987)."""


class Regressed(TextTrees):
    """Trees for a number."""

    def predict(self, values: Floats) -> Doubles:
        """The number per row of features."""
        return np.asarray(self.booster.predict(values), dtype=np.float64)

    def contributions(self, values: Floats) -> Doubles:
        """Rows × (features and the mean): they add up to the number, or with `MEAN` to its logarithm."""
        return np.asarray(self.booster.predict(values, pred_contrib=True), dtype=np.float64)

    @classmethod
    def fit(cls, values: Floats, numbers: Doubles, objective: Mapping[str, Any], seed: int) -> "Regressed":
        """Trees as small as those for classes."""
        settings = TREES | dict(objective) | {"min_data_in_leaf": rows_per_leaf(len(values)), "seed": seed}
        return cls(lgb.train(settings, lgb.Dataset(values, numbers), ROUNDS).model_to_string())
