"""What the doctor says about the engine and the age of what it holds."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.clock import Clock, keep_clock
from graph.store import EngineConfig, Store
from relgraph.doctor import Finding, examine_graph
from relgraph.doctor.graph import data, engine, model, models, schema
from relgraph.memory import Budget

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def model_row(model_id: str, task: str, trained_at: str) -> dict[str, object]:
    """A model node as the trainer writes it, as far as the doctor looks."""
    props = {"task": task, "name": "graph network", "trained_at": trained_at, "cutoff": trained_at}
    return {"id": model_id, "props": props}


@pytest.mark.query("doctor.engine")
def test_the_engine_says_what_it_is(store: Store) -> None:
    finding = engine(store, store.config)
    assert finding.status == "ok"
    assert ("embedded ArcadeDB 2" if store.config.embedded else "Neo4j Kernel 5.26") in finding.found


def test_an_empty_graph_is_usable_and_says_how_to_fill_it(store: Store) -> None:
    findings = [schema(store), data(store, NOW), *models(store, NOW)]
    assert [finding.status for finding in findings] == ["ok", "todo", "todo", "todo"]
    assert "relgraph ingest" in (findings[1].advice or "")
    assert findings[3].advice == "relgraph train cross-sell"


def test_the_data_say_what_now_is_and_why(store: Store) -> None:
    orders = [("o1", "2026-02-20T00:00:00+00:00"), ("o2", "2025-02-20T00:00:00+00:00")]
    store.upsert_nodes("Order", [{"id": key, "props": {"ordered_at": at}} for key, at in orders])
    assert data(store, NOW).found == "now is 2026-02-20, 9 days ago: the newest event in the graph"
    assert data(store, NOW).status == "ok"
    assert data(store, NOW.replace(year=2027)).status == "todo"
    keep_clock(store, Clock(NOW, "declared", "the declared export date"), NOW)
    assert data(store, NOW).found == "now is 2026-03-01, 0 days ago: the declared export date"
    fixed = data(store, NOW, NOW.replace(month=1))
    assert fixed.found == "now is 2026-01-01, 59 days ago: fixed by --now or RELGRAPH_NOW"


@pytest.mark.query("doctor.models")
def test_the_newest_model_of_each_task_counts(store: Store) -> None:
    rows = [
        model_row("old", "churn", "2025-01-01T00:00:00+00:00"),
        model_row("new", "churn", "2026-02-28T12:00:00+00:00"),
        model_row("stale", "cross-sell", "2025-01-01T00:00:00+00:00"),
    ]
    store.upsert_nodes("Model", rows)
    churn, cross_sell = models(store, NOW)
    assert churn == Finding(
        subject="model churn", status="ok", found="graph network (new), trained 2026-02-28, 1 day ago"
    )
    assert (cross_sell.status, cross_sell.advice) == ("todo", "relgraph train cross-sell")


def test_a_model_without_a_time_is_broken() -> None:
    assert model("churn", {"trained_at": None, "name": "x", "model_id": "y"}, NOW).status == "broken"


def test_an_engine_that_does_not_answer_is_broken_and_says_what_to_set(tmp_path: Path) -> None:
    config = EngineConfig(home=tmp_path, uri="bolt://127.0.0.1:9", password="x", timeout_s=2.0)
    (finding,) = examine_graph(config, NOW, Budget(0, 2**31, 2**31, 2))
    assert finding.status == "broken"
    assert "NEO4J_URI" in (finding.advice or "")
