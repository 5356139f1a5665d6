"""Metrics against scikit-learn and against counting by hand."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import brier_score_loss, ndcg_score, precision_recall_fscore_support, roc_auc_score

from gnn.evaluate.bootstrap import interval
from gnn.evaluate.classification import (
    at_threshold,
    auc,
    brier,
    calibration_error,
    expected_calibration_error,
    top_decile_lift,
)
from gnn.evaluate.ranking import hits, ndcg, recall, top


@pytest.mark.parametrize("seed", range(5))
def test_classification_metrics_match_scikit_learn(seed: int) -> None:
    draw = np.random.default_rng(seed)
    labels = (draw.random(300) < 0.3).astype(float)
    scores = np.round(draw.random(300), 1)
    assert auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores))
    assert brier(labels, scores) == pytest.approx(brier_score_loss(labels, scores))


def test_perfect_calibration_has_no_error() -> None:
    labels = np.array([0.0, 1.0] * 50)
    assert calibration_error(labels, np.full(100, 0.5)) == pytest.approx(0.0)
    assert calibration_error(labels, np.full(100, 0.9)) == pytest.approx(0.4)


def test_bins_of_calibration_hold_equally_many() -> None:
    """Ten cases per bin: nine bins are right, the one of the highest probabilities is off by .5."""
    probabilities = np.r_[np.full(90, 0.1), np.full(10, 0.6)]
    labels = np.r_[np.tile([1.0] + [0.0] * 9, 9), np.full(10, 0.1)]
    assert calibration_error(labels, probabilities) == pytest.approx(0.05)


def test_chance_alone_makes_a_calibration_error() -> None:
    draw = np.random.default_rng(0)
    probabilities = draw.random(2000)
    outcomes = (draw.random(2000) < probabilities).astype(float)
    chance = expected_calibration_error(probabilities, seed=1)
    assert 0.01 < chance < 0.04
    assert calibration_error(outcomes, probabilities) < chance + 0.02
    assert expected_calibration_error(np.round(probabilities), seed=1) == 0.0


def test_lift_counts_the_top_tenth() -> None:
    labels, scores = np.zeros(100), np.arange(100.0)
    labels[95:] = 1
    assert top_decile_lift(labels, scores) == pytest.approx(0.5 / 0.05)


def test_one_class_has_no_auc() -> None:
    assert np.isnan(auc(np.ones(5), np.arange(5.0)))


@pytest.mark.parametrize("seed", range(5))
def test_ranking_metrics_match_brute_force(seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores, truth = draw.random((8, 60)), draw.random((8, 60)) < 0.4
    owned = (draw.random((8, 60)) < 0.2) & ~truth
    truth[:, 0] = True
    owned[:, 0] = False
    lists = top(scores, sparse.csr_matrix(owned))
    found, relevant = hits(lists, sparse.csr_matrix(truth.astype(float))), truth.sum(axis=1)
    masked = np.where(owned, -1.0, scores)
    for row in range(8):
        best = sorted(range(60), key=lambda item: -masked[row, item])[:20]
        assert lists[row].tolist() == best
        assert recall(found, relevant)[row] == pytest.approx(sum(truth[row, best]) / truth[row].sum())
    assert ndcg(found, relevant).mean() == pytest.approx(ndcg_score(truth, masked, k=20))


def test_fewer_products_than_places() -> None:
    owned = sparse.csr_matrix(np.array([[1.0, 0.0, 0.0]]))
    assert top(np.array([[3.0, 1.0, 2.0]]), owned).tolist() == [[2, 1, -1]]


def test_the_interval_covers_the_mean() -> None:
    values = np.random.default_rng(0).normal(size=400)
    low, high = interval(lambda rows: float(values[rows].mean()), 400, seed=1)
    assert low < values.mean() < high
    assert high - low == pytest.approx(4 * values.std() / 20, rel=0.2)


def test_precision_recall_and_f1_match_scikit_learn() -> None:
    draw = np.random.default_rng(5)
    probabilities = draw.random(400)
    labels = (draw.random(400) < probabilities).astype(float)
    found = at_threshold(labels, probabilities, 0.6)
    precision, recall, f1, _ = precision_recall_fscore_support(labels, probabilities >= 0.6, average="binary")
    assert [found["precision"], found["recall"], found["f1"]] == pytest.approx([precision, recall, f1])
    nobody = at_threshold(labels, probabilities, 1.1)
    assert nobody == {"precision": None, "recall": 0.0, "f1": 0.0}
    assert at_threshold(np.zeros(400), probabilities, 0.6) == {"precision": 0.0, "recall": None, "f1": 0.0}
