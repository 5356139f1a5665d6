"""Training the rankers: the pool of channels first, then the graph network that starts from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

from gnn.evaluate.ranking import hits, ndcg, recall
from gnn.features.channels import NAMES
from gnn.features.past import Ints
from gnn.features.scaler import Scaler
from gnn.features.scene import Scene
from gnn.model.rank_net import RankNet, listwise_loss
from gnn.task.cross_sell import CrossSellLabels
from gnn.train.averaging import Averaged
from gnn.train.rank_models import Graph, Pool, Question, Ranked, identities
from gnn.train.windows import NET_WINDOWS

MAX_EPOCHS, CHECK_EVERY, PATIENCE = 32, 4, 2
RATE, DECAY, AVERAGE = 0.004, 1e-3, 0.9
POOL_STEPS, POOL_PENALTY = 30, 0.003
MAX_CUSTOMERS = 4000
"""Customers per window that are learned from; more are sampled, so that time stays bounded."""


@dataclass(frozen=True)
class Window:
    """A scene, the customers counted in it, and what they newly bought."""

    scene: Scene
    labels: CrossSellLabels

    @cached_property
    def question(self) -> Question:
        """Lists wanted for the customers counted."""
        return Question(self.scene, self.labels.rows)

    @cached_property
    def tensors(self) -> tuple[torch.Tensor, ...]:
        """Rows [n], columns [n, C], channel values [n, C, K], real [n, C], bought [n, C].

        Only rows with a hit.
        """
        found = self.question.candidates
        bought = hits(found.columns, self.labels.bought[found.rows]) & found.real
        kept = bought.any(axis=1)
        parts = (found.rows, found.columns, found.values, found.real, bought.astype(np.float32))
        return tuple(torch.from_numpy(part[kept]) for part in parts)

    def quality(self, ranked: Ranked) -> float:
        """Mean of recall@20 and NDCG@20 over the customers counted."""
        found, relevant = self.outcome(ranked)
        return float((recall(found, relevant).mean() + ndcg(found, relevant).mean()) / 2)

    def outcome(self, ranked: Ranked) -> tuple[np.ndarray, Ints]:
        """Which of the listed products were bought, and how many there were to find."""
        truth = self.labels.bought[self.labels.rows]
        return hits(ranked.columns, truth), np.diff(truth.indptr).astype(np.int64)


def train_pool(windows: Sequence[Window], channels: Sequence[str] = NAMES) -> Pool:
    """Weights of the given channels by listwise softmax, with an L2 penalty; the others weigh nothing."""
    weights = torch.zeros(len(NAMES), requires_grad=True)
    used = torch.tensor([float(name in channels) for name in NAMES])
    optimiser = torch.optim.LBFGS([weights], max_iter=POOL_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = POOL_PENALTY * (weights**2).sum()
        for _, _, values, real, bought in (window.tensors for window in windows):
            total = total + listwise_loss(values @ (weights * used), real, bought) / len(windows)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Pool((weights * used).detach().numpy())


def train_net(
    windows: Sequence[Window], pool: Pool, epochs: int, valid: Window | None = None
) -> tuple[Graph, int]:
    """The network (its weights averaged over the last steps) and the number of epochs it was trained.

    With `valid`, training stops early and the epochs with the best quality there are returned.
    """
    windows = windows[-NET_WINDOWS:]
    graph, net, average = _begin(windows, pool)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    best, best_epoch = -1.0, epochs
    for epoch in range(1, epochs + 1):
        for window in windows:
            _step(net, optimiser, graph, window)
            average.follow(net)
        if valid is None or epoch % CHECK_EVERY:
            continue
        quality = valid.quality(graph.on(valid.scene)(valid.question))
        if quality > best:
            best, best_epoch = quality, epoch
        elif epoch - best_epoch >= PATIENCE * CHECK_EVERY:
            break
    return graph, best_epoch


def _begin(windows: Sequence[Window], pool: Pool) -> tuple[Graph, RankNet, Averaged[RankNet]]:
    scenes = [window.scene for window in windows]
    products = tuple(sorted({str(product) for scene in scenes for product in scene.past.products}))
    scaler = Scaler.fit(np.concatenate([scene.frame.values[scene.past.has_order] for scene in scenes]))
    net = RankNet(len(scaler.mean), len(products))
    with torch.no_grad():
        net.weights.copy_(torch.from_numpy(pool.weights))
    average = Averaged(net, AVERAGE)
    return Graph(average.net, scaler, products), net, average


def _step(net: RankNet, optimiser: torch.optim.Optimizer, graph: Graph, window: Window) -> None:
    net.train()
    optimiser.zero_grad()
    rows, columns, values, real, bought = window.tensors
    known = identities(window.scene, graph.products)
    customers, products = net.encode(window.scene.graph(graph.scaler), known)
    loss = listwise_loss(net(customers[rows], products, columns, values), real, bought)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
