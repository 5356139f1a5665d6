"""The candidates for cross-sell: each ranks products for customers of a scene, and is kept as tensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import torch

from gnn.evaluate.ranking import K, top
from gnn.features.candidates import BATCH, Candidates, candidates
from gnn.features.channels import NAMES
from gnn.features.past import Floats, Ints
from gnn.features.scaler import Scaler
from gnn.features.scene import Scene
from gnn.model.rank_net import RankNet

State = dict[str, torch.Tensor]
SINGLE = ("popularity", "recent_popularity", "item_knn", "item_knn_recent", "ease")
"""Channels that run as baselines of their own."""


@dataclass(frozen=True)
class Question:
    """Which customers of a scene want a list; the candidates are worked out once for all rankers."""

    scene: Scene
    rows: Ints

    @cached_property
    def candidates(self) -> Candidates:
        """Candidates of these customers."""
        return candidates(self.scene.channels, self.rows)


@dataclass(frozen=True)
class Ranked:
    """Per customer the best columns, best first (−1: none left), and their scores; shapes [n, k]."""

    columns: Ints
    scores: Floats


class Ranker(Protocol):
    """What every candidate can do."""

    def on(self, scene: Scene, /) -> Callable[[Question], Ranked]:
        """The ranking of this scene; what does not depend on the customers asked for is done once here."""

    def mix(self, scene: Scene, rows: Ints, /) -> Floats:
        """How much each channel counts for each customer: rows × channels."""

    def state(self) -> State:
        """Its numbers as tensors."""


@dataclass(frozen=True)
class Single:
    """One channel on its own, over all products."""

    channel: str

    def on(self, _scene: Scene) -> Callable[[Question], Ranked]:
        """Rank by the channel's raw value, never an owned product."""
        return self._rank

    def _rank(self, question: Question) -> Ranked:
        channels, rows = question.scene.channels, question.rows
        parts = []
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            raw = np.asarray(channels.raw(self.channel, batch))
            lists = top(raw, channels.owned[batch])
            parts.append((lists, np.take_along_axis(raw, np.maximum(lists, 0), axis=1)))
        columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Ranked(columns, np.log(np.maximum(scores, 0) + 1e-6).astype(np.float32))

    def mix(self, _scene: Scene, rows: Ints) -> Floats:
        """Only this channel counts."""
        only = np.array([name == self.channel for name in NAMES], dtype=np.float32)
        return np.tile(only, (len(rows), 1))

    def state(self) -> State:
        """Nothing is learned beyond the purchases themselves."""
        return {}


@dataclass(frozen=True)
class Pool:
    """The weighted pool of all channels."""

    weights: Floats

    def on(self, _scene: Scene) -> Callable[[Question], Ranked]:
        """Rank the candidates by the weighted sum of their channels."""
        return lambda question: best_of(question.candidates, question.candidates.values @ self.weights)

    def mix(self, _scene: Scene, rows: Ints) -> Floats:
        """The same weights for every customer."""
        return np.tile(self.weights, (len(rows), 1))

    def state(self) -> State:
        """The weights."""
        return {"weights": torch.from_numpy(self.weights)}


@dataclass(frozen=True)
class Graph:
    """The graph network, the scaler of its features, and the products it knows by id."""

    net: RankNet
    scaler: Scaler
    products: tuple[str, ...]

    def vectors(self, scene: Scene) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of all customers [n, 64] and products [m, 64]."""
        self.net.eval()
        with torch.no_grad():
            return self.net.encode(scene.graph(self.scaler), identities(scene, self.products))

    def on(self, scene: Scene) -> Callable[[Question], Ranked]:
        """Encode the graph once, then score candidates."""
        customers, products = self.vectors(scene)

        def rank(question: Question) -> Ranked:
            found = question.candidates
            with torch.no_grad():
                scores = self.net(
                    customers[torch.from_numpy(found.rows)],
                    products,
                    torch.from_numpy(found.columns),
                    torch.from_numpy(found.values),
                )
            return best_of(found, scores.numpy())

        return rank

    def mix(self, scene: Scene, rows: Ints) -> Floats:
        """The weights with the customer's gate."""
        customers, _ = self.vectors(scene)
        with torch.no_grad():
            mixed = self.net.weights + self.net.gate(customers[torch.from_numpy(rows)])
        return np.asarray(mixed.numpy(), dtype=np.float32)

    def state(self) -> State:
        """The network's weights, and the scaler's under `scaler.`."""
        own = {f"net.{name}": value for name, value in self.net.state_dict().items()}
        return own | {f"scaler.{name}": value for name, value in self.scaler.state().items()}


def identities(scene: Scene, products: tuple[str, ...]) -> torch.Tensor:
    """Per product of the scene its place among the known ones, counted from 1; 0 for unknown."""
    known = {product: place for place, product in enumerate(products, start=1)}
    return torch.tensor([known.get(product, 0) for product in scene.past.products], dtype=torch.int64)


def best_of(found: Candidates, scores: Floats) -> Ranked:
    """The best candidates that are real, by score and then by column."""
    masked = np.where(found.real, scores, -np.inf)
    order = np.argsort(-masked, axis=1, kind="stable")[:, :K]
    best = np.take_along_axis(masked, order, axis=1)
    columns = np.take_along_axis(found.columns, order, axis=1)
    return Ranked(np.where(np.isneginf(best), -1, columns), best.astype(np.float32))


def of_states(states: Mapping[str, State], selected: str, products: tuple[str, ...]) -> Ranker:
    """The selected candidate from the kept tensors of all candidates."""
    if selected in ("blend", "own_blend"):
        return Pool(states[selected]["weights"].numpy())
    if selected == "gnn":
        return graph_of(states["gnn"], products)
    return Single(selected)


def graph_of(state: State, products: tuple[str, ...]) -> Graph:
    """The graph ranker from its tensors."""
    inner = {name.removeprefix("net."): value for name, value in state.items() if name.startswith("net.")}
    scaler = Scaler.of_state({name: state[f"scaler.{name}"] for name in ("mean", "spread")})
    net = RankNet(len(scaler.mean), len(products))
    net.load_state_dict(inner, strict=True)
    return Graph(net, scaler, products)
