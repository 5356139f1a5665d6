"""Fitting cross-sell: every ranker on the older windows, the choice on the newest, then all windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gnn.baseline.ease import MAX_PRODUCTS
from gnn.baseline.platt import Platt
from gnn.evaluate.ranking import hits
from gnn.features.channels import OWN
from gnn.features.past import Ints
from gnn.snapshot.tables import Log
from gnn.task.cross_sell import CrossSellLabels, cross_sell_labels
from gnn.task.errors import NotEnoughHistory
from gnn.train.rank_models import SINGLE, Question, Ranker, Single
from gnn.train.rank_net import MAX_CUSTOMERS, MAX_EPOCHS, Window, train_net, train_pool
from gnn.train.reproducible import reproducible
from gnn.train.windows import Scenes, halves

MIN_CUSTOMERS = 10
CALIBRATED_ON = 1500
"""At most this many customers of the validation window tell scores from probabilities."""


@dataclass(frozen=True)
class CrossSellFit:
    """All rankers fitted on every window, their quality on validation, calibrators, and the choice."""

    models: Mapping[str, Ranker]
    validation: Mapping[str, float]
    calibrators: Mapping[str, Platt]
    selected: str


def fit_cross_sell(known: Log, scenes: Scenes, seed: int) -> CrossSellFit:
    """Choose on the validation window by the mean of recall@20 and NDCG@20, and refit on all windows.

    Raises NotEnoughHistory where fewer than 10 customers bought anything new in the windows.
    """
    windows, valid = split(known, scenes, seed)
    with reproducible(seed):
        tried, epochs = _rankers(windows, MAX_EPOCHS, valid)
        validation = {
            name: valid.quality(ranker.on(valid.scene)(valid.question)) for name, ranker in tried.items()
        }
        selected = max(validation, key=lambda name: validation[name])
        calibrator = _calibrator(tried[selected], valid, seed)
        models, _ = _rankers([*windows, valid], epochs, None)
    return CrossSellFit(models, validation, {selected: calibrator}, selected)


def split(known: Log, scenes: Scenes, seed: int) -> tuple[list[Window], Window]:
    """Training windows and the validation window; a single window is split by customers instead."""
    windows = [Window(scene, cross_sell_labels(known, scene.past)) for scene in scenes.train]
    if scenes.valid is None:
        older, newer = halves(windows[-1].labels.rows, seed)
        valid, windows = _only(windows[-1], newer), [_only(windows[-1], older)]
    else:
        valid = Window(scenes.valid, cross_sell_labels(known, scenes.valid.past))
    windows = [_sampled(window, seed) for window in windows if len(window.labels.rows)]
    counted = sum(len(window.labels.rows) for window in windows)
    if counted < MIN_CUSTOMERS or not len(valid.labels.rows):
        raise NotEnoughHistory(
            f"only {counted} customers bought a product new to them in the training windows; "
            f"at least {MIN_CUSTOMERS} are needed: choose a later cut-off or a longer horizon"
        )
    return windows, _sampled(valid, seed)


def _only(window: Window, rows: Ints) -> Window:
    return Window(window.scene, CrossSellLabels(rows, window.labels.bought))


def _sampled(window: Window, seed: int) -> Window:
    rows = window.labels.rows
    if len(rows) <= MAX_CUSTOMERS:
        return window
    return _only(window, np.sort(np.random.default_rng(seed).choice(rows, MAX_CUSTOMERS, replace=False)))


def _rankers(windows: Sequence[Window], epochs: int, valid: Window | None) -> tuple[dict[str, Ranker], int]:
    usable = [name for name in SINGLE if name != "ease" or _products(windows) <= MAX_PRODUCTS]
    rankers: dict[str, Ranker] = {name: Single(name) for name in usable}
    learnable = [window for window in windows if len(window.tensors[0])]
    pool = train_pool(learnable)
    rankers["own_blend"] = train_pool(learnable, OWN)
    rankers["blend"] = pool
    rankers["gnn"], best = train_net(learnable, pool, epochs, valid)
    return rankers, best


def _products(windows: Sequence[Window]) -> int:
    return max(window.scene.past.shape[1] for window in windows)


def _calibrator(ranker: Ranker, valid: Window, seed: int) -> Platt:
    """Probability that a listed product is bought within the horizon.

    Over all customers that have ordered.
    """
    rows = np.flatnonzero(valid.scene.past.has_order)
    if len(rows) > CALIBRATED_ON:
        rows = np.sort(np.random.default_rng(seed).choice(rows, CALIBRATED_ON, replace=False))
    ranked = ranker.on(valid.scene)(Question(valid.scene, rows))
    found = hits(ranked.columns, valid.labels.bought[rows])
    listed = ranked.columns >= 0
    return Platt.fit(ranked.scores[listed], found[listed].astype(np.float32))
