"""`train`: fit a task on everything before a cut-off and keep the winner as an artefact."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from gnn.baseline.platt import Platt
from gnn.evaluate.run import Task
from gnn.registry import Artefact, save
from gnn.registry.artefact import Config, State
from gnn.snapshot import Log, content_hash, cut
from gnn.task.calendar import data_end, data_start, default_horizon, plan
from gnn.task.errors import CutoffOutsideData
from gnn.train.churn import fit_churn
from gnn.train.cross_sell import fit_cross_sell
from gnn.train.rank_models import Graph
from gnn.train.reproducible import reproducible
from gnn.train.windows import Scenes, scenes


@dataclass(frozen=True)
class Trained:
    """The artefact, its folder, and the row of the `Model` node that tells of it."""

    artefact: Artefact
    folder: Path
    node: dict[str, Any]


def train(
    log: Log,
    task: Task,
    home: Path,
    seed: int,
    now: datetime,
    cutoff: pd.Timestamp | None = None,
    horizon_days: int | None = None,
) -> Trained:
    """Train on `cut(log, cutoff)`; cut-off and horizon come from the data where not given.

    Writes `<home>/models/<model_id>/`. Raises CutoffOutsideData, NotEnoughHistory or OneClassOnly.
    """
    moment = data_end(log) if cutoff is None else cutoff
    if not data_start(log) < moment <= data_end(log):
        last = data_end(log) - pd.Timedelta(days=1)
        raise CutoffOutsideData(moment.date(), data_start(log).date(), last.date())
    known = cut(log, moment)
    horizon = default_horizon(known) if horizon_days is None else pd.Timedelta(days=horizon_days)
    seen = scenes(known, plan(known, moment, horizon))
    with reproducible(seed):
        states, products, selected, calibrator, validation = _fitted(task, known, seen, seed)
    config = Config(
        task=task,
        selected=selected,
        cutoff=str(moment.date()),
        horizon_days=horizon.days,
        seed=seed,
        snapshot_hash=content_hash(known),
        code_version=version("relgraph"),
        industries=seen.final.industries,
        features=seen.final.frame.names,
        slope=calibrator.slope,
        offset=calibrator.offset,
    )
    artefact = Artefact(config, states, products, {"validation": validation, "selected": selected})
    return Trained(artefact, save(artefact, home / "models"), model_node(artefact, now))


Fitted = tuple[dict[str, State], tuple[str, ...], str, Platt, dict[str, float]]


def _fitted(task: Task, known: Log, seen: Scenes, seed: int) -> Fitted:
    if task == "churn":
        churn = fit_churn(known, seen, seed)
        states = {name: model.state() for name, model in churn.models.items()}
        return states, (), churn.selected, churn.calibrators[churn.selected], dict(churn.validation)
    fit = fit_cross_sell(known, seen, seed)
    states = {name: model.state() for name, model in fit.models.items()}
    net = fit.models["gnn"]
    products = net.products if isinstance(net, Graph) else ()
    return states, products, fit.selected, fit.calibrators[fit.selected], dict(fit.validation)


def model_node(artefact: Artefact, now: datetime) -> dict[str, Any]:
    """The `Model` node's row: id and properties, promoted."""
    config = artefact.config
    return {
        "id": artefact.model_id,
        "props": {
            "task": config.task,
            "name": config.selected,
            "cutoff": f"{config.cutoff}T00:00:00+00:00",
            "horizon_days": config.horizon_days,
            "trained_at": now.astimezone(UTC).isoformat(),
            "snapshot_hash": config.snapshot_hash,
            "code_version": config.code_version,
            "seed": config.seed,
            "metrics": orjson.dumps(dict(artefact.metrics)).decode(),
            "promoted": True,
        },
    }
