"""`train`: fit a task on everything before a cut-off and keep the winner as an artefact."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from gnn.calendar import data_end, data_start
from gnn.errors import CutoffOutsideData
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import FeatureSets, feature_sets, label_windows
from gnn.registry import CALIBRATION, Artefact, Config, State, save
from gnn.snapshot import Log, content_hash, cut
from gnn.snapshot.moments import utc_text
from gnn.task import Fit, Task


@dataclass(frozen=True)
class Trained:
    """The artefact, its folder, and the row of the `Model` node that tells of it."""

    artefact: Artefact
    folder: Path
    node: dict[str, Any]


def train(
    log: Log,
    task: Task[Any, Any, Any],
    home: Path,
    seed: int,
    now: datetime,
    cutoff: pd.Timestamp | None = None,
    horizon_days: int | None = None,
) -> Trained:
    """Train on `cut(log, cutoff)`; cut-off and horizon come from the data where not given.

    Writes `<home>/models/<model_id>/`: what serves, and what the task keeps beside it.
    Raises CutoffOutsideData, NotEnoughHistory or OneClassOnly.
    """
    moment = _within(log, cutoff)
    known = cut(log, moment)
    horizon = task.horizon(known) if horizon_days is None else pd.Timedelta(days=horizon_days)
    sets = feature_sets(known, task.cutoffs(known, moment, horizon), home)
    with reproducible(seed):
        windows = label_windows(task.labels, known, sets, seed)
        fit = task.fit_some(windows, seed, task.kept)
    artefact = Artefact(
        config=_config(task, known, sets, fit, seed),
        states=_states(fit),
        ids=fit.ids,
        metrics={
            "validation": {name: found[task.validation] for name, found in fit.validation.items()},
            "selected": fit.selected,
            "candidates": list(fit.validation),
            "not_run": dict(fit.not_run),
            "remarks": list(fit.remarks),
        },
    )
    return Trained(artefact, save(artefact, home / "models"), model_node(artefact, now))


def _within(log: Log, cutoff: pd.Timestamp | None) -> pd.Timestamp:
    """The cut-off, by default the end of the data. Raises CutoffOutsideData."""
    first, end = data_start(log), data_end(log)
    moment = end if cutoff is None else cutoff
    if not first < moment <= end:
        raise CutoffOutsideData(moment.date(), first.date(), (end - pd.Timedelta(days=1)).date())
    return moment


def _states(fit: Fit[Any, Any]) -> dict[str, State]:
    states: dict[str, State] = {name: model.state() for name, model in fit.models.items()}
    return states | {CALIBRATION: fit.calibrators[fit.selected].state()}


def _config(
    task: Task[Any, Any, Any], known: Log, sets: FeatureSets, fit: Fit[Any, Any], seed: int
) -> Config:
    return Config(
        task=task.name,
        selected=fit.selected,
        cutoff=str(sets.cutoffs.cutoff.date()),
        horizon_days=sets.cutoffs.horizon.days,
        seed=seed,
        snapshot_hash=content_hash(known),
        code_version=version("relgraph"),
        industries=sets.final.industries,
        features=sets.final.table.names,
    )


def model_node(artefact: Artefact, now: datetime) -> dict[str, Any]:
    """The `Model` node's row: id and properties, promoted."""
    config = artefact.config
    return {
        "id": artefact.model_id,
        "props": {
            "task": config.task,
            "name": config.selected,
            "cutoff": utc_text(pd.Timestamp(config.cutoff)),
            "horizon_days": config.horizon_days,
            "trained_at": utc_text(now),
            "snapshot_hash": config.snapshot_hash,
            "code_version": config.code_version,
            "seed": config.seed,
            "metrics": orjson.dumps(dict(artefact.metrics)).decode(),
            "promoted": True,
        },
    }
