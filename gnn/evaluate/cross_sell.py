"""Judging rankers on one cut-off: recall@20 and NDCG@20, each with its confidence."""

from typing import Any

import numpy as np
import numpy.typing as npt

from gnn.evaluate.bootstrap import interval
from gnn.evaluate.ranking import ndcg, recall
from gnn.features.scene import Scene
from gnn.task.cross_sell import CrossSellLabels
from gnn.task.errors import NotEnoughHistory
from gnn.train.cross_sell import CrossSellFit
from gnn.train.rank_net import Window


def cross_sell_rows(
    fit: CrossSellFit, scene: Scene, labels: CrossSellLabels, seed: int
) -> list[dict[str, Any]]:
    """One row per ranker. Raises NotEnoughHistory where nobody bought anything new within the horizon."""
    if not len(labels.rows):
        raise NotEnoughHistory(
            "no customer bought a product new to them within the horizon; choose another cut-off or horizon"
        )
    window = Window(scene, labels)
    return [_row(name, fit, window, seed) for name in fit.models]


def _row(name: str, fit: CrossSellFit, window: Window, seed: int) -> dict[str, Any]:
    found, relevant = window.outcome(fit.models[name].on(window.scene)(window.question))
    recalls, gains = recall(found, relevant), ndcg(found, relevant)
    return {
        "model": name,
        "recall@20": float(recalls.mean()),
        "ci95": _interval(recalls, seed),
        "ndcg@20": float(gains.mean()),
        "ndcg@20_ci95": _interval(gains, seed),
        "validation": fit.validation[name],
    }


def _interval(values: npt.NDArray[np.float64], seed: int) -> list[float]:
    return list(interval(lambda rows: float(values[rows].mean()), len(values), seed))
