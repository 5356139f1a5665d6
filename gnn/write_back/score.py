"""`score`: every eligible customer as of the data's newest date, by the promoted models, into the graph."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from gnn.features.past import Past
from gnn.features.scene import Scene
from gnn.registry import Artefact, ModelMissing, load
from gnn.registry.artefact import ModelDamaged
from gnn.snapshot import Log, cut
from gnn.task.calendar import data_end
from gnn.train.rank_models import graph_of
from gnn.train.reproducible import reproducible
from gnn.write_back.risk import risks
from gnn.write_back.suggestions import suggestions

KEPT = 13
"""Risk scores kept per customer and task: a year of monthly scorings and the one before."""
BATCH = 2000


class Writer(Protocol):
    """The part of a store that is needed for writing back."""

    def read(self, asked: str, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of a read query."""

    def write(self, asked: str, /, **params: Any) -> Any:
        """The result of a write query."""

    def upsert_nodes(self, label: str, rows: Iterable[dict[str, Any]]) -> int:
        """Create or update nodes."""

    def upsert_parts(self, kind: str, start: str, end: str, rows: Iterable[dict[str, Any]]) -> int:
        """Create or update parts."""


def promote(store: Writer, node: dict[str, Any]) -> None:
    """Write a `Model` node that serves its task; the others of the task step down."""
    store.upsert_nodes("Model", [node])
    store.write("score_write.demote", task=node["props"]["task"], model_id=node["id"])


def promoted(store: Writer, home: Path, task: str) -> Artefact:
    """The artefact that serves a task. Raises ModelMissing."""
    rows = store.read("score_write.promoted", task=task)
    if not rows:
        raise ModelMissing(f"no model serves {task}; run `relgraph train {task}` first")
    return load(home / "models", rows[0]["model_id"])


@reproducible(seed=0)
def score(store: Writer, log: Log, home: Path, now: datetime) -> dict[str, Any]:
    """Score with the promoted models and write back; returns counts per kind.

    `log` is everything in the graph. Raises ModelMissing where neither task has a model.
    """
    found = [task for task in ("churn", "cross-sell") if store.read("score_write.promoted", task=task)]
    if not found:
        raise ModelMissing("no model serves churn or cross-sell; run `relgraph train churn` first")
    moment, stamp = data_end(log), now.astimezone(UTC)
    report: dict[str, Any] = {"as_of": str(moment.date()), "models": {}}
    artefacts = {task: promoted(store, home, task) for task in found}
    if "churn" in artefacts:
        report["risk_scores"] = _write_risks(
            store, artefacts["churn"], _scene(log, moment, artefacts["churn"]), stamp
        )
    if "cross-sell" in artefacts:
        scene = _scene(log, moment, artefacts["cross-sell"])
        report["recommendations"] = _write_suggestions(store, artefacts["cross-sell"], scene, stamp)
        report["embeddings"] = store.upsert_nodes("Customer", _embeddings(artefacts["cross-sell"], scene))
    report["models"] = {task: artefact.model_id for task, artefact in artefacts.items()}
    return report


def _scene(log: Log, moment: pd.Timestamp, artefact: Artefact) -> Scene:
    horizon = pd.Timedelta(days=artefact.config.horizon_days)
    scene = Scene(Past(cut(log, moment), moment, horizon), artefact.config.industries)
    if scene.frame.names != artefact.config.features:
        raise ModelDamaged(f"the model {artefact.model_id} was trained by another version; train again")
    return scene


def _write_risks(store: Writer, artefact: Artefact, scene: Scene, now: datetime) -> int:
    rows = risks(artefact, scene, now)
    written = store.upsert_nodes("RiskScore", ({"id": row["id"], "props": row["props"]} for row in rows))
    links = ({"start": row["customer_id"], "end": row["id"], "props": {}} for row in rows)
    store.upsert_parts("SCORED", "Customer", "RiskScore", links)
    old = store.read("score_write.old_scores", task=artefact.config.task, keep=KEPT)
    for batch in _batches([row["score_id"] for row in old]):
        store.write("score_write.drop_scores", score_ids=batch)
    return written


def _write_suggestions(store: Writer, artefact: Artefact, scene: Scene, now: datetime) -> int:
    rows = list(suggestions(artefact, scene, now))
    written = store.upsert_nodes("Recommendation", ({"id": row["id"], "props": row["props"]} for row in rows))
    for kind, label, key in (("FOR", "Customer", "customer_id"), ("ABOUT", "Product", "product_id")):
        links = ({"start": row["id"], "end": row[key], "props": {}} for row in rows)
        store.upsert_parts(kind, "Recommendation", label, links)
    _drop_old(store, artefact.model_id, now)
    return written


def _drop_old(store: Writer, model_id: str, now: datetime) -> None:
    while True:
        done = store.write(
            "score_write.drop_recommendations", model_ids=[model_id], scored_at=now.isoformat(), limit=BATCH
        )
        if not done.rows or not done.rows[0]["dropped"]:
            return


def _embeddings(artefact: Artefact, scene: Scene) -> Iterator[dict[str, Any]]:
    """The graph network's customer vectors, 64 floats each; kept even where another ranker serves."""
    vectors, _ = graph_of(artefact.states["gnn"], artefact.products).vectors(scene)
    for customer, vector in zip(scene.past.customers, vectors.tolist(), strict=True):
        values = [round(value, 6) for value in vector]
        yield {"id": str(customer), "props": {"embedding": values, "embedding_model_id": artefact.model_id}}


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
