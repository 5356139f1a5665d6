"""Fitting cross-sell: every ranker on the older windows, the choice on the newest, then all windows."""

from collections.abc import Sequence

import numpy as np

from gnn.cross_sell.ease import MAX_PRODUCTS
from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.rankers import SINGLE, GraphRanker, Ranker, SingleScorer
from gnn.cross_sell.ranking import RankingRequest, RankingWindow, ranking_window
from gnn.cross_sell.scorers import OWN
from gnn.cross_sell.training import MAX_CUSTOMERS, MAX_EPOCHS, train_network, train_pool
from gnn.errors import NotEnoughHistory
from gnn.evaluate.ranking import hits
from gnn.learn.platt import Platt
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, Windows
from gnn.task import Fit

MIN_CUSTOMERS = 10
CALIBRATED_ON = 1500
"""At most this many customers of the validation window tell scores from probabilities."""


def fit_cross_sell(windows: Windows[CrossSellLabels], seed: int) -> Fit[Ranker, Platt]:
    """Choose on the validation window by the mean of recall@20 and NDCG@20, and refit on all windows.

    Raises NotEnoughHistory where fewer than 10 customers bought anything new in the windows.
    """
    _check(windows)
    train = [ranking_window(_sampled(window, seed)) for window in windows.train if len(window.labels.rows)]
    (newest,) = windows.valid
    valid = ranking_window(_sampled(newest, seed))
    with reproducible(seed):
        tried, epochs = _rankers(train, MAX_EPOCHS, valid)
        validation = {
            name: valid.quality(ranker.on(valid.inputs)(valid.request)) for name, ranker in tried.items()
        }
        selected = max(validation, key=lambda name: validation[name])
        calibrator = _calibrator(tried[selected], valid, seed)
        models, _ = _rankers([*train, valid], epochs, None)
    shown = {name: {"validation": quality} for name, quality in validation.items()}
    return Fit(models, shown, {selected: calibrator}, selected, _known_products(models))


def _check(windows: Windows[CrossSellLabels]) -> None:
    counted = sum(len(window.labels.rows) for window in windows.train)
    if counted < MIN_CUSTOMERS or not len(windows.valid[-1].labels.rows):
        raise NotEnoughHistory(
            f"only {counted} customers bought a product new to them in the training windows; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off or a longer horizon"
        )


def _sampled(window: Window[CrossSellLabels], seed: int) -> Window[CrossSellLabels]:
    rows = window.labels.rows
    if len(rows) <= MAX_CUSTOMERS:
        return window
    return window.only(np.sort(np.random.default_rng(seed).choice(rows, MAX_CUSTOMERS, replace=False)))


def _rankers(
    windows: Sequence[RankingWindow], epochs: int, valid: RankingWindow | None
) -> tuple[dict[str, Ranker], int]:
    """All rankers fitted on the windows, and the number of epochs that the network took."""
    usable = [name for name in SINGLE if name != "ease" or _products(windows) <= MAX_PRODUCTS]
    rankers: dict[str, Ranker] = {name: SingleScorer(name) for name in usable}
    learnable = [window for window in windows if len(window.tensors[0])]
    pool = train_pool(learnable)
    rankers["own_blend"] = train_pool(learnable, OWN)
    rankers["blend"] = pool
    rankers["gnn"], best = train_network(learnable, pool, epochs, valid)
    return rankers, best


def _products(windows: Sequence[RankingWindow]) -> int:
    return max(window.inputs.features.history.shape[1] for window in windows)


def _known_products(models: dict[str, Ranker]) -> tuple[str, ...]:
    return next((model.products for model in models.values() if isinstance(model, GraphRanker)), ())


def _calibrator(ranker: Ranker, valid: RankingWindow, seed: int) -> Platt:
    """Probability that a listed product is bought within the horizon, over customers that have ordered."""
    rows = np.flatnonzero(valid.inputs.features.history.has_order)
    if len(rows) > CALIBRATED_ON:
        rows = np.sort(np.random.default_rng(seed).choice(rows, CALIBRATED_ON, replace=False))
    ranked = ranker.on(valid.inputs)(RankingRequest(valid.inputs, rows))
    bought = hits(ranked.columns, valid.labels.bought[rows])
    listed = ranked.columns >= 0
    return Platt.fit(ranked.scores[listed], bought[listed].astype(np.float32))
