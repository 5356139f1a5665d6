"""LambdaRank over the scorers' values of the strongest candidates (Burges, 2010), by LightGBM.

Kept as LightGBM's text model; what each scorer contributed to a score is exact (Lundberg et al., 2020).
"""

from collections.abc import Sequence

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import torch

from gnn.cross_sell.candidates import NEVER, Candidates
from gnn.cross_sell.ranking import Example
from gnn.cross_sell.scorers import SCORERS
from gnn.features.history import Floats, Ints
from gnn.learn.text_trees import TextTrees

ORDERED_BY = "ease_text_trend"
"""The scorer whose best candidates are looked at."""
LOOKED_AT = 200
ROUNDS = 60
MAX_CUSTOMERS = 1500
"""Customers per window that are learned from, the first of the sample; so that time stays bounded."""
TREES = {
    "objective": "lambdarank", "num_leaves": 6, "learning_rate": 0.06, "min_data_in_leaf": 100,
    "lambdarank_truncation_level": 30, "feature_fraction": 0.7, "lambda_l2": 5.0, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip


class TreeRanker(TextTrees):
    """Trees that rank candidates."""

    def scores(self, offered: Candidates) -> Floats:
        """Per candidate its score; those not looked at stand below all others, ordered by `ORDERED_BY`."""
        looked = looked_at(offered.values, offered.real)
        order = offered.values[:, :, SCORERS.index(ORDERED_BY)]
        scores = np.asarray(NEVER / 2 + order, dtype=np.float32)
        scores[looked] = np.asarray(self.booster.predict(features(offered.values, offered.real)[looked]))
        return scores

    def contributions(self, offered: Candidates, places: Ints) -> Floats:
        """Customers × places × scorers: what each scorer adds to the score of the candidates at `places`."""
        told = features(offered.values, offered.real)
        told = np.take_along_axis(told, places[:, :, None], axis=1)
        shap = np.asarray(self.booster.predict(told.reshape(-1, told.shape[2]), pred_contrib=True))
        parts = shap.reshape(*places.shape, -1)
        own = parts[:, :, : len(SCORERS)].astype(np.float32)
        own[:, :, SCORERS.index(ORDERED_BY)] += parts[:, :, len(SCORERS)]
        return own


def train_trees(examples: Sequence[Example], seed: int) -> TreeRanker:
    """The trees of several windows, one list per customer that bought a candidate looked at."""
    values, labels, sizes = [], [], []
    for example in examples:
        told, looked = _first(example.values), looked_at(_first(example.values), _first(example.real) > 0)
        told = features(told, _first(example.real) > 0)
        bought = _first(example.bought) > 0
        for place in np.flatnonzero((bought & looked).any(axis=1)):
            values.append(told[place][looked[place]])
            labels.append(bought[place][looked[place]])
            sizes.append(int(looked[place].sum()))
    return TreeRanker(ranking_trees(np.concatenate(values), np.concatenate(labels), sizes, seed))


def ranking_trees(values: Floats, bought: npt.NDArray[np.bool_], sizes: list[int], seed: int) -> str:
    """LightGBM's text of the trees; `sizes` are the lengths of the lists, one after the other."""
    data = lgb.Dataset(values, bought.astype(np.int32), group=sizes)
    return str(lgb.train(TREES | {"seed": seed}, data, ROUNDS).model_to_string())


def _first(tensor: torch.Tensor) -> npt.NDArray[np.float32]:
    return np.asarray(tensor[:MAX_CUSTOMERS].numpy())


def looked_at(values: Floats, real: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which candidates the trees rank: the best real ones by `ORDERED_BY`."""
    return real & (_places(values, real) < LOOKED_AT)


def features(values: Floats, real: npt.NDArray[np.bool_]) -> Floats:
    """Customers × candidates × (scorers and the place by `ORDERED_BY`)."""
    return np.concatenate([values, np.log1p(_places(values, real))[:, :, None]], axis=2, dtype=np.float32)


def _places(values: Floats, real: npt.NDArray[np.bool_]) -> Ints:
    """Per candidate its place by `ORDERED_BY`, counted from 0; those not real last."""
    masked = np.where(real, values[:, :, SCORERS.index(ORDERED_BY)], NEVER)
    order = np.argsort(-masked, axis=1, kind="stable")
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(order.shape[1])[None, :], axis=1)
    return places
