"""The candidates for cross-sell: each ranks products for customers of a window, and is kept as tensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from gnn.cross_sell.candidates import BATCH, Candidates
from gnn.cross_sell.network import RankNet
from gnn.cross_sell.ranking import Ranked, RankingInput, RankingRequest
from gnn.cross_sell.scorers import SCORERS
from gnn.evaluate.ranking import K, top
from gnn.features.feature_set import FeatureSet
from gnn.features.history import Floats, Ints
from gnn.features.scaler import Scaler
from gnn.learn.network_state import State, load_weights, network_state, scaler_of
from gnn.slices import rows_within, slices

SINGLE = ("popularity", "recent_popularity", "item_knn", "item_knn_recent", "ease")
"""Scorers that run as baselines of their own."""


class Ranker(Protocol):
    """What every candidate can do."""

    def on(self, inputs: RankingInput, /) -> Callable[[RankingRequest], Ranked]:
        """The ranking of this window; what does not depend on the customers asked for is done once here."""

    def mix(self, inputs: RankingInput, rows: Ints, /) -> Floats:
        """How much each scorer counts for each customer: rows × scorers."""

    def state(self) -> State:
        """Its numbers as tensors."""


@dataclass(frozen=True)
class SingleScorer:
    """One scorer on its own, over all products."""

    scorer: str

    def on(self, _inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Rank by the scorer's raw value, never an owned product."""
        return self._rank

    def _rank(self, request: RankingRequest) -> Ranked:
        scorers, parts = request.inputs.scorers, []
        batch_size = min(BATCH, rows_within(scorers.owned.shape[1]))
        for batch in slices(request.rows, batch_size):
            raw = scorers.raw(self.scorer, batch)
            lists = top(raw, scorers.owned[batch])
            parts.append((lists, np.take_along_axis(raw, np.maximum(lists, 0), axis=1)))
        columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Ranked(columns, np.log(np.maximum(scores, 0) + 1e-6).astype(np.float32))

    def mix(self, _inputs: RankingInput, rows: Ints) -> Floats:
        """Only this scorer counts."""
        only = np.array([name == self.scorer for name in SCORERS], dtype=np.float32)
        return np.tile(only, (len(rows), 1))

    def state(self) -> State:
        """Nothing is learned beyond the purchases themselves."""
        return {}


@dataclass(frozen=True)
class Pool:
    """The weighted pool of all scorers."""

    weights: Floats

    def on(self, _inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Rank the candidates by the weighted sum of their scorers."""
        return lambda request: best_of(request.candidates, request.candidates.values @ self.weights)

    def mix(self, _inputs: RankingInput, rows: Ints) -> Floats:
        """The same weights for every customer."""
        return np.tile(self.weights, (len(rows), 1))

    def state(self) -> State:
        """The weights."""
        return {"weights": torch.from_numpy(self.weights)}


@dataclass(frozen=True)
class GraphRanker:
    """The graph network, the scaler of its features, and the products it knows by id."""

    net: RankNet
    scaler: Scaler
    products: tuple[str, ...]

    def vectors(self, features: FeatureSet) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of all customers [n, 64] and products [m, 64]."""
        self.net.eval()
        with torch.no_grad():
            return self.net.encode(features.graph(self.scaler), product_places(features, self.products))

    def on(self, inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Encode the graph once, then score candidates."""
        customers, products = self.vectors(inputs.features)

        def rank(request: RankingRequest) -> Ranked:
            offered = request.candidates
            with torch.no_grad():
                scores = self.net(
                    customers[torch.from_numpy(offered.rows)],
                    products,
                    torch.from_numpy(offered.columns),
                    torch.from_numpy(offered.values),
                )
            return best_of(offered, scores.numpy())

        return rank

    def mix(self, inputs: RankingInput, rows: Ints) -> Floats:
        """The weights with the customer's gate."""
        customers, _ = self.vectors(inputs.features)
        with torch.no_grad():
            mixed = self.net.weights + self.net.gate(customers[torch.from_numpy(rows)])
        return np.asarray(mixed.numpy(), dtype=np.float32)

    def state(self) -> State:
        """The network's weights, and the scaler's under `scaler.`."""
        return network_state(self.net, self.scaler)


def product_places(features: FeatureSet, products: tuple[str, ...]) -> torch.Tensor:
    """Per product of the feature set its place among the known ones, counted from 1; 0 for unknown."""
    known = {product: place for place, product in enumerate(products, start=1)}
    return torch.tensor([known.get(product, 0) for product in features.history.products], dtype=torch.int64)


def best_of(offered: Candidates, scores: Floats) -> Ranked:
    """The best candidates that are real, by score and then by column."""
    masked = np.where(offered.real, scores, -np.inf)
    order = np.argsort(-masked, axis=1, kind="stable")[:, :K]
    best = np.take_along_axis(masked, order, axis=1)
    columns = np.take_along_axis(offered.columns, order, axis=1)
    return Ranked(np.where(np.isneginf(best), -1, columns), best.astype(np.float32))


def of_states(states: Mapping[str, State], selected: str, products: tuple[str, ...]) -> Ranker:
    """The selected candidate from the kept tensors of all candidates."""
    if selected in ("blend", "own_blend"):
        return Pool(states[selected]["weights"].numpy())
    if selected == "gnn":
        return graph_of(states["gnn"], products)
    return SingleScorer(selected)


def graph_of(state: State, products: tuple[str, ...]) -> GraphRanker:
    """The graph ranker from its tensors."""
    scaler = scaler_of(state)
    net = RankNet(len(scaler.mean), len(products))
    load_weights(net, state)
    return GraphRanker(net, scaler, products)
