"""A task that a user declares runs through the common steps; none of them knows its name."""

from importlib.metadata import EntryPoint
from pathlib import Path

import pandas as pd
import pytest

from gnn.evaluate.run import evaluate
from gnn.registry import load
from gnn.snapshot import read_log
from gnn.tasks import GROUP, TaskUnknown, find_task, task_names
from gnn.train import train
from gnn.write_back import promote, score
from graph.store import Store
from tests.gnn.synthetic import START, company
from tests.gnn.test_store import NOW, load_orders

CUTOFF = START + pd.Timedelta(days=400)
DECLARED = [
    EntryPoint("busy", "tests.gnn.toy_task:BUSY", GROUP),
    EntryPoint("churn", "tests.gnn.toy_task:BUSY", GROUP),
]


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gnn.tasks.entry_points", lambda group: DECLARED if group == GROUP else [])


def test_a_declared_task_is_found_and_ours_keep_their_names() -> None:
    assert task_names() == ("churn", "cross-sell", "win", "lead", "next-order", "value", "busy")
    assert [find_task(name).name for name in task_names()] == list(task_names())
    with pytest.raises(TaskUnknown, match="busy") as unknown:
        find_task("bussy")
    assert unknown.value.exit_code == 2


def test_it_is_judged_by_its_own_metric_on_its_own_labels() -> None:
    log = company()
    report = evaluate(log, find_task("busy"), CUTOFF, 60, seed=1)
    orders = log["orders"]
    after = orders[(orders["at"] >= CUTOFF) & (orders["at"] < CUTOFF + pd.Timedelta(days=60))]
    busy = after.groupby("customer_id").size().ge(2)
    known = set(orders.loc[orders["at"] < CUTOFF, "customer_id"])
    assert report["population"] == len(known)
    assert {row["model"] for row in report["rows"]} == {"frequency", "tenure"}
    chosen = next(row for row in report["rows"] if row["model"] == report["selected"])
    assert chosen["validation_auc"] == max(row["validation_auc"] for row in report["rows"])
    assert 0.5 < chosen["auc"] < 1
    assert 0 < busy.sum() < len(known)


def test_it_is_trained_kept_and_scored_beside_ours(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=30))
    log = read_log(store)
    trained = train(log, find_task("busy"), tmp_path, 1, NOW, horizon_days=60)
    assert load(tmp_path / "models", trained.artefact.model_id).config.task == "busy"
    promote(store, trained.node)
    report = score(store, log, tmp_path, now=NOW, as_of=NOW)
    assert report["models"] == {"busy": trained.artefact.model_id}
    assert report["busy_scores"] == 30
    assert "risk_scores" not in report
