"""Leaf-wise boosted trees by LightGBM, kept as its text model, with exact contributions of every feature."""

from dataclasses import dataclass
from functools import cached_property

import lightgbm as lgb
import numpy as np
import torch

from gnn.features.history import Floats

ROUNDS = 150
TREES = {
    "objective": "binary", "num_leaves": 6, "learning_rate": 0.04, "lambda_l2": 5.0, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "deterministic": True, "force_row_wise": True,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
LEAST_ROWS, FEWEST_ROWS = 40, 5
"""Rows per leaf, and fewer where there are few rows."""


@dataclass(frozen=True)
class Leafwise:
    """The trees as LightGBM writes them."""

    text: str

    @cached_property
    def booster(self) -> lgb.Booster:
        """The trees to predict with."""
        return lgb.Booster(model_str=self.text)

    def logits(self, values: Floats) -> Floats:
        """Log-odds per row of features."""
        return np.asarray(self.booster.predict(values, raw_score=True), dtype=np.float32)

    def contributions(self, values: Floats) -> Floats:
        """Rows × (features and the mean): they add up to the log-odds (Lundberg et al., 2020)."""
        return np.asarray(self.booster.predict(values, pred_contrib=True), dtype=np.float32)

    def state(self) -> dict[str, torch.Tensor]:
        """The text as bytes."""
        return {"trees": torch.tensor(np.frombuffer(self.text.encode(), dtype=np.uint8))}

    @classmethod
    def fit(cls, values: Floats, labels: Floats, seed: int) -> "Leafwise":
        """Small trees over random halves of the features."""
        leaf = min(LEAST_ROWS, max(FEWEST_ROWS, len(values) // 40))
        data = lgb.Dataset(values, labels.astype(np.int32))
        settings = TREES | {"min_data_in_leaf": leaf, "seed": seed}
        return cls(lgb.train(settings, data, ROUNDS).model_to_string())

    @classmethod
    def of_state(cls, state: dict[str, torch.Tensor]) -> "Leafwise":
        """The trees that `state` described."""
        return cls(state["trees"].numpy().tobytes().decode())
