"""A user's model as a candidate for cross-sell: one row per customer and product that may be offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from gnn.cross_sell.fit import calibrator, check_windows, sampled
from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.own_scores import OwnScores, frame_of
from gnn.cross_sell.rankers import Ranker, Trees
from gnn.cross_sell.ranking import Example, RankingWindow, ranking_window
from gnn.cross_sell.tree_ranker import features, looked_at
from gnn.evaluate.ranking import hits, ndcg, recall
from gnn.features.history import Doubles, Ints
from gnn.learn.lazily import Lazily
from gnn.learn.platt import Platt
from gnn.learn.windows import Window, Windows
from gnn.own_model.classifier import Classifier, fitted, probability
from gnn.own_model.saved import saved
from gnn.own_model.subjects import counted_customers
from gnn.task import Fit, Predictions

CUSTOMERS = 500
"""Per window at most so many customers are learned from, drawn by seed: each has 200 rows."""
SAMPLE = 500
SEED = 7


@dataclass(frozen=True)
class Prepared:
    """What the windows have to teach, worked out once for all fits."""

    windows: Windows[CrossSellLabels]
    train: tuple[Example, ...]
    valid: RankingWindow


@dataclass(frozen=True)
class CrossSellFace:
    """How cross-sell looks to a user's model."""

    label: str = "bought"
    metric: str = "recall@20"

    def frame(self, window: Window[CrossSellLabels]) -> pd.DataFrame:
        """A row per customer counted (500 at most, drawn) and candidate: ids, names, label, scorers' values.

        Candidates are the 200 products, not yet bought, that `ease_text_trend` puts first; the label says
        which of them the customer bought for the first time within the horizon.
        """
        asked = ranking_window(_few(window))
        offered, history = asked.request.candidates, window.features.history
        looked = looked_at(offered.values, offered.real)
        bought = hits(offered.columns, asked.labels.bought[offered.rows])
        rows = np.repeat(offered.rows, looked.sum(axis=1))
        columns = offered.columns[looked]
        told = {
            "customer_id": history.customers[rows],
            "name": history.values["name"].to_numpy()[rows],
            "product_id": history.products[columns],
            "product": history.product_values["name"].to_numpy()[columns],
            "cutoff": history.cutoff,
            self.label: bought[looked].astype(np.int64),
        }
        values = frame_of(features(offered.values, offered.real)[looked])
        return pd.concat([pd.DataFrame(told), values], axis=1)

    def subjects(self, window: Window[CrossSellLabels]) -> pd.DataFrame:
        """`customer_id, name` of the customers counted."""
        return counted_customers(window)

    def prepared(self, windows: Windows[CrossSellLabels]) -> Prepared:
        """What the windows have to teach. Raises NotEnoughHistory."""
        check_windows(windows)
        counted = [_few(window) for window in windows.train if len(window.labels.rows)]
        examples = tuple(ranking_window(window).example for window in counted)
        return Prepared(windows, examples, ranking_window(_few(windows.valid[-1])))

    def fit(self, model: Classifier, name: str, prepared: Prepared, seed: int) -> Fit[Ranker, Platt]:
        """Fitted on the older windows and judged on the newest, then fitted on all. Raises BadModel."""
        tried = _learned(model, prepared.train, seed)
        valid = prepared.valid
        quality = valid.quality(tried.on(valid.inputs)(valid.request))
        newest = prepared.windows.valid[-1]
        return Fit(
            {name: _learned(model, [*prepared.train, valid.example], seed)},
            {name: {"validation": quality}},
            Lazily({name: lambda: calibrator(tried, valid.inputs, newest.labels, seed)}),
            name,
        )

    def quality(self, said: Predictions, rows: Ints) -> float:
        """Recall@20 over some of the customers counted."""
        return float(recall(said["hits"][rows], said["relevant"][rows]).mean())

    def found(self, said: Predictions) -> Doubles:
        """Per customer the share of its new products among the 20 listed."""
        return recall(said["hits"], said["relevant"])

    def told(self, said: Predictions) -> dict[str, Doubles]:
        """Recall@20 and NDCG@20 of a customer."""
        return {
            "recall@20": recall(said["hits"], said["relevant"]),
            "ndcg@20": ndcg(said["hits"], said["relevant"]),
        }


def _few(window: Window[CrossSellLabels]) -> Window[CrossSellLabels]:
    return sampled(window, SEED, CUSTOMERS)


def _learned(model: Classifier, examples: Sequence[Example], seed: int) -> Trees:
    parts = [_rows(example) for example in examples if len(example.rows)]
    values = pd.concat([part for part, _ in parts], ignore_index=True)
    bought = np.concatenate([labels for _, labels in parts])
    learned = fitted(model, seed, values, bought)
    return Trees(OwnScores(partial(probability, learned), partial(saved, learned, values.head(SAMPLE))))


def _rows(example: Example) -> tuple[pd.DataFrame, Ints]:
    """The candidates looked at, and which of them were bought."""
    values, real = example.values.numpy(), example.real.numpy() > 0
    looked = looked_at(values, real)
    bought = (example.bought.numpy() > 0)[looked]
    return frame_of(features(values, real)[looked]), bought.astype(np.int64)
