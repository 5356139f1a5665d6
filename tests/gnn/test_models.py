"""Models against their sources, and the network's indifference to the order of nodes."""

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import sparse

from gnn.churn.network import ChurnNet
from gnn.cross_sell.ease import ease
from gnn.cross_sell.item_knn import SHRINK, cosine, together
from gnn.features.feature_set import feature_set
from gnn.features.graph import EDGES
from gnn.features.scaler import Scaler
from gnn.learn.boosting import Boosted, learner
from gnn.learn.logistic import Logistic
from gnn.learn.platt import Platt
from tests.gnn.synthetic import START, full

DATA = np.random.default_rng(0)
VALUES = DATA.normal(size=(300, 6)).astype(np.float32)
LABELS = (VALUES[:, 0] + 0.5 * VALUES[:, 1] ** 2 + DATA.normal(size=300) > 0.4).astype(np.float32)


def test_exported_trees_equal_scikit_learn() -> None:
    ours = Boosted.fit(VALUES, LABELS, seed=3)
    theirs = learner(len(VALUES), seed=3).fit(VALUES, LABELS)
    fresh = np.random.default_rng(1).normal(size=(50, 6)).astype(np.float32)
    assert ours.logits(fresh) == pytest.approx(theirs.decision_function(fresh), abs=1e-5)
    assert Boosted.of_state(ours.state()).logits(fresh).tolist() == ours.logits(fresh).tolist()


def test_logistic_survives_its_tensors() -> None:
    model = Logistic.fit(VALUES, LABELS, 1.0)
    assert Logistic.of_state(model.state()).logits(VALUES).tolist() == model.logits(VALUES).tolist()


def test_platt_keeps_the_order_and_the_base_rate() -> None:
    scores = VALUES[:, 0] * 7
    probability = Platt.fit(scores, LABELS)(scores)
    assert (np.argsort(probability, kind="stable") == np.argsort(scores, kind="stable")).all()
    assert probability.mean() == pytest.approx(LABELS.mean(), abs=0.01)


def test_ease_solves_its_least_squares() -> None:
    bought = sparse.csr_matrix((DATA.random((40, 7)) < 0.4).astype(float))
    weights, dense, penalty = ease(bought, 5.0), bought.toarray(), 5.0
    for item in range(7):
        others = [other for other in range(7) if other != item]
        gram = dense[:, others].T @ dense[:, others] + penalty * np.eye(6)
        expected = np.linalg.solve(gram, dense[:, others].T @ dense[:, item])
        assert weights[others, item] == pytest.approx(expected, abs=1e-4)
    assert np.diag(weights).tolist() == [0.0] * 7


def test_cosine_counts_customers_in_common() -> None:
    bought = sparse.csr_matrix(np.array([[1.0, 1, 0], [1, 1, 0], [1, 0, 1]]))
    similar = cosine(bought, together(bought)).toarray()
    assert similar[0, 1] == pytest.approx(2 / (np.sqrt(3 * 2) + SHRINK))
    assert similar[1, 2] == 0
    assert np.diag(similar).tolist() == [0.0] * 3


def test_the_network_does_not_care_about_the_order_of_nodes() -> None:
    at = START + pd.Timedelta(days=300)
    features = feature_set(full(), at, pd.Timedelta(days=60))
    data = features.graph(Scaler.fit(features.table.values))
    torch.manual_seed(0)
    net = ChurnNet(len(features.table.names)).eval()
    with torch.no_grad():
        before = net(data)
        order = torch.randperm(len(before))
        place = torch.argsort(order)
        data["customer"].x = data["customer"].x[order]
        for edge in EDGES:
            source, target = data[edge].edge_index
            source = place[source] if edge[0] == "customer" else source
            target = place[target] if edge[2] == "customer" else target
            data[edge].edge_index = torch.stack([source, target])
        after = net(data)
    assert torch.allclose(after, before[order], atol=1e-5)
