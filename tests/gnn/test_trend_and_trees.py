"""Product text, item trend and trees for cross-sell: what they see, and that their reasons add up."""

import numpy as np
import pandas as pd
import torch

from gnn.cross_sell.product_text import text_rows
from gnn.cross_sell.rankers import Trees
from gnn.cross_sell.ranking import Example, RankingInput, RankingRequest
from gnn.cross_sell.tree_ranker import TreeRanker, train_trees
from gnn.features.feature_set import FeatureSet, feature_set
from tests.gnn.synthetic import START, company

CUTOFF, HORIZON = START + pd.Timedelta(days=380), pd.Timedelta(days=60)


def features() -> FeatureSet:
    """Eighty customers over thirty products."""
    return feature_set(company(customers=80), CUTOFF, HORIZON)


def test_products_of_like_names_share_rows() -> None:
    described = pd.DataFrame({"name": ["red mug", "blue mug", "lamp", None], "family": [None] * 4})
    rows = text_rows(described)
    likeness = (rows.T @ rows).toarray()
    assert likeness[0, 1] > 0
    assert likeness[0, 2] == likeness[3].sum() == 0
    assert text_rows(described.assign(name=None)).shape == (0, 4)


def test_the_trend_tells_products_that_sell_lately() -> None:
    history = features().history
    lately, ever = history.buyers(30), history.buyers()
    rise = lately / ever
    assert history.item_trend[rise.argmax()] > 1 > history.item_trend[rise.argmin()]


def test_what_scorers_add_to_a_tree_ranking_sums_to_the_score() -> None:
    """The difference of two candidates' scores is that of their parts; the trees survive their bytes."""
    inputs = RankingInput(features())
    request = RankingRequest(inputs, np.flatnonzero(inputs.features.history.has_order))
    offered = request.candidates
    bought = offered.real & (np.random.default_rng(0).random(offered.real.shape) < 0.2)
    told = (request.rows, offered.columns, offered.values, offered.real, bought.astype(np.float32))
    example = Example(inputs.features, *(torch.from_numpy(part) for part in told))
    ranker = Trees(TreeRanker.of_state(train_trees([example], seed=1).state()))
    best = ranker.on(inputs)(request)
    pairs = zip(offered.columns, best.columns[:, [0, 5]], strict=True)
    places = np.stack([np.searchsorted(row, wanted) for row, wanted in pairs])
    added = ranker.contributions(request, places).sum(axis=2)
    differences = added[:, 0] - added[:, 1]
    assert np.allclose(differences, best.scores[:, 0] - best.scores[:, 5], atol=1e-4)
    assert differences.max() > 0.01
