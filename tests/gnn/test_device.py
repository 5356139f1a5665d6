"""Learning on another device: what is needed is moved whole, and what is kept stands on the processor."""

import pandas as pd
import pytest
import torch

from gnn.calendar import cutoffs_before
from gnn.churn.labels import churn_labels
from gnn.churn.network import ChurnNet
from gnn.churn.training import train_network
from gnn.evaluate.classification import auc
from gnn.features.feature_set import feature_set
from gnn.features.scaler import Scaler
from gnn.learn.device import PROCESSOR, device_of, learning_device, where_it_fits
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import feature_sets, label_windows
from gnn.snapshot.cut import cut
from tests.gnn.synthetic import START, full

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)
META = torch.device("meta")
"""A device whose tensors have shapes only: an operation with a tensor left behind fails there."""
EPOCHS = 6


def test_a_graph_is_moved_with_its_messages_and_a_network_answers_there() -> None:
    features = feature_set(full(), CUTOFF, HORIZON)
    scaler = Scaler.fit(features.table.values)
    net = ChurnNet(len(scaler.mean)).to(META)
    graph = features.graph(scaler).to(META)
    moved = [graph[edge].messages.forwards for edge in graph.edge_types]
    assert device_of(net) == META
    assert {part.device for part in moved} == {META}
    assert graph["customer"].x.device == META


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no GPU")
def test_a_network_learned_on_a_gpu_ranks_as_well_and_stands_on_the_processor() -> None:
    log = cut(full(), CUTOFF)
    windows = label_windows(churn_labels, log, feature_sets(log, cutoffs_before(log, CUTOFF, HORIZON)), 0)
    newest = windows.valid[-1]
    found = []
    for device in (PROCESSOR, learning_device()):
        with reproducible(0):
            model, _ = train_network(windows.train, EPOCHS, None, device)
        assert device_of(model.net) == PROCESSOR
        found.append(auc(newest.labels.churned, model.logits(newest.features)[newest.labels.rows]))
    assert found[0] == pytest.approx(found[1], abs=0.05)


def test_a_device_without_enough_memory_leaves_it_to_the_processor() -> None:
    tried = []

    def learn(device: torch.device) -> str:
        tried.append(device.type)
        if device != PROCESSOR:
            raise torch.OutOfMemoryError
        return "learned"

    assert where_it_fits(learn, torch.device("cuda")) == "learned"
    assert tried == ["cuda", "cpu"]
