"""What each kind of information adds: the same trees over more and more of it."""

import numpy as np
import pandas as pd
import pytest

from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.labels import churn_labels
from gnn.churn.lift import MISSING, STEPS, _columns, lift_predictions, lift_rows
from gnn.evaluate.classification import auc
from gnn.learn.windows import Window, feature_sets, label_windows
from gnn.snapshot import cut
from tests.gnn.synthetic import START, full

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)


def test_a_difference_is_to_the_step_before_and_has_its_interval() -> None:
    """Nothing, then everything, then the same again."""
    draw = np.random.default_rng(0)
    came = (draw.random(300) < 0.4).astype(np.float32)
    noise, truth = draw.random(300), 0.2 + 0.6 * came
    said = [{"churned": came, "probability": chance} for chance in (noise, truth, truth)]
    rows = lift_rows(dict(zip(STEPS, said, strict=True)), seed=1)
    assert [row["model"] for row in rows] == [*STEPS, *MISSING]
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
    assert seen[0] < seen[1] < seen[2] == set(table.names)
    assert not {"org_silent", "champion_left"} & seen[0]
    after = Window(sets.final, churn_labels(log, sets.final.history))
    said = lift_predictions(label_windows(churn_labels, known, sets, 1), after, 1)
    assert list(said) == list(STEPS)
    assert all(len(one["probability"]) == len(after.labels.rows) for one in said.values())
    assert len({one["probability"].tobytes() for one in said.values()}) == len(STEPS)
