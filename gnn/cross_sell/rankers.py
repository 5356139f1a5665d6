"""The candidates for cross-sell: each ranks products for customers of a window, and is kept as tensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from gnn.cross_sell.candidates import BATCH, Candidates
from gnn.cross_sell.network import RankNet, distinct
from gnn.cross_sell.own_scores import OwnScores
from gnn.cross_sell.ranking import Ranked, RankingInput, RankingRequest
from gnn.cross_sell.scorers import SCORERS
from gnn.cross_sell.tree_ranker import ORDERED_BY, TreeRanker
from gnn.evaluate.ranking import K, top
from gnn.features.feature_set import FeatureSet
from gnn.features.history import Doubles, Floats, Ints
from gnn.features.scaler import Scaler
from gnn.learn.device import device_of
from gnn.learn.network_state import State, load_weights, network_state, scaler_of
from gnn.own_model.saved import is_own
from gnn.registry import ModelDamaged
from gnn.side_by_side import side_by_side
from gnn.slices import rows_within, slices

SINGLE = ("popularity", "recent_popularity", "item_knn", "item_knn_recent", "ease", "ease_text_trend")
"""Scorers that run as baselines of their own."""


class Ranker(Protocol):
    """What every candidate can do."""

    def on(self, inputs: RankingInput, /) -> Callable[[RankingRequest], Ranked]:
        """The ranking of this window; what does not depend on the customers asked for is done once here."""

    def contributions(self, request: RankingRequest, places: Ints, /) -> Floats:
        """Customers × places × scorers: what each scorer adds for the candidates at `places`."""

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
        path, owned = request.inputs.scorers.paths[self.scorer], request.inputs.scorers.owned

        def listed(batch: Ints) -> tuple[Ints, Doubles]:
            raw = path(batch)
            lists = top(raw, owned[batch])
            return lists, np.take_along_axis(raw, np.maximum(lists, 0), axis=1)

        parts = side_by_side(listed, slices(request.rows, min(BATCH, rows_within(owned.shape[1]))))
        columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Ranked(columns, np.log(np.maximum(scores, 0) + 1e-6).astype(np.float32))

    def contributions(self, request: RankingRequest, places: Ints) -> Floats:
        """Only this scorer counts."""
        only = np.array([name == self.scorer for name in SCORERS], dtype=np.float32)
        return linear_contributions(request.candidates, places, only[None, :])

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

    def contributions(self, request: RankingRequest, places: Ints) -> Floats:
        """The same weights for every customer."""
        return linear_contributions(request.candidates, places, self.weights[None, :])

    def state(self) -> State:
        """The weights."""
        return {"weights": torch.from_numpy(self.weights)}


@dataclass(frozen=True)
class TrendPool:
    """The weighted pool and the closed form with text and trend, each measured in its spread per customer."""

    weights: Floats

    def on(self, _inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Rank the candidates by the sum of both."""

        def rank(request: RankingRequest) -> Ranked:
            values = request.candidates.values
            return best_of(request.candidates, np.einsum("nck,nk->nc", values, self._mix(request)))

        return rank

    def contributions(self, request: RankingRequest, places: Ints) -> Floats:
        """The customer's weights of both together."""
        return linear_contributions(request.candidates, places, self._mix(request))

    def _mix(self, request: RankingRequest) -> Floats:
        """Weights per customer: customers × scorers."""
        values = request.candidates.values
        form = np.array([name == ORDERED_BY for name in SCORERS], dtype=np.float32)
        spreads = [(values @ weights).std(axis=1) + np.float32(1e-6) for weights in (self.weights, form)]
        mix = self.weights / spreads[0][:, None] + form / spreads[1][:, None]
        return np.asarray(mix, dtype=np.float32)

    def state(self) -> State:
        """The weights of the pool."""
        return {"weights": torch.from_numpy(self.weights)}


