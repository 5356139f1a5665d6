"""Scores of the models that serve, and training of those that are old, where learning is installed."""

import importlib.util
from datetime import datetime
from typing import Any

from gnn.tasks import task_names
from graph.duckdb_limits import DuckDbLimits
from graph.store import Store
from relgraph.settings import Settings

SEED = 7


def score_where_served(
    store: Store, settings: Settings, wall: datetime, limits: DuckDbLimits
) -> dict[str, Any] | None:
    """Score with the models that serve; None where none does. Raises as `gnn.write_back.score` does."""
    if not _installed() or not _served(store):
        return None
    from gnn.snapshot.known import known_log  # noqa: PLC0415 - needs torch, which may be absent
    from gnn.write_back import score  # noqa: PLC0415 - needs torch, which may be absent

    log, as_of = known_log(store, settings.now, settings.home, limits)
    return score(store, log, settings.home, now=wall, as_of=as_of, limits=settings.offer_limits)


def outdated(store: Store, before: datetime) -> list[str]:
    """The tasks whose serving model was trained before then; none where learning is not installed.

    A model that a person chose is pinned and never outdated.
    """
    return (
        [task for task, trained_at in _served(store, unpinned=True).items() if trained_at < before]
        if _installed()
        else []
    )


def retrain(store: Store, settings: Settings, task: str, wall: datetime, limits: DuckDbLimits) -> None:
    """Train a task anew and let the winner serve. Raises as `gnn.train.train` does."""
    from gnn.snapshot.known import known_log  # noqa: PLC0415 - needs torch, which may be absent
    from gnn.tasks import find_task  # noqa: PLC0415 - needs torch, which may be absent
    from gnn.train import train  # noqa: PLC0415 - needs torch, which may be absent
    from gnn.write_back import promote  # noqa: PLC0415 - needs torch, which may be absent

    log, _ = known_log(store, settings.now, settings.home, limits)
    promote(store, train(log, find_task(task), settings.home, SEED, wall, None, None).node)


def _installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("torch", "torch_geometric", "sklearn", "scipy"))


def _served(store: Store, *, unpinned: bool = False) -> dict[str, datetime]:
    """When the model that serves each task was trained."""
    found = {task: store.read("score_write.promoted", task=task) for task in task_names()}
    trained = {row["model_id"]: row["trained_at"] for row in store.read("doctor.models")}
    return {
        task: trained[rows[0]["model_id"]]
        for task, rows in found.items()
        if rows
        and not (unpinned and rows[0]["pinned"])
        and isinstance(trained.get(rows[0]["model_id"]), datetime)
    }
