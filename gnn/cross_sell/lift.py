"""What each kind of information adds to offers: the same trees over more and more of it.

All steps rank the same candidates, those with the best `ease_text_trend`, which follows no link.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from gnn.cross_sell.candidates import NEVER, Candidates
from gnn.cross_sell.fit import sampled
from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.rankers import best_of
from gnn.cross_sell.ranking import Example, candidates_of, example_of
from gnn.cross_sell.scorers import ALONG_LINKS, OWN, SCORERS
from gnn.cross_sell.tree_ranker import MAX_CUSTOMERS, features, looked_at, ranking_trees
from gnn.evaluate.lift import step_rows
from gnn.evaluate.ranking import hits, ndcg, recall
from gnn.features.history import Floats, Ints
from gnn.features.table import FeatureTable
from gnn.learn.windows import NET_WINDOWS, Window, Windows
from gnn.slices import slices
from gnn.task import Predictions

BLOCK = 1000
"""Customers ranked at a time."""


@dataclass(frozen=True)
class Step:
    """What a step adds: scorers of a product for a customer, and groups of features of the customer."""

    scorers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


STEPS: Mapping[str, Step] = {
    "tabular only": Step(OWN, ("rfm", "rhythm", "trend", "basket", "tickets", "opportunities", "attributes")),
    "+ graph": Step(ALONG_LINKS, ("neighbours",)),
    "+ decision-chain facts": Step(groups=("people", "contact_frequency")),
    "+ payment facts": Step(groups=("payments",)),
}
"""The customer's own records; companies that it is linked to or like; its people, who left, and how we talk
with them; what it owes, and how late it paid."""


@dataclass(frozen=True)
class Lists:
    """Candidates looked at, list by list: their features, which were bought, and the length of every list."""

    values: Floats
    bought: npt.NDArray[np.bool_]
    sizes: list[int]


def lift_predictions(
    windows: Windows[CrossSellLabels], after: Window[CrossSellLabels], seed: int
) -> Mapping[str, Predictions]:
    """Per step which of its 20 products the customers counted after the cut-off bought.

    Steps of which nothing is known are left out. Candidates that the windows keep are not looked for again.
    """
    newest = [window for window in windows.every[-NET_WINDOWS:] if len(window.labels.rows)]
    parts = [_learned(sampled(window, seed), seed) for window in newest]
    parts = [part for part in parts if part.sizes]
    if not parts:
        return {}
    differs = np.any([np.ptp(part.values, axis=0) > 0 for part in parts], axis=0)
    columns = _columns(windows.final.table, differs)
    return _judged(_trees(parts, columns, seed), columns, after)


def _trees(parts: Sequence[Lists], columns: Mapping[str, Ints], seed: int) -> dict[str, lgb.Booster]:
    """Per step the trees over its columns, of which alone a copy is made."""
    bought = np.concatenate([part.bought for part in parts])
    sizes = [size for part in parts for size in part.sizes]
    found = {}
    for step, places in columns.items():
        values = np.concatenate([part.values[:, places] for part in parts])
        found[step] = lgb.Booster(model_str=ranking_trees(values, bought, sizes, seed))
    return found


def _learned(window: Window[CrossSellLabels], seed: int) -> Lists:
    """The lists of customers that bought a candidate looked at, of `MAX_CUSTOMERS` drawn by seed."""
    example, drawn = example_of(window), sampled(window, seed, MAX_CUSTOMERS).labels.rows
    offered, bought = _offered(example), example.bought.numpy() > 0
    looked = looked_at(offered.values, offered.real)
    kept = np.isin(offered.rows, drawn) & (bought & looked).any(axis=1)
    offered, bought, looked = _some(offered, kept), bought[kept], looked[kept]
    told = _told(offered, looked, window.features.table)
    return Lists(told, bought[looked], looked.sum(axis=1).tolist())


def _offered(example: Example) -> Candidates:
    """The candidates that a window's example holds."""
    rows, columns = example.rows.numpy(), example.columns.numpy()
    return Candidates(rows, columns, example.values.numpy(), example.real.numpy())


def _some(offered: Candidates, kept: npt.NDArray[np.bool_] | Ints) -> Candidates:
    return Candidates(offered.rows[kept], offered.columns[kept], offered.values[kept], offered.real[kept])


def _told(offered: Candidates, looked: npt.NDArray[np.bool_], table: FeatureTable) -> Floats:
    """Of the candidates looked at: the scorers, the place, and the features of the customer."""
    own = features(offered.values, offered.real)[looked]
    return np.concatenate([own, np.repeat(table.values[offered.rows], looked.sum(axis=1), axis=0)], axis=1)


def _columns(table: FeatureTable, differs: npt.NDArray[np.bool_]) -> dict[str, Ints]:
    """Per step that adds what candidates of a window differ in: its columns and those of the steps before."""
    names = [*SCORERS, "place", *table.names]
    wanted, found = ["place"], dict[str, Ints]()
    for name, step in STEPS.items():
        added = [*step.scorers, *(column for group in step.groups for column in table.groups[group])]
        wanted += added
        if any(differs[names.index(column)] for column in added):
            found[name] = np.array([names.index(column) for column in wanted], dtype=np.int64)
    return found


def _judged(
    trees: Mapping[str, lgb.Booster], columns: Mapping[str, Ints], after: Window[CrossSellLabels]
) -> Mapping[str, Predictions]:
    parts = list(_outcomes(trees, columns, after))
    return {
        step: {name: np.concatenate([part[step][name] for part in parts]) for name in ("hits", "relevant")}
        for step in trees
    }


def _outcomes(
    trees: Mapping[str, lgb.Booster], columns: Mapping[str, Ints], after: Window[CrossSellLabels]
) -> Iterator[Mapping[str, Predictions]]:
    """Some customers at a time."""
    every = candidates_of(after)
    for places in slices(np.arange(len(every.rows)), BLOCK):
        offered = _some(every, places)
        wanted = after.labels.bought[offered.rows]
        looked = looked_at(offered.values, offered.real)
        told = _told(offered, looked, after.features.table)
        relevant = np.diff(wanted.indptr).astype(np.int64)
        yield {
            step: {"hits": hits(_listed(offered, looked, booster, told[:, columns[step]]), wanted)}
            | {"relevant": relevant}
            for step, booster in trees.items()
        }


def _listed(offered: Candidates, looked: npt.NDArray[np.bool_], booster: lgb.Booster, told: Floats) -> Ints:
    scores = np.full(offered.columns.shape, NEVER, dtype=np.float32)
    scores[looked] = np.asarray(booster.predict(told))
    return best_of(offered, scores).columns


def lift_rows(steps: Mapping[str, Predictions], seed: int) -> list[dict[str, Any]]:
    """The steps as rows, by `recall@20` and `ndcg@20`."""
    return step_rows(STEPS, steps, _measures, QUALITIES, seed)


def _recall(said: Predictions, rows: Ints) -> float:
    return float(recall(said["hits"][rows], said["relevant"][rows]).mean())


def _ndcg(said: Predictions, rows: Ints) -> float:
    return float(ndcg(said["hits"][rows], said["relevant"][rows]).mean())


QUALITIES = {"recall@20": _recall, "ndcg@20": _ndcg}


def _measures(said: Predictions) -> dict[str, Any]:
    everybody = np.arange(len(said["relevant"]))
    return {name: quality(said, everybody) for name, quality in QUALITIES.items()}
