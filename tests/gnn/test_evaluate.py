"""The report end to end on a small company, and that nothing leaks into it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

from gnn.calendar import cutoffs_before, data_end
from gnn.churn.task import CHURN
from gnn.cross_sell.task import CROSS_SELL
from gnn.errors import OneClassOnly
from gnn.evaluate.run import evaluate, evaluate_several
from gnn.learn.windows import feature_sets, label_windows
from gnn.snapshot import Log, cut, log_of
from gnn.tasks import find_task
from gnn.train import train
from tests.gnn.synthetic import START, company, full

pytestmark = pytest.mark.slow

CUTOFF, HORIZON = START + pd.Timedelta(days=400), 60


@pytest.mark.parametrize("task", ["churn", "cross-sell"])
@pytest.mark.parametrize("make", [company, full])
def test_the_report_is_complete_and_repeats(task: str, make: type) -> None:
    log: Log = make()
    report = evaluate(log, find_task(task), CUTOFF, HORIZON, seed=1)
    metric = "auc" if task == "churn" else "recall@20"
    names = [row["model"] for row in report["rows"]]
    whole = {"task", "cutoff", "horizon_days", "population", "rows", "selected", "lift"}
    assert set(report) - {"remarks"} == whole
    run = [row["model"] for row in report["lift"] if "not_run" not in row]
    assert len(run) == (4 if make is full else 1)
    assert report["selected"] in names
    assert {"gnn", "rfm_logistic" if task == "churn" else "popularity"} <= set(names)
    for row in report["rows"]:
        low, high = row["ci95"]
        assert low <= row[metric] <= high
    if make is company and task == "cross-sell":
        assert evaluate(log, find_task(task), CUTOFF, HORIZON, seed=1) == report


@pytest.mark.parametrize(("task", "left_out"), [("churn", {"gnn", "blend"}), ("cross-sell", {"gnn"})])
def test_a_candidate_beyond_the_budget_is_named_with_the_reason(
    task: str, left_out: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others answer as they would beside it."""
    whole = evaluate(company(customers=60), find_task(task), CUTOFF, HORIZON, seed=3)
    monkeypatch.setattr("gnn.learn.budget.EDGE_PASSES", 1000)
    report = evaluate(company(customers=60), find_task(task), CUTOFF, HORIZON, seed=3)
    assert {row["model"] for row in report["rows"] if "not_run" in row} == left_out
    assert all("budget" in row["not_run"] for row in report["rows"] if row.get("model") == "gnn")
    ran = [row for row in report["rows"] if "not_run" not in row]
    assert ran == [row for row in whole["rows"] if row["model"] not in left_out]
    assert report["selected"] in {row["model"] for row in ran}


def test_several_cutoffs_are_pooled_over_their_customers() -> None:
    log, cutoffs = company(customers=60), [CUTOFF - pd.Timedelta(days=60), CUTOFF]
    report = evaluate_several(log, CROSS_SELL, cutoffs, HORIZON, seed=1)
    parts = report["cutoffs"]
    assert [part["cutoff"] for part in parts] == [str(cutoff.date()) for cutoff in cutoffs]
    assert report["population"] == sum(part["population"] for part in parts)
    chosen = next(row for row in report["rows"] if row["model"] == report["selected"])
    served = [next(row for row in part["rows"] if row["model"] == part["selected"]) for part in parts]
    weights = [part["population"] for part in parts]
    assert chosen["recall@20"] == pytest.approx(
        np.average([row["recall@20"] for row in served], weights=weights)
    )


def test_a_horizon_that_the_data_nearly_cover_is_judged_and_noted() -> None:
    log = company()
    cutoff = data_end(log) - pd.Timedelta(days=HORIZON - 5)
    report = evaluate(log, CROSS_SELL, cutoff, HORIZON, seed=1)
    assert (report["horizon_days"], report["observed_days"]) == (HORIZON, HORIZON - 5)


def test_taste_is_found_where_popularity_sees_none() -> None:
    report = evaluate(company(customers=120), CROSS_SELL, CUTOFF, HORIZON, seed=1)
    ndcg = {row["model"]: row["ndcg@20"] for row in report["rows"]}
    assert ndcg[report["selected"]] > ndcg["popularity"] + 0.1


def test_predictions_do_not_see_what_comes_after() -> None:
    log, horizon = full(), pd.Timedelta(days=HORIZON)
    shuffled = dict(log.tables)
    orders = shuffled["orders"].copy()
    later = (orders["at"] >= CUTOFF).to_numpy()
    orders.loc[later, "customer_id"] = np.random.default_rng(0).permutation(orders.loc[later, "customer_id"])
    shuffled["orders"] = orders
    shuffled["tickets"] = shuffled["tickets"][shuffled["tickets"]["opened_at"] < CUTOFF]

    def predictions(given: Log) -> list[list[float]]:
        known = cut(given, CUTOFF)
        sets = feature_sets(known, cutoffs_before(known, CUTOFF, horizon))
        fit = CHURN.fit(label_windows(CHURN.labels, known, sets, 3), 3)
        return [model.logits(sets.final).tolist() for model in fit.models.values()]

    assert predictions(log) == predictions(log_of(shuffled))


def test_one_outcome_for_all_is_said_so() -> None:
    with pytest.raises(OneClassOnly, match=r"none of the 30 customers .* choose another horizon"):
        evaluate(_loyal(), CHURN, CUTOFF, HORIZON, seed=1)


def _loyal() -> Log:
    """Everybody orders every ten days."""
    log = company()
    days = pd.date_range(START, periods=50, freq="10D")
    ids = [f"C{n:03d}" for n in range(30)]
    orders = pd.DataFrame(
        {
            "order_id": [f"{c}{n}" for c in ids for n in range(50)],
            "customer_id": np.repeat(ids, 50),
            "kind": "sale",
            "amount": 1.0,
            "at": np.tile(days, 30),
        }
    )
    lines = pd.DataFrame(
        {"order_id": orders["order_id"], "product_id": "P00", "line": 1, "quantity": 1.0, "amount": 1.0}
    )
    return log_of(dict(log.tables) | {"orders": orders, "lines": lines})


@pytest.mark.parametrize("name", ["churn", "cross-sell"])
def test_who_asks_for_few_candidates_is_told_the_same_of_them(name: str) -> None:
    task = replace(find_task(name), lift=None)
    log = company(customers=60)
    whole = evaluate(log, task, CUTOFF, HORIZON, seed=3)
    few = evaluate(log, task, CUTOFF, HORIZON, seed=3, names=[task.baseline])
    told = {row["model"] for row in few["rows"]}
    assert few["selected"] == whole["selected"]
    assert {task.baseline, whole["selected"]} <= told < {row["model"] for row in whole["rows"]}
    assert few["rows"] == [row for row in whole["rows"] if row["model"] in told]


@pytest.mark.parametrize(("name", "left_out"), [("churn", "gnn"), ("cross-sell", "lambdarank")])
def test_training_keeps_what_serves_and_what_scoring_reads(name: str, left_out: str, tmp_path: Path) -> None:
    log = company(customers=60)
    task, now = find_task(name), datetime(2026, 1, 1, tzinfo=UTC)
    kept = train(log, task, tmp_path, 3, now).artefact
    whole = train(log, replace(task, kept=None), tmp_path, 3, now).artefact
    assert kept.config == whole.config
    assert kept.metrics == whole.metrics
    assert left_out not in kept.states
    assert left_out in whole.states
    for model in kept.states:
        for value, same in zip(kept.states[model].values(), whole.states[model].values(), strict=True):
            assert torch.equal(value, same)
