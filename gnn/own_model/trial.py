"""What our candidates said for a window after a cut-off, kept in the home so that it is worked out once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from gnn.features.cache import LAYOUT
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, Windows
from gnn.snapshot.folder import content_hash
from gnn.snapshot.tables import Log
from gnn.task import Predictions, Task
from graph.private import close_files, private_folder

FOLDER = "comparisons"
ABOUT = "about"


@dataclass(frozen=True)
class Candidates:
    """Predictions and validation per candidate that ran, the choice, and why others did not run."""

    predictions: Mapping[str, Predictions]
    validation: Mapping[str, Mapping[str, float]]
    selected: str
    not_run: Mapping[str, str]


def candidates(
    task: Task[Any, Any, Any],
    windows: Windows[Any],
    after: Window[Any],
    log: Log,
    seed: int,
    home: Path | None,
) -> Candidates:
    """Fit every candidate on the windows and let each predict what came after; read where it is kept."""
    if home is None:
        return _made(task, windows, after, seed)
    history = after.features.history
    made_from = [task.name, content_hash(log), str(history.cutoff), str(history.horizon), seed]
    digest = hashlib.sha256(orjson.dumps([*made_from, version("relgraph"), LAYOUT])).hexdigest()
    file = home / FOLDER / f"{digest}.npz"
    if file.is_file():
        return _read(file)
    made = _made(task, windows, after, seed)
    _keep(made, file)
    return made


def _made(task: Task[Any, Any, Any], windows: Windows[Any], after: Window[Any], seed: int) -> Candidates:
    with reproducible(seed):
        fit = task.fit(windows, seed)
        said = task.predictions(fit, after)
    return Candidates(said, fit.validation, fit.selected, fit.not_run)


def _keep(made: Candidates, file: Path) -> None:
    """Arrays by candidate and name; no id of a customer is kept."""
    private_folder(file.parent)
    about = {
        "validation": {name: dict(values) for name, values in made.validation.items()},
        "selected": made.selected,
        "not_run": dict(made.not_run),
    }
    arrays: dict[str, Any] = {ABOUT: np.array(orjson.dumps(about).decode())}
    arrays |= {
        f"{name}/{column}": values
        for name, columns in made.predictions.items()
        for column, values in columns.items()
    }
    part = file.with_suffix(".part")
    with part.open("wb") as target:
        np.savez(target, **arrays)
    part.replace(file)
    close_files(file.parent)


def _read(file: Path) -> Candidates:
    with np.load(file, allow_pickle=False) as arrays:
        about = orjson.loads(str(arrays[ABOUT]))
        said: dict[str, dict[str, Any]] = {}
        for path in arrays.files:
            if path != ABOUT:
                name, _, column = path.partition("/")
                said.setdefault(name, {})[column] = arrays[path]
    return Candidates(said, about["validation"], about["selected"], about["not_run"])
