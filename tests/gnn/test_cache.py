"""Feature tables are made once for what they were made from, whoever asks."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gnn.evaluate.run import evaluate
from gnn.features.feature_set import feature_cache, feature_set
from gnn.features.history import History
from gnn.features.people import People
from gnn.features.table import FeatureTable, feature_table
from gnn.snapshot import Log, cut
from gnn.tasks import find_task
from tests.gnn.synthetic import START, company, full

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[pd.Timestamp]:
    """Cut-offs of the tables that are worked out."""
    cutoffs: list[pd.Timestamp] = []

    def counted(history: History, contacts: People, industries: tuple[str, ...]) -> FeatureTable:
        cutoffs.append(history.cutoff)
        return feature_table(history, contacts, industries)

    monkeypatch.setattr("gnn.features.feature_set.feature_table", counted)
    return cutoffs


def table(log: Log, home: Path, horizon: pd.Timedelta = HORIZON) -> FeatureTable:
    """The table of a log at the cut-off, with a cache."""
    known = cut(log, CUTOFF)
    return feature_set(known, CUTOFF, horizon, cache=feature_cache(known, home)).table


def test_a_kept_table_is_the_one_that_was_made(tmp_path: Path, made: list[pd.Timestamp]) -> None:
    first, second = table(full(), tmp_path), table(full(), tmp_path)
    assert made == [CUTOFF]
    assert np.array_equal(first.values, second.values)
    assert first.values.dtype == second.values.dtype
    assert (first.names, dict(first.groups)) == (second.names, dict(second.groups))
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "features").iterdir()} == {0}


def test_another_past_or_horizon_is_another_table(tmp_path: Path, made: list[pd.Timestamp]) -> None:
    table(full(), tmp_path)
    table(full(seed=1), tmp_path)
    table(full(), tmp_path, HORIZON * 2)
    assert len(made) == 3


@pytest.mark.slow
def test_both_tasks_share_them_and_answer_as_without(tmp_path: Path, made: list[pd.Timestamp]) -> None:
    log = company(customers=60)
    plain = {task: evaluate(log, find_task(task), CUTOFF, 60, 1) for task in ("churn", "cross-sell")}
    made.clear()
    for task, report in plain.items():
        assert evaluate(log, find_task(task), CUTOFF, 60, 1, tmp_path) == report
    assert made
    assert len(made) == len(set(made))
