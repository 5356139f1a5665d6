"""`score`: every eligible customer as of the company's now, by the promoted models, into the graph."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from gnn.calendar import data_start
from gnn.features.cache import FeatureCache
from gnn.features.feature_set import FeatureSet, feature_cache
from gnn.features.history import History
from gnn.learn.reproducible import reproducible
from gnn.offer_limits import OfferLimits
from gnn.registry import Artefact, ModelDamaged, ModelMissing, load
from gnn.snapshot import Log
from gnn.snapshot.cut import as_of as held_at
from gnn.snapshot.moments import utc_text
from gnn.standing import difference
from gnn.task import Result, Scoring, Task, Writer
from gnn.tasks import find_task, task_names
from gnn.track_record.record import keep_daily

NO_LIMITS = OfferLimits()
"""As the purchases show."""


def promote(store: Writer, node: dict[str, Any], *, pinned: bool = False) -> None:
    """Write a `Model` node that serves its task; the others of the task step down.

    pinned: a person chose it, so nothing that is trained by itself takes its place.
    """
    store.upsert_nodes("Model", [node | {"props": node["props"] | {"pinned": pinned}}])
    store.write("score_write.demote", task=node["props"]["task"], model_id=node["id"])


def promoted(store: Writer, home: Path, task: str) -> Artefact:
    """The artefact that serves a task. Raises ModelMissing."""
    rows = store.read("score_write.promoted", task=task)
    if not rows:
        raise ModelMissing(f"no model serves {task}; run `relgraph train {task}` first")
    return load(home / "models", rows[0]["model_id"])


@reproducible(seed=0)
def score(
    store: Writer, log: Log, home: Path, *, now: datetime, as_of: datetime, limits: OfferLimits = NO_LIMITS
) -> dict[str, Any]:
    """Score with the promoted models and write back what changed; returns counts per kind.

    A kind's count is of what stands after the scoring; `written` tells how much of it was written. What was
    left as it stood counts as current: the model's node says when and as of which moment it was checked.

    `log` is what is known at `as_of`, the company's now; `now` is the wall clock; `limits` are of the lists
    of products. Raises ModelMissing where
    no task has a model, NotEnoughHistory where nobody has ordered.
    """
    serving = [task for task in task_names() if store.read("score_write.promoted", task=task)]
    if not serving:
        names = " or ".join(task_names())
        raise ModelMissing(f"no model serves {names}; run `relgraph train {task_names()[0]}` first")
    artefacts = {task: promoted(store, home, task) for task in serving}
    data_start(log)
    moment, scoring = _midnight_after(as_of), Scoring(now, as_of, limits)
    keep_daily(store, log, as_of)
    held, cache = held_at(log, moment), feature_cache(log, home)
    made: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for name, artefact in artefacts.items():
        task = find_task(name)
        for kind, counted, changed in _scored(
            store, task, artefact, _features(held, moment, artefact, cache), scoring
        ):
            made[kind] += counted
            written[kind] += changed
        _announce(store, name, written.total(), as_of)
    models = {task: artefact.model_id for task, artefact in artefacts.items()}
    return {"as_of": str(as_of.date()), "models": models, **made, "written": dict(written)}


def _announce(store: Writer, task: str, count: int, as_of: datetime) -> None:
    """Append a change, dated by the wall clock as it is now, for whoever follows the log."""
    wall = utc_text(datetime.now(UTC))
    props = {
        "at": utc_text(as_of),
        "loaded_at": wall,
        "actor": "score",
        "kind": f"score.{task}",
        "count": count,
    }
    store.upsert_nodes("Change", [{"id": f"score.{task}:{wall}", "props": props}])


def _midnight_after(moment: datetime) -> pd.Timestamp:
    """Features count whole days; the log holds nothing later than the moment itself."""
    return pd.Timestamp(moment.astimezone(UTC).date()) + pd.Timedelta(days=1)


def _features(held: Log, moment: pd.Timestamp, artefact: Artefact, cache: FeatureCache | None) -> FeatureSet:
    config = artefact.config
    history = History(held, moment, pd.Timedelta(days=config.horizon_days))
    features = FeatureSet(history, config.industries, cache)
    if features.table.names != config.features:
        raise ModelDamaged(f"the model {artefact.model_id} was trained by another version; train again")
    return features


def _scored(
    store: Writer, task: Task[Any, Any, Any], artefact: Artefact, features: FeatureSet, scoring: Scoring
) -> Iterator[tuple[str, int, int]]:
    """Write a task's results, and on its model that they were checked.

    Per result its kind, how many nodes it has and how many of them were written.
    """
    task.retire(store, artefact, scoring)
    for result in task.results(artefact, features, scoring):
        yield result.name, *_write(store, result)
    checked = {"checked_at": utc_text(scoring.at), "checked_as_of": utc_text(scoring.as_of)}
    store.upsert_nodes("Model", [{"id": artefact.model_id, "props": checked}])


def _write(store: Writer, result: Result) -> tuple[int, int]:
    """Write what a result changes; the number of its nodes, and of those written."""
    if result.standing is None:
        written = store.upsert_nodes(result.label, result.nodes)
        for part in result.parts:
            store.upsert_parts(part.kind, part.start, part.end, part.rows)
        return written, written
    nodes = list(result.nodes)
    found = difference(store, replace(result, nodes=nodes), result.standing)
    store.upsert_nodes(result.label, found.nodes)
    changed = {node["id"] for node in found.nodes}
    for part in result.parts:
        side = "start" if part.start == result.label else "end"
        rows = (row for row in part.rows if row[side] in changed)
        store.upsert_parts(part.kind, part.start, part.end, rows)
    if found.ended:
        store.write(result.standing.end, ids=found.ended, **result.standing.ended)
    return len(nodes), len(found.nodes)