@dataclass(frozen=True)
class Trees:
    """LambdaRank over the strongest candidates, or a user's model over the same."""

    trees: TreeRanker | OwnScores

    def on(self, _inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Rank the candidates by the trees."""
        return lambda request: best_of(request.candidates, self.trees.scores(request.candidates))

    def contributions(self, request: RankingRequest, places: Ints) -> Floats:
        """What each scorer adds to the scores of the candidates at `places`."""
        return self.trees.contributions(request.candidates, places)

    def state(self) -> State:
        """The trees."""
        return self.trees.state()


@dataclass(frozen=True)
class GraphRanker:
    """The graph network, the scaler of its features, and the products it knows by id."""

    net: RankNet
    scaler: Scaler
    products: tuple[str, ...]

    def vectors(self, features: FeatureSet) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of all customers [n, 64] and products [m, 64], where the network stands."""
        self.net.eval()
        device = device_of(self.net)
        graph, places = features.graph(self.scaler), product_places(features, self.products)
        with torch.no_grad():
            return self.net.encode(graph.to(device), places.to(device))

    def on(self, inputs: RankingInput) -> Callable[[RankingRequest], Ranked]:
        """Encode the graph once, then score candidates."""
        customers, products = self.vectors(inputs.features)

        def rank(request: RankingRequest) -> Ranked:
            offered = request.candidates
            parts = (offered.rows, offered.columns, offered.values)
            rows, columns, values = (torch.from_numpy(part).to(device_of(self.net)) for part in parts)
            used, places = distinct(columns)
            with torch.no_grad():
                scores = self.net(customers[rows], products[used], places, values)
            return best_of(offered, scores.cpu().numpy())

        return rank

    def contributions(self, request: RankingRequest, places: Ints) -> Floats:
        """The weights with the customer's gate."""
        customers, _ = self.vectors(request.inputs.features)
        with torch.no_grad():
            mixed = self.net.weights + self.net.gate(customers[torch.from_numpy(request.rows)])
        return linear_contributions(request.candidates, places, mixed.numpy())

    def state(self) -> State:
        """The network's weights, and the scaler's under `scaler.`."""
        return network_state(self.net, self.scaler)


def product_places(features: FeatureSet, products: tuple[str, ...]) -> torch.Tensor:
    """Per product of the feature set its place among the known ones, counted from 1; 0 for unknown."""
    known = {product: place for place, product in enumerate(products, start=1)}
    return torch.tensor([known.get(product, 0) for product in features.history.products], dtype=torch.int64)


def linear_contributions(offered: Candidates, places: Ints, mix: Floats) -> Floats:
    """Weight (customers × scorers) times the value above that of the customer's mean candidate."""
    mean = offered.values.mean(axis=1, keepdims=True)
    values = np.take_along_axis(offered.values, places[:, :, None], axis=1) - mean
    return np.asarray(values * mix[:, None, :], dtype=np.float32)


def best_of(offered: Candidates, scores: Floats) -> Ranked:
    """The best candidates that are real, by score and then by column."""
    masked = np.where(offered.real, scores, -np.inf)
    order = np.argsort(-masked, axis=1, kind="stable")[:, :K]
    best = np.take_along_axis(masked, order, axis=1)
    columns = np.take_along_axis(offered.columns, order, axis=1)
    return Ranked(np.where(np.isneginf(best), -1, columns), best.astype(np.float32))


def of_states(states: Mapping[str, State], selected: str, products: tuple[str, ...]) -> Ranker:
    """The selected candidate from the kept tensors of all candidates.

    Raises ModelDamaged where it was trained with other scorers.
    """
    weighed = states.get("blend", {}).get("weights")
    if weighed is not None and len(weighed) != len(SCORERS):
        raise ModelDamaged("the model was trained by another version; train again")
    if is_own(states.get(selected, {})):
        return Trees(OwnScores.of_state(states[selected]))
    if selected in ("blend", "own_blend"):
        return Pool(states[selected]["weights"].numpy())
    if selected == "trend_pool":
        return TrendPool(states[selected]["weights"].numpy())
    if selected == "lambdarank":
        return Trees(TreeRanker.of_state(states[selected]))
    if selected == "gnn":
        return graph_of(states["gnn"], products)
    return SingleScorer(selected)


def graph_of(state: State, products: tuple[str, ...]) -> GraphRanker:
    """The graph ranker from its tensors."""
    scaler = scaler_of(state)
    net = RankNet(len(scaler.mean), len(products))
    load_weights(net, state)
    return GraphRanker(net, scaler, products)
