"""Training the churn network on all windows at once, and how long, told by validation."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from gnn.evaluate.classification import auc
from gnn.features.scaler import Scaler
from gnn.features.scene import Scene
from gnn.geometric import HeteroData
from gnn.model.churn_net import ChurnNet
from gnn.task.churn import ChurnLabels
from gnn.train.averaging import Averaged
from gnn.train.churn_models import Graph
from gnn.train.windows import NET_WINDOWS

Window = tuple[Scene, ChurnLabels]
Example = tuple[HeteroData, torch.Tensor, torch.Tensor]

MAX_EPOCHS, CHECK_EVERY, PATIENCE = 30, 5, 2
RATE, DECAY, AVERAGE = 0.015, 1e-3, 0.9


def train_net(windows: Sequence[Window], epochs: int, valid: Window | None = None) -> tuple[Graph, int]:
    """The network (its weights averaged over the last steps) and the number of epochs it was trained.

    With `valid`, training stops early and the epochs with the best AUC there are returned.
    """
    windows = windows[-NET_WINDOWS:]
    scaler = Scaler.fit(np.concatenate([scene.frame.values[labels.rows] for scene, labels in windows]))
    net = ChurnNet(len(scaler.mean))
    average = Averaged(net, AVERAGE)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    graphs = [(scene.graph(scaler), *_tensors(labels)) for scene, labels in windows]
    best, best_epoch, graph = -1.0, epochs, Graph(average.net, scaler)
    for epoch in range(1, epochs + 1):
        _step(net, optimiser, graphs)
        average.follow(net)
        if valid is None or epoch % CHECK_EVERY:
            continue
        score = auc(valid[1].churned, graph.logits(valid[0])[valid[1].rows])
        if score > best + 1e-4:
            best, best_epoch = score, epoch
        elif epoch - best_epoch >= PATIENCE * CHECK_EVERY:
            break
    return graph, best_epoch


def _tensors(labels: ChurnLabels) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.from_numpy(labels.rows), torch.from_numpy(labels.churned)


def _step(net: ChurnNet, optimiser: torch.optim.Optimizer, graphs: Sequence[Example]) -> None:
    net.train()
    optimiser.zero_grad()
    for data, rows, churned in graphs:
        loss = binary_cross_entropy_with_logits(net(data)[rows], churned) / len(graphs)
        loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
