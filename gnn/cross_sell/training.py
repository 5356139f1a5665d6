"""Training the rankers: the pool of scorers first, then the graph network that starts from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from gnn.cross_sell.network import RankNet, distinct, listwise_loss
from gnn.cross_sell.rankers import GraphRanker, Pool, product_places
from gnn.cross_sell.ranking import Example, RankingWindow
from gnn.cross_sell.scorers import SCORERS
from gnn.features.scaler import Scaler
from gnn.geometric import HeteroData
from gnn.learn.averaging import RunningMean
from gnn.learn.device import PROCESSOR
from gnn.learn.stopping import EarlyStopping
from gnn.learn.windows import NET_WINDOWS

MAX_EPOCHS, CHECK_EVERY, PATIENCE = 32, 4, 2
RATE, DECAY, AVERAGE = 0.004, 1e-3, 0.9
POOL_STEPS, POOL_PENALTY = 30, 0.003
MAX_CUSTOMERS = 4000
"""Customers per window that are learned from; more are sampled, so that time stays bounded."""


@dataclass(frozen=True)
class Lesson:
    """One window as the network sees it, on the device that it learns on."""

    graph: HeteroData
    places: torch.Tensor
    """Per product its place among those that the network knows [products]."""
    used: torch.Tensor
    """The products that are a candidate of anybody [m]."""
    candidates: torch.Tensor
    """Per customer and candidate its place among them [n, C]."""
    example: Example


def train_pool(examples: Sequence[Example], scorers: Sequence[str] = SCORERS) -> Pool:
    """Weights of the given scorers by listwise softmax, with an L2 penalty; the others weigh nothing."""
    weights = torch.zeros(len(SCORERS), requires_grad=True)
    used = torch.tensor([float(name in scorers) for name in SCORERS])
    optimiser = torch.optim.LBFGS([weights], max_iter=POOL_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = POOL_PENALTY * (weights**2).sum()
        for one in examples:
            total = total + listwise_loss(one.values @ (weights * used), one.real, one.bought) / len(examples)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Pool((weights * used).detach().numpy())


def train_network(
    examples: Sequence[Example],
    pool: Pool,
    epochs: int,
    valid: RankingWindow | None = None,
    device: torch.device = PROCESSOR,
) -> tuple[GraphRanker, int]:
    """The network (its weights averaged over the last steps) and the number of epochs it was trained.

    With `valid`, training stops early and the epochs with the best quality there are returned. Learns on
    `device`; the network returned stands on the processor.
    """
    examples = examples[-NET_WINDOWS:]
    scaler, products = _scaler(examples), _products(examples)
    net = _network(scaler, products, pool).to(device)
    average = RunningMean(net, AVERAGE)
    ranker = GraphRanker(average.net, scaler, products)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    stopping = EarlyStopping(epochs, CHECK_EVERY, PATIENCE)
    lessons = [_lesson(ranker, example, device) for example in examples]
    for epoch in range(1, epochs + 1):
        for lesson in lessons:
            _step(net, optimiser, lesson)
            average.update(net)
        if valid is not None and stopping.reached(epoch, lambda: _quality(ranker, valid)):
            break
    average.net.cpu()
    return ranker, stopping.best_epoch


def _quality(ranker: GraphRanker, window: RankingWindow) -> float:
    return window.quality(ranker.on(window.inputs)(window.request))


def _scaler(examples: Sequence[Example]) -> Scaler:
    sets = [one.features for one in examples]
    return Scaler.fit(
        np.concatenate([features.table.values[features.history.has_order] for features in sets])
    )


def _products(examples: Sequence[Example]) -> tuple[str, ...]:
    """Ids of the products of all windows, sorted."""
    return tuple(sorted({str(product) for one in examples for product in one.features.history.products}))


def _network(scaler: Scaler, products: tuple[str, ...], pool: Pool) -> RankNet:
    """A network that begins as the pool."""
    net = RankNet(len(scaler.mean), len(products))
    with torch.no_grad():
        net.weights.copy_(torch.from_numpy(pool.weights))
    return net


def _lesson(ranker: GraphRanker, example: Example, device: torch.device) -> Lesson:
    features = example.features
    parts = (example.rows, example.columns, example.values, example.real, example.bought)
    used, candidates = distinct(example.columns)
    return Lesson(
        features.learned_graph(ranker.scaler).to(device),
        product_places(features, ranker.products).to(device),
        used.to(device),
        candidates.to(device),
        Example(features, *(part.to(device) for part in parts)),
    )


def _step(net: RankNet, optimiser: torch.optim.Optimizer, lesson: Lesson) -> None:
    net.train()
    optimiser.zero_grad()
    customers, products = net.encode(lesson.graph, lesson.places)
    example = lesson.example
    scores = net(customers[example.rows], products[lesson.used], lesson.candidates, example.values)
    loss = listwise_loss(scores, example.real, example.bought)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
