"""What each kind of information adds: the same trees over more and more of it."""

import numpy as np
import pandas as pd
import pytest

from gnn.calendar import cutoffs_before
from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.labels import churn_labels
from gnn.churn.lift import STEPS, _columns, lift_predictions, lift_rows
from gnn.cross_sell import lift as offers
from gnn.cross_sell.labels import cross_sell_labels
from gnn.cross_sell.ranking import candidates_of
from gnn.evaluate.classification import auc
from gnn.evaluate.lift import UNKNOWN
from gnn.features.feature_set import feature_set
from gnn.learn.windows import Window, feature_sets, label_windows
from gnn.snapshot import Log, cut
from gnn.task import Predictions
from tests.gnn.synthetic import START, full

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)


def test_a_difference_is_to_the_step_before_and_has_its_interval() -> None:
    """Nothing, then everything, then the same again."""
    draw = np.random.default_rng(0)
    came = (draw.random(300) < 0.4).astype(np.float32)
    noise, truth = draw.random(300), 0.2 + 0.6 * came
    said = [{"churned": came, "probability": chance} for chance in (noise, truth, truth)]
    rows = lift_rows(dict(zip(STEPS, said, strict=False)), seed=1)
    assert [row["model"] for row in rows] == [*STEPS]
    assert rows[3] == {"model": "+ payment facts", "not_run": UNKNOWN}
    assert "difference" not in rows[0]
    mean, low, high = rows[1]["difference"]["auc"]
    assert mean == pytest.approx(1 - auc(came, noise))
    assert 0.3 < low < mean < high < 0.7
    assert rows[1]["difference"]["brier"][2] < 0
    assert rows[2]["difference"]["f1"] == [0.0, 0.0, 0.0]
    assert (rows[1]["precision"], rows[1]["recall"], rows[1]["f1"]) == (1.0, 1.0, 1.0)


def test_every_step_sees_what_the_steps_before_it_saw() -> None:
    log = full()
    known = cut(log, CUTOFF)
    sets = feature_sets(known, churn_cutoffs(known, CUTOFF, HORIZON))
    table, seen = sets.final.table, [set(_columns(step, sets.final.table)) for step in STEPS]
    assert seen[0] < seen[1] < seen[2] < seen[3] == set(table.names)
    assert not {"org_silent", "champion_left", "days_late"} & seen[0]
    after = Window(sets.final, churn_labels(log, sets.final.history))
    said = lift_predictions(label_windows(churn_labels, known, sets, 1), after, 1)
    assert list(said) == list(STEPS)
    assert all(len(one["probability"]) == len(after.labels.rows) for one in said.values())
    assert len({one["probability"].tobytes() for one in said.values()}) == len(STEPS)


def test_offers_have_the_same_steps_where_something_of_them_is_known() -> None:
    """Without invoices nothing is said of payments; the step before is compared as ever."""
    log = full()
    owed = offer_steps(log)
    assert list(owed) == list(offers.STEPS)
    assert len({one["hits"].tobytes() for one in owed.values()}) > 1
    rows = offers.lift_rows(owed, seed=1)
    assert all(0 < row["recall@20"] <= 1 for row in rows)
    assert all(row["difference"]["recall@20"][1] <= row["difference"]["recall@20"][2] for row in rows[1:])
    none = offer_steps(Log(dict(log.tables) | {"invoices": log["invoices"].head(0)}))
    assert list(none) == list(offers.STEPS)[:3]
    np.testing.assert_array_equal(none["+ graph"]["hits"], owed["+ graph"]["hits"])


def test_the_candidates_of_a_window_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    log = full()
    features = feature_set(cut(log, CUTOFF), CUTOFF, HORIZON)
    window = Window(features, cross_sell_labels(log, features.history))
    offered = candidates_of(window)
    monkeypatch.setattr("gnn.cross_sell.ranking.candidates", None)
    assert candidates_of(window) is offered


def offer_steps(log: Log) -> dict[str, Predictions]:
    known = cut(log, CUTOFF)
    sets = feature_sets(known, cutoffs_before(known, CUTOFF, HORIZON))
    after = Window(sets.final, cross_sell_labels(log, sets.final.history))
    return dict(offers.lift_predictions(label_windows(cross_sell_labels, known, sets, 1), after, 1))
