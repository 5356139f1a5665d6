"""Leaf-wise boosted trees by LightGBM, kept as its text model, with exact contributions of every feature."""

import lightgbm as lgb
import numpy as np

from gnn.features.history import Floats
from gnn.learn.text_trees import TextTrees

ROUNDS = 150
TREES = {
    "objective": "binary", "num_leaves": 6, "learning_rate": 0.04, "lambda_l2": 5.0, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "deterministic": True, "force_row_wise": True,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
LEAST_ROWS, FEWEST_ROWS = 40, 5
"""Rows per leaf, and fewer where there are few rows."""


def rows_per_leaf(rows: int) -> int:
    """At least so many rows of all are in a leaf."""
    return min(LEAST_ROWS, max(FEWEST_ROWS, rows // 40))


class Leafwise(TextTrees):
    """Trees for two classes."""

    def logits(self, values: Floats) -> Floats:
        """Log-odds per row of features."""
        return np.asarray(self.booster.predict(values, raw_score=True), dtype=np.float32)

    def contributions(self, values: Floats) -> Floats:
        """Rows × (features and the mean): they add up to the log-odds (Lundberg et al., 2020)."""
        return np.asarray(self.booster.predict(values, pred_contrib=True), dtype=np.float32)

    @classmethod
    def fit(cls, values: Floats, labels: Floats, seed: int) -> "Leafwise":
        """Small trees over random halves of the features."""
        data = lgb.Dataset(values, labels.astype(np.int32))
        settings = TREES | {"min_data_in_leaf": rows_per_leaf(len(values)), "seed": seed}
        return cls(lgb.train(settings, data, ROUNDS).model_to_string())
