"""Lists that are not all of one family, and products that are not in every list."""

from typing import cast

import numpy as np
import pandas as pd
import pytest

from gnn.cross_sell.diversity import Spread, spread
from gnn.cross_sell.ranking import Ranked, RankingInput
from gnn.cross_sell.recommendations import FEW, _listed
from gnn.features.feature_set import feature_set
from gnn.features.history import History
from gnn.offer_limits import OfferLimits
from gnn.registry import Artefact
from gnn.snapshot import log_of
from tests.gnn.synthetic import START, company


def ranked(seed: int, customers: int = 60, products: int = 40, width: int = 20) -> Ranked:
    """Everybody's best products; the first are everybody's favourites."""
    draw = np.random.default_rng(seed)
    scores = draw.normal(size=(customers, products)) + np.linspace(3, 0, products)
    order = np.argsort(-scores, axis=1)[:, :width]
    return Ranked(order, np.take_along_axis(scores, order, axis=1).astype(np.float32))


@pytest.mark.parametrize("seed", range(5))
def test_lists_keep_to_the_limits_and_lose_as_little_as_they_must(seed: int) -> None:
    found, families = ranked(seed), np.arange(40) % 4
    lists = Spread(families, 0.5, 0.4).of(found, 10)
    assert np.bincount(lists.columns[lists.columns >= 0]).max() <= 0.4 * 60
    for row, (given, asked) in enumerate(zip(lists.columns, found.columns, strict=True)):
        full = given[given >= 0]
        assert len(set(full)) == len(full) == 10
        assert set(full) <= set(asked), "nothing that was not ranked"
        for n in range(1, 6):
            assert np.bincount(families[full[:n]]).max() <= max(1, np.ceil(0.5 * n)), row
    assert (lists.columns[:, 0] == found.columns[:, 0]).mean() > 0.3, "the first choice where there is room"


def test_without_limits_a_list_is_the_ranking() -> None:
    found = ranked(1)
    lists = Spread(np.zeros(40, dtype=np.int64), 1.0, 1.0).of(found, 10)
    assert (lists.columns == found.columns[:, :10]).all()
    assert (lists.scores == found.scores[:, :10]).all()


def test_a_product_goes_to_those_with_the_highest_scores() -> None:
    columns = np.array([[0, 1], [0, 1], [0, -1]])
    scores = np.array([[1.0, 0.5], [3.0, 0.5], [2.0, 0.0]], dtype=np.float32)
    lists = Spread(np.full(2, -1), 1.0, 0.67).of(Ranked(columns, scores), 1)
    assert lists.columns.tolist() == [[1], [0], [0]]


def test_a_list_that_families_would_cut_short_is_filled_up() -> None:
    found = ranked(2)
    lists = Spread(np.zeros(40, dtype=np.int64), 0.3, 1.0).of(found, 10)
    assert (lists.columns >= 0).all()
    assert (lists.columns[:, 0] == found.columns[:, 0]).all()


@pytest.mark.parametrize("customers", [1, 5, 200])
def test_who_are_alike_get_full_lists_all_the_same(customers: int) -> None:
    """30 products asked for by all, each for a tenth of them, are places for three in ten lists."""
    columns = np.tile(np.arange(30), (customers, 1))
    scores = np.linspace(3, 0, 30, dtype=np.float32) + np.linspace(1, 0, customers)[:, None]
    lists = Spread(np.arange(1_000) % 7, 0.5, 0.1).of(Ranked(columns, scores.astype(np.float32)), 10).columns
    assert (np.diff(np.sort(lists, axis=1), axis=1) > 0).all(), "no product twice"
    assert (lists >= 0).all()
    room = max(1, customers // 10)
    assert (lists[:room] == np.arange(10)).all(), "the highest scores choose first"


def test_the_limits_come_from_the_purchases() -> None:
    log = company()
    families = [f"F{int(product[1:]) // 5}" for product in log["products"]["product_id"]]
    values = {"product_id": log["products"]["product_id"], "family": families}
    told = log_of({**log.tables, "product_values": pd.DataFrame(values)})
    history = History(told, START + pd.Timedelta(days=500), pd.Timedelta(days=60))
    limits = spread(history, OfferLimits(), 10)
    bought = log["lines"].merge(log["orders"], on="order_id")[["customer_id", "product_id"]].drop_duplicates()
    buyers = bought.groupby("product_id").size().max() / bought["customer_id"].nunique()
    assert limits.exposure == pytest.approx(max(buyers, 1.5 * 10 / 30))
    shelf = bought.groupby("customer_id").filter(lambda own: len(own) >= 10)
    family = shelf["product_id"].str[1:].astype(int) // 5
    of_family = shelf.assign(family=family).groupby(["customer_id", "family"]).size()
    largest = of_family.groupby("customer_id").max()
    share = (largest / shelf.groupby("customer_id").size()).quantile(0.9)
    assert limits.family_share == pytest.approx(share)
    assert spread(history, OfferLimits(0.2, 0.1), 10).family_share == 0.2


def test_few_purchases_are_answered_without_a_ranker_and_say_so() -> None:
    """The artefact is not touched, so none is given."""
    log = company(customers=20, days=200)
    history_of = feature_set(log, START + pd.Timedelta(days=200), pd.Timedelta(days=60))
    inputs = RankingInput(history_of)
    limits = spread(history_of.history, OfferLimits(), 10)
    lists = [one for _, found in _listed(cast(Artefact, None), inputs, limits) for one in found]
    owned = history_of.history.bought()
    assert len(history_of.history.purchases) < FEW
    assert {props["fallback"] for _, _, props in lists} == {"few_purchases"}
    assert {row for row, _, _ in lists} == set(np.flatnonzero(history_of.history.has_order).tolist())
    assert not [1 for row, column, _ in lists if owned[row, column]]
