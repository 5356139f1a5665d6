"""Judging rankers: recall@20 and NDCG@20, each with its confidence."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from gnn.cross_sell.diversity import Spread, spread
from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.rankers import Ranker
from gnn.cross_sell.ranking import Ranked, RankingWindow, candidates_of, ranking_window
from gnn.cross_sell.recommendations import CHUNK, PER_CUSTOMER
from gnn.errors import NotEnoughHistory
from gnn.evaluate.bootstrap import interval
from gnn.evaluate.ranking import hits, ndcg, recall
from gnn.learn.platt import Platt
from gnn.learn.windows import Window
from gnn.offer_limits import OfferLimits
from gnn.slices import slices
from gnn.task import Fit, Predictions

AS_BOUGHT = OfferLimits()
"""Limits as the purchases show, where none are set."""


def cross_sell_predictions(
    fit: Fit[Ranker, Platt], window: Window[CrossSellLabels]
) -> Mapping[str, Predictions]:
    """Per ranker `hits` [customers counted, 20], and `relevant`, the number there were to find.

    `within_limits` [customers counted, 10] are the hits of the list that would be written.

    Raises NotEnoughHistory where nobody bought anything new within the horizon.
    """
    if not len(window.labels.rows):
        raise NotEnoughHistory(
            "no customer bought a product new to them within the horizon; choose another cut-off or horizon"
        )
    asked = ranking_window(window)
    limits = spread(window.features.history, AS_BOUGHT, PER_CUSTOMER)
    candidates_of(window, asked)  # for what else looks at this window
    return {
        name: _predictions(asked, ranker.on(asked.inputs)(asked.request), limits)
        for name, ranker in fit.models.items()
    }


def _predictions(asked: RankingWindow, ranked: Ranked, limits: Spread) -> Predictions:
    found, relevant = asked.outcome(ranked)
    places = slices(np.arange(len(ranked.columns)), CHUNK)
    blocks = [Ranked(ranked.columns[block], ranked.scores[block]) for block in places]
    written = np.concatenate([limits.of(block, PER_CUSTOMER).columns for block in blocks])
    kept = hits(written, asked.labels.bought[asked.labels.rows])
    return {"hits": found, "within_limits": kept, "relevant": relevant}


def cross_sell_measures(predictions: Predictions, seed: int) -> dict[str, Any]:
    """`recall@20` with `ci95` and `ndcg@20` with `ndcg@20_ci95` of one ranker.

    `recall@10`, and beside it that of the list that keeps to the limits of families and exposure.
    """
    recalls = recall(predictions["hits"], predictions["relevant"])
    gains = ndcg(predictions["hits"], predictions["relevant"])
    shown = predictions["hits"][:, :PER_CUSTOMER]
    return {
        "recall@20": float(recalls.mean()),
        "ci95": _interval(recalls, seed),
        "ndcg@20": float(gains.mean()),
        "ndcg@20_ci95": _interval(gains, seed),
        "recall@10": float(recall(shown, predictions["relevant"]).mean()),
        "recall@10_within_limits": float(
            recall(predictions["within_limits"], predictions["relevant"]).mean()
        ),
    }


def _interval(values: npt.NDArray[np.float64], seed: int) -> list[float]:
    return list(interval(lambda rows: float(values[rows].mean()), len(values), seed))
