"""A standing model: what comes later is linked as if it had been there, in whichever order it comes."""

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.link_incremental import arrived, clusters, come, in_full, made
from graph.duckdb_limits import DuckDbLimits
from ingest.resolve.compared import linked_alone
from ingest.resolve.config import ResolveConfig
from ingest.resolve.errors import IndexUnusable
from ingest.resolve.metrics import pair_agreement
from ingest.resolve.standing import forget, open_index, stand
from ingest.resolve.standing.compare import weigh

SAMPLE = made(900, 11)


@pytest.mark.slow
def test_the_standing_model_weighs_a_pair_as_the_full_linkage_did() -> None:
    linked = linked_alone(SAMPLE.rows, pd.Series(SAMPLE.ids), ResolveConfig())
    with open_index(None, DuckDbLimits()) as index:
        model = stand(index, SAMPLE.rows, SAMPLE.ids, linked, "")
        again = weigh(index, linked.pairs)
    assert model is not None
    np.testing.assert_allclose(again.weight, linked.weight, atol=0.05)


@pytest.mark.slow
def test_the_order_of_arrival_hardly_changes_the_clusters() -> None:
    one, other = (arrived(SAMPLE, random.Random(seed)) for seed in (1, 2))
    assert pair_agreement(one, other, None).f1 > 0.98
    assert pair_agreement(one, SAMPLE.truth, None).f1 > 0.97


@pytest.mark.slow
def test_what_is_forgotten_and_comes_again_is_linked_as_before(tmp_path: Path) -> None:
    first, late = SAMPLE.part(slice(0, 800)), SAMPLE.part(slice(800, 900))
    path = tmp_path / "index" / "people.duckdb"
    with open_index(path, DuckDbLimits()) as index:
        in_full(index, first)
        come(index, late)
        before = clusters(index, SAMPLE)
    with open_index(path, DuckDbLimits(), keep=False) as index:
        forget(index, late.ids)
    with open_index(path, DuckDbLimits()) as index:
        assert (clusters(index, SAMPLE) == before).all()
        forget(index, late.ids)
        assert pair_agreement(clusters(index, first), before[:800], None).f1 > 0.99
        come(index, late)
        assert pair_agreement(clusters(index, SAMPLE), before, None).f1 == 1.0
        assert index.given == 1_000, "what was forgotten has been taken in twice"


@pytest.mark.slow
def test_of_a_large_block_those_that_agree_in_more_are_compared(tmp_path: Path) -> None:
    first, late = SAMPLE.part(slice(0, 700)), SAMPLE.part(slice(700, 900))
    path = tmp_path / "index" / "people.duckdb"
    with open_index(path, DuckDbLimits()) as index:
        in_full(index, first)
    found, weighed = [], []
    for most in (1_000, 3, 1):
        with open_index(path, DuckDbLimits(), keep=False) as index:
            weighed.append(come(index, late, most))
            found.append(clusters(index, SAMPLE))
    assert weighed[0] > 2 * weighed[1] > 0
    assert weighed[2] == 0
    whole, bounded, apart = (pair_agreement(one, SAMPLE.truth, None).recall for one in found)
    assert whole - bounded < 0.2 * (whole - apart), "what is one agrees in more than one column"


def test_an_index_that_cannot_be_opened_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "index" / "people.duckdb"
    path.parent.mkdir()
    path.write_text("no database", encoding="utf-8")
    with pytest.raises(IndexUnusable, match="remove the file"), open_index(path, DuckDbLimits()):
        pass
