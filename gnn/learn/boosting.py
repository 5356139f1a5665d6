"""Gradient boosted trees: fitted by scikit-learn, kept as arrays and evaluated here (no pickles)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from sklearn.ensemble import HistGradientBoostingClassifier

from gnn.features.history import Floats

FIELDS = ("feature_idx", "num_threshold", "left", "right", "is_leaf", "value")


@dataclass(frozen=True)
class Boosted:
    """Trees as arrays [trees, nodes] per field of scikit-learn's node records; leaves of value 0 pad them."""

    nodes: dict[str, npt.NDArray[np.float64]]
    base: float

    def logits(self, values: npt.NDArray[np.floating]) -> Floats:
        """Log-odds per row of features."""
        result = np.full(len(values), self.base)
        for tree in range(len(self.nodes["value"])):
            result += self._walk(tree, values)
        return result.astype(np.float32)

    def _walk(self, tree: int, values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        fields = {name: self.nodes[name][tree] for name in FIELDS}
        place = np.zeros(len(values), dtype=np.int64)
        inner = fields["is_leaf"][place] == 0
        while inner.any():
            feature = fields["feature_idx"][place].astype(np.int64)
            lower = values[np.arange(len(values)), feature] <= fields["num_threshold"][place]
            following = np.where(lower, fields["left"][place], fields["right"][place]).astype(np.int64)
            place = np.where(inner, following, place)
            inner = fields["is_leaf"][place] == 0
        return np.asarray(fields["value"][place], dtype=np.float64)

    def state(self) -> dict[str, torch.Tensor]:
        """As tensors, for an artefact."""
        return {name: torch.from_numpy(array) for name, array in self.nodes.items()} | {
            "base": torch.tensor([self.base], dtype=torch.float64)
        }

    @classmethod
    def fit(cls, values: Floats, labels: Floats, seed: int) -> "Boosted":
        """Trees fitted by scikit-learn, as arrays."""
        return cls.of(learner(len(values), seed).fit(values, labels))

    @classmethod
    def of(cls, model: HistGradientBoostingClassifier) -> "Boosted":
        """The arrays of fitted trees of two classes."""
        trees = [predictor.nodes for (predictor,) in model._predictors]
        width = max(len(tree) for tree in trees)
        nodes = {name: np.stack([_padded(tree[name], width, name) for tree in trees]) for name in FIELDS}
        return cls(nodes, float(model._baseline_prediction.ravel()[0]))

    @classmethod
    def of_state(cls, state: dict[str, torch.Tensor]) -> "Boosted":
        """The model that `state` described."""
        return cls({name: state[name].numpy() for name in FIELDS}, float(state["base"][0]))


def learner(rows: int, seed: int) -> HistGradientBoostingClassifier:
    """Small trees, slowly learned, as suits some thousands of customers."""
    return HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=min(30, max(5, rows // 40)),
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )


def _padded(column: npt.NDArray[np.generic], width: int, name: str) -> npt.NDArray[np.float64]:
    padded = np.full(width, 1.0 if name == "is_leaf" else 0.0)
    padded[: len(column)] = column.astype(np.float64)
    return padded
