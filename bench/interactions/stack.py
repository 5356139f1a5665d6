"""Stacking: LambdaRank (Burges, 2010) over the best items of several views, by where each view puts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy import sparse

from bench.interactions.graph_filter import Floats
from bench.interactions.views import EDGES, Views
from gnn.evaluate.ranking import K, hits
from gnn.features.history import Ints
from graph.errors import UsageError

FROM = {"graph_filter": 120, "core_ease": 80, "item_cosine": 80}
"""View → how many of its best items are looked at."""
BETAS = (0.0, 0.5)
"""Of the projections on the eigenvectors."""
ROUNDS = 120
TREES = {
    "objective": "lambdarank", "num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 200,
    "lambdarank_truncation_level": 30, "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1,
    "deterministic": True, "force_row_wise": True, "num_threads": 2, "seed": 1, "verbose": -1,
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """Per user the items looked at, and what the views say of each."""

    items: Ints
    """Users × C, rising."""
    real: npt.NDArray[np.bool_]
    """Which are not owned and stand for the first time."""
    values: Floats
    """Users × C × features."""


def offered(views: Views, rows: Ints, scores: Mapping[str, Floats], best: Mapping[str, Ints]) -> Offered:
    """The candidates of some users: the best of each view, by its scores of all items, −∞ for owned ones."""
    owned = views.bought[rows]
    items = np.sort(np.concatenate([best[name] for name in FROM], axis=1), axis=1)
    first = np.concatenate([np.ones((len(rows), 1), dtype=bool), items[:, 1:] != items[:, :-1]], axis=1)
    real = first & ~hits(items, owned)
    told = [np.take_along_axis(scores[name], items, axis=1) for name in FROM]
    told += _projected(views, rows, items)
    return Offered(items, real, _features(views, rows, items, real, told))


def _projected(views: Views, rows: Ints, items: Ints) -> list[Floats]:
    """Scores of the ideal low passes of rising rank, per power of the degrees."""
    mine = np.stack([views.projections(rows, beta) for beta in BETAS], axis=2)
    ranks = [slice(low, high) for low, high in pairwise(EDGES)]
    found = np.empty((len(ranks), len(BETAS), *items.shape), dtype=np.float32)
    for place, (own, these) in enumerate(zip(mine, items, strict=True)):
        vectors = views.graph.vectors[these]
        for number, part in enumerate(ranks):
            found[number, :, place] = (vectors[:, part] @ own[part]).T
    after = np.stack([views.graph.degrees[items] ** beta for beta in BETAS])
    passes = found.cumsum(axis=0) * after
    return [part for beta in range(len(BETAS)) for part in passes[:, beta]]


def _features(
    views: Views, rows: Ints, items: Ints, real: npt.NDArray[np.bool_], told: list[Floats]
) -> Floats:
    """Every score relative to the user's 20th best, and its place; how popular and how active both are."""
    degrees = views.graph.degrees
    columns = []
    for score in told:
        masked = np.where(real, score, -np.inf)
        order = np.argsort(-masked, axis=1, kind="stable")
        places = np.empty_like(order)
        np.put_along_axis(places, order, np.arange(order.shape[1])[None, :], axis=1)
        edge = np.take_along_axis(score, order[:, [min(K, order.shape[1]) - 1]], axis=1)
        columns += [score / (np.abs(edge) + 1e-9), places]
    popular = np.argsort(np.argsort(degrees, kind="stable"), kind="stable") / len(degrees)
    active = np.log1p(np.diff(views.bought.indptr)[rows])
    columns += [popular[items], np.log(degrees)[items], np.broadcast_to(active[:, None], items.shape)]
    return np.stack(columns, axis=2).astype(np.float32)


def trained(parts: list[Offered], wanted: list[sparse.csr_matrix]) -> lgb.Booster:
    """The ranker of the users that took some of what they were offered."""
    values, labels, sizes = [], [], []
    for part, truth in zip(parts, wanted, strict=True):
        taken = hits(part.items, truth) & part.real
        for place in np.flatnonzero(taken.any(axis=1)):
            real = part.real[place]
            values.append(part.values[place][real])
            labels.append(taken[place][real])
            sizes.append(int(real.sum()))
    if not sizes:
        raise UsageError("no user took any of the items offered: too few interactions to learn from")
    data = lgb.Dataset(np.concatenate(values), np.concatenate(labels).astype(np.int32), group=sizes)
    return lgb.train(dict(TREES), data, ROUNDS)


def ranked(booster: lgb.Booster, part: Offered) -> Ints:
    """The best 20 items per user, best first, −1 where fewer are offered."""
    scores = np.full(part.items.shape, -np.inf)
    scores[part.real] = np.asarray(booster.predict(part.values[part.real], num_threads=1))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    lists = np.take_along_axis(part.items, order, axis=1)
    return np.where(np.isneginf(np.take_along_axis(scores, order, axis=1)), -1, lists)
