"""The best reachable scores: within their band for five seeds, and computed right."""

from datetime import date

import numpy as np
import pytest
from sklearn.metrics import ndcg_score, roc_auc_score

from graph.errors import UsageError
from simulate import SimulationConfig
from simulate.oracle import churn_oracle, cross_sell_oracle
from simulate.oracle.churn import auc
from simulate.oracle.cross_sell import ranked_scores
from tests.simulate.signal import signal
from tests.simulate.world import simulated

SEEDS = range(1, 6)
CUTOFFS = ((date(2025, 7, 5), 180), (date(2025, 9, 3), 120), (date(2025, 1, 1), 180))


@pytest.mark.parametrize("seed", SEEDS)
def test_churn_oracle_stays_in_its_band(seed: int) -> None:
    out, truth, _ = simulated(SimulationConfig(2000, seed))
    for cutoff, horizon in CUTOFFS:
        score = churn_oracle(truth, out, cutoff, horizon)
        assert 0.75 < score.metrics["auc"] < 0.88, (cutoff, horizon, score)
        assert score.base_rate is not None
        assert 0.15 < score.base_rate < (0.25 if horizon == 180 else 0.35)
        assert score.population > 1800


@pytest.mark.parametrize("seed", SEEDS)
def test_cross_sell_leaves_room_above_popularity(seed: int) -> None:
    out, truth, _ = simulated(SimulationConfig(2000, seed))
    score = cross_sell_oracle(truth, out, *CUTOFFS[0])
    assert 0.75 < score.metrics["recall@20"] < 0.9
    assert 0.5 < score.metrics["ndcg@20"] < 0.75
    assert score.population > 1200


def test_links_help_where_they_matter_and_not_in_the_control() -> None:
    with_links = signal(2000, 1, relational_effects=True)
    control = signal(2000, 1, relational_effects=False)
    assert with_links["+ links"] - with_links["own history"] > 0.06
    assert abs(control["+ links"] - control["own history"]) < 0.02
    assert with_links["oracle"] > with_links["+ links"]
    assert with_links["oracle recall@20"] > 3 * with_links["popularity"]


def test_horizon_beyond_the_history_is_refused() -> None:
    out, truth, _ = simulated(SimulationConfig(200, 1))
    with pytest.raises(UsageError, match="leaves the history"):
        churn_oracle(truth, out, date(2025, 12, 1), 180)


def test_auc_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    label, score = rng.random(500) < 0.3, np.round(rng.random(500), 1)
    assert auc(label, score) == pytest.approx(roc_auc_score(label, score))
    assert np.isnan(auc(np.zeros(3, dtype=bool), np.zeros(3)))


def test_ranking_agrees_with_counting_and_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    scores, owned = rng.random((40, 60)), rng.random((40, 60)) < 0.2
    wanted = (rng.random((40, 60)) < 0.1) & ~owned
    wanted[:, 0], owned[:, 0] = True, False
    recall, ndcg = ranked_scores(scores, owned, wanted)
    offered = np.where(owned, -1.0, scores)
    for row in range(40):
        top = np.argsort(-offered[row])[:20]
        assert recall[row] == pytest.approx(wanted[row, top].sum() / wanted[row].sum())
        assert ndcg[row] == pytest.approx(ndcg_score([wanted[row].astype(int)], [offered[row]], k=20))
