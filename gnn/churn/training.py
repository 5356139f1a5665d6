"""Training the churn network on all windows at once, and how long, told by validation."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from gnn.churn.labels import ChurnLabels
from gnn.churn.models import GraphModel
from gnn.churn.network import ChurnNet
from gnn.evaluate.classification import auc
from gnn.features.history import DAY
from gnn.features.scaler import Scaler
from gnn.geometric import HeteroData
from gnn.learn.averaging import RunningMean
from gnn.learn.budget import affordable
from gnn.learn.device import PROCESSOR
from gnn.learn.stopping import EarlyStopping
from gnn.learn.windows import NET_WINDOWS, Window

Example = tuple[HeteroData, torch.Tensor, torch.Tensor]

MAX_EPOCHS, CHECK_EVERY, PATIENCE, LEAST_GAIN = 30, 5, 2, 1e-4
RATE, DECAY, AVERAGE = 0.015, 1e-3, 0.9


def train_network(
    windows: Sequence[Window[ChurnLabels]],
    epochs: int,
    valid: Window[ChurnLabels] | None = None,
    device: torch.device = PROCESSOR,
) -> tuple[GraphModel, int]:
    """The network (its weights averaged over the last steps) and the number of epochs it was trained.

    With `valid`, training stops early and the epochs with the best AUC there are returned; raises
    BeyondBudget where the graph is too large for a few epochs. Learns on `device`; the network
    returned stands on the processor.
    """
    windows = _spread(windows)
    if valid is not None:
        epochs = affordable(sum(window.features.learned_edges for window in windows), epochs)
    scaler = _scaler(windows)
    net = ChurnNet(len(scaler.mean)).to(device)
    average = RunningMean(net, AVERAGE)
    graph = GraphModel(average.net, scaler)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    examples = [_example(window, scaler, device) for window in windows]
    stopping = EarlyStopping(epochs, CHECK_EVERY, PATIENCE, LEAST_GAIN)
    for epoch in range(1, epochs + 1):
        _step(net, optimiser, examples)
        average.update(net)
        if valid is not None and stopping.reached(epoch, lambda: _auc(graph, valid)):
            break
    average.net.cpu()
    return graph, stopping.best_epoch


def _spread(windows: Sequence[Window[ChurnLabels]]) -> list[Window[ChurnLabels]]:
    """The newest windows that begin half a horizon apart or more, at most as many as networks learn from."""
    kept: list[Window[ChurnLabels]] = []
    for window in reversed(windows):
        history = window.features.history
        if not kept or kept[-1].features.history.cutoff - history.cutoff >= history.horizon / 2 - DAY:
            kept.append(window)
    return kept[:NET_WINDOWS][::-1]


def _scaler(windows: Sequence[Window[ChurnLabels]]) -> Scaler:
    return Scaler.fit(
        np.concatenate([window.features.table.values[window.labels.rows] for window in windows])
    )


def _auc(model: GraphModel, window: Window[ChurnLabels]) -> float:
    return auc(window.labels.churned, model.logits(window.features)[window.labels.rows])


def _example(window: Window[ChurnLabels], scaler: Scaler, device: torch.device) -> Example:
    """The graph of a window, the rows counted and what became of them, on the device."""
    graph, labels = window.features.learned_graph(scaler), window.labels
    rows, churned = torch.from_numpy(labels.rows), torch.from_numpy(labels.churned)
    return graph.to(device), rows.to(device), churned.to(device)


def _step(net: ChurnNet, optimiser: torch.optim.Optimizer, examples: Sequence[Example]) -> None:
    net.train()
    optimiser.zero_grad()
    for data, rows, churned in examples:
        loss = binary_cross_entropy_with_logits(net(data)[rows], churned) / len(examples)
        loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
