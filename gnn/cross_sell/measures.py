"""Judging rankers: recall@20 and NDCG@20, each with its confidence."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.rankers import Ranker
from gnn.cross_sell.ranking import ranking_window
from gnn.errors import NotEnoughHistory
from gnn.evaluate.bootstrap import interval
from gnn.evaluate.ranking import ndcg, recall
from gnn.learn.platt import Platt
from gnn.learn.windows import Window
from gnn.task import Fit, Predictions


def cross_sell_predictions(
    fit: Fit[Ranker, Platt], window: Window[CrossSellLabels]
) -> Mapping[str, Predictions]:
    """Per ranker `hits` [customers counted, 20], and `relevant`, the number there were to find.

    Raises NotEnoughHistory where nobody bought anything new within the horizon.
    """
    if not len(window.labels.rows):
        raise NotEnoughHistory(
            "no customer bought a product new to them within the horizon; choose another cut-off or horizon"
        )
    asked = ranking_window(window)
    outcomes = {
        name: asked.outcome(ranker.on(asked.inputs)(asked.request)) for name, ranker in fit.models.items()
    }
    return {name: {"hits": hits, "relevant": relevant} for name, (hits, relevant) in outcomes.items()}


def cross_sell_measures(predictions: Predictions, seed: int) -> dict[str, Any]:
    """`recall@20` with `ci95` and `ndcg@20` with `ndcg@20_ci95` of one ranker."""
    recalls = recall(predictions["hits"], predictions["relevant"])
    gains = ndcg(predictions["hits"], predictions["relevant"])
    return {
        "recall@20": float(recalls.mean()),
        "ci95": _interval(recalls, seed),
        "ndcg@20": float(gains.mean()),
        "ndcg@20_ci95": _interval(gains, seed),
    }


def _interval(values: npt.NDArray[np.float64], seed: int) -> list[float]:
    return list(interval(lambda rows: float(values[rows].mean()), len(values), seed))
