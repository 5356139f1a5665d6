"""Models against their sources, and the network's indifference to the order of nodes."""

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import sparse

from gnn.churn.network import ChurnNet
from gnn.cross_sell.ease import LARGEST, ease, weights
from gnn.cross_sell.item_knn import NEIGHBOURS, SHRINK, item_neighbours
from gnn.features.feature_set import feature_set
from gnn.features.graph import BOUGHT, EDGES
from gnn.features.messages import messages
from gnn.features.scaler import Scaler
from gnn.features.thinned import edges_of, thinned
from gnn.geometric import HeteroData
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
    found, dense, penalty = weights(bought, 5.0), bought.toarray(), 5.0
    for item in range(7):
        others = [other for other in range(7) if other != item]
        gram = dense[:, others].T @ dense[:, others] + penalty * np.eye(6)
        expected = np.linalg.solve(gram, dense[:, others].T @ dense[:, item])
        assert found[others, item] == pytest.approx(expected, abs=1e-4)
    assert np.diag(found).tolist() == [0.0] * 7
    assert ease(bought, penalty).scores(bought) == pytest.approx(dense @ found, abs=1e-4)


def test_ease_by_customers_is_ease_by_products() -> None:
    """Where products are too many to invert, the same scores come from the customers' side."""
    bought = sparse.csr_matrix((DATA.random((30, 50)) < 0.2).astype(float))
    recent = sparse.csr_matrix(bought.toarray() * DATA.random((30, 50)))
    plain, other = ease(bought, 5.0, largest=50), ease(bought, 5.0, largest=40)
    assert type(plain) is not type(other)
    for purchases in (bought, recent):
        assert other.scores(purchases) == pytest.approx(plain.scores(purchases), abs=1e-4)
    columns = np.array([3, 17, 49])
    assert other.only(columns).scores(recent) == pytest.approx(plain.scores(recent)[:, columns], abs=1e-4)


def test_ease_of_many_products_and_customers_knows_the_products_with_most_buyers() -> None:
    chance = np.linspace(0.9, 0.1, 20)
    bought = sparse.csr_matrix((DATA.random((30, 20)) < chance).astype(float))
    scores = ease(bought, 5.0, largest=8).scores(bought)
    core = np.argsort(-bought.toarray().sum(axis=0), kind="stable")[:8]
    assert scores[:, core] == pytest.approx(bought[:, core] @ weights(bought[:, core], 5.0), abs=1e-5)
    assert not np.delete(scores, core, axis=1).any()
    assert bought.shape[1] < LARGEST


def test_cosine_counts_customers_in_common() -> None:
    bought = sparse.csr_matrix(np.array([[1.0, 1, 0], [1, 1, 0], [1, 0, 1]]))
    similar = item_neighbours(bought).cosine.toarray()
    assert similar[0, 1] == pytest.approx(2 / (np.sqrt(3 * 2) + SHRINK))
    assert similar[1, 2] == 0
    assert np.diag(similar).tolist() == [0.0] * 3


def test_neighbours_of_many_products_are_the_strongest_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked out for some products at a time, they are those of the whole matrix of pairs."""
    bought = sparse.csr_matrix((DATA.random((60, NEIGHBOURS + 40)) < 0.3).astype(float))
    monkeypatch.setattr("gnn.cross_sell.item_knn.PAIRS", 7 * bought.shape[1])
    found, dense = item_neighbours(bought), bought.toarray()
    sizes, both = dense.sum(axis=0), dense.T @ dense
    np.fill_diagonal(both, 0.0)
    cosine = both / (np.sqrt(np.outer(sizes, sizes)) + SHRINK)
    for kind, whole in ((found.cosine, cosine), (found.conditional, both / (sizes[:, None] + SHRINK))):
        for row, values in enumerate(whole):
            best = [at for at in np.argsort(-values, kind="stable")[:NEIGHBOURS] if values[at] > 0]
            assert sorted(best) == kind[[row]].indices.tolist()
            assert kind[[row]].toarray()[0, best] == pytest.approx(values[best])


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
            size = (data[edge[2]].num_nodes, data[edge[0]].num_nodes)
            weights = (data[edge].edge_weight.numpy(), (target.numpy(), source.numpy()))
            data[edge].messages = messages(sparse.csr_matrix(weights, shape=size))
        after = net(data)
    assert torch.allclose(after, before[order], atol=1e-5)


def test_a_thinned_graph_keeps_the_strongest_neighbours_of_every_node() -> None:
    features = feature_set(full(), START + pd.Timedelta(days=300), pd.Timedelta(days=60))
    whole = features.structure
    assert thinned(whole, edges_of(whole)) is whole
    smaller = thinned(whole, edges_of(whole) // 3)
    assert 0 < edges_of(smaller) <= edges_of(whole) // 3
    for edge in EDGES:
        before, after = matrix_of(whole, edge), matrix_of(smaller, edge)
        assert after.sum(axis=1) == pytest.approx(before.sum(axis=1), abs=1e-5)
        keep = int((after > 0).sum(axis=1).max(initial=0))
        for row, left in zip(before, after, strict=True):
            assert (left > 0).sum() == min(keep, (row > 0).sum())
            assert row[left > 0].min(initial=np.inf) >= row[(left == 0) & (row > 0)].max(initial=0.0)
        assert smaller[edge].messages(torch.eye(after.shape[1])).numpy() == pytest.approx(after, abs=1e-6)
    assert matrix_of(whole, BOUGHT).sum() > 0


def matrix_of(graph: HeteroData, edge: tuple[str, str, str]) -> np.ndarray:
    """Destination × source, dense."""
    (source, into), size = (
        graph[edge].edge_index.numpy(),
        (graph[edge[2]].num_nodes, graph[edge[0]].num_nodes),
    )
    weights = graph[edge].edge_weight.numpy()
    return sparse.csr_matrix((weights, (into, source)), shape=size).toarray()
