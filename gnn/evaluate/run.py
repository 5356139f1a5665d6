"""`evaluate`: learn strictly before a cut-off, judge on what happened after it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gnn.calendar import check_evaluation
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, feature_sets, label_windows
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log
from gnn.task import Fit, Predictions, Task, counted

SERVED = "served"
"""The row of what each cut-off selected, where several cut-offs selected differently."""


@dataclass(frozen=True)
class Trial:
    """Every candidate fitted before one cut-off, and what each predicted for what came after."""

    cutoff: pd.Timestamp
    observed_days: int
    fit: Fit[Any, Any]
    predictions: Mapping[str, Predictions]
    steps: Mapping[str, Predictions]
    """What each kind of information adds, where the task tells."""

    @property
    def population(self) -> int:
        """Customers counted."""
        return counted(self.predictions[self.fit.selected])


def evaluate(
    log: Log,
    task: Task[Any, Any, Any],
    cutoff: pd.Timestamp,
    horizon_days: int,
    seed: int,
    home: Path | None = None,
    names: Collection[str] | None = None,
) -> dict[str, Any]:
    """The report `{task, cutoff, horizon_days, population, rows, selected}`.

    Everything is learned from `cut(log, cutoff)`; the rest of the log gives the labels and nothing else.
    `selected` won on the validation windows, which end at the cut-off. `lift`, where the task has it: what
    each kind of information adds.
    `observed_days` stands beside `horizon_days` where the data end a little before the horizon does, and
    `remarks` where there is something to know of the answers. Features are kept in `home`.
    names: of the candidates that are shown beside the one that serves, where not all are.
    Raises CutoffOutsideData, HorizonNotObserved, NotEnoughHistory or OneClassOnly.
    """
    return _report(task, _tried(log, task, cutoff, horizon_days, seed, home, names), horizon_days, seed)


def evaluate_several(
    log: Log,
    task: Task[Any, Any, Any],
    cutoffs: Sequence[pd.Timestamp],
    horizon_days: int,
    seed: int,
    home: Path | None = None,
) -> dict[str, Any]:
    """The report over several cut-offs: `rows` of the pooled predictions, every cut-off under `cutoffs`.

    Each cut-off is learned and chosen for on its own. Where the choices differ, `selected` is `served`,
    the row of what each chose.
    """
    trials = [_tried(log, task, cutoff, horizon_days, seed, home) for cutoff in cutoffs]
    choices = {trial.fit.selected for trial in trials}
    names = [name for name in trials[0].fit.models if all(name in trial.fit.models for trial in trials)]
    rows = [_pooled(task, name, [(trial, name) for trial in trials], seed) for name in names]
    if len(choices) > 1:
        rows.append(_pooled(task, SERVED, [(trial, trial.fit.selected) for trial in trials], seed))
    rows += _left_out(trials)
    return {
        "task": task.name,
        "horizon_days": horizon_days,
        "population": sum(trial.population for trial in trials),
        "rows": rows,
        "selected": choices.pop() if len(choices) == 1 else SERVED,
        **_lift(task, _together([trial.steps for trial in trials]), seed),
        "cutoffs": [_report(task, trial, horizon_days, seed) for trial in trials],
    }


def _tried(
    log: Log,
    task: Task[Any, Any, Any],
    cutoff: pd.Timestamp,
    horizon_days: int,
    seed: int,
    home: Path | None,
    names: Collection[str] | None = None,
) -> Trial:
    """Fit before the cut-off and predict what came after it."""
    horizon = pd.Timedelta(days=horizon_days)
    observed = check_evaluation(log, cutoff, horizon)
    known = cut(log, cutoff)
    sets = feature_sets(known, task.cutoffs(known, cutoff, horizon), home)
    with reproducible(seed):
        windows = label_windows(task.labels, known, sets, seed)
        fit = task.fit_some(windows, seed, names)
        after = Window(sets.final, task.labels(log, sets.final.history))
        said = task.predictions(fit, after)
        steps = task.lift.predictions(windows, after, seed) if task.lift else {}
        return Trial(cutoff, observed, fit, said, steps)


def _report(task: Task[Any, Any, Any], trial: Trial, horizon_days: int, seed: int) -> dict[str, Any]:
    fit = trial.fit
    return {
        "task": task.name,
        "cutoff": str(trial.cutoff.date()),
        "horizon_days": horizon_days,
        **({} if trial.observed_days == horizon_days else {"observed_days": trial.observed_days}),
        "population": trial.population,
        "rows": [
            {"model": name, **task.measures(trial.predictions[name], seed), **fit.validation[name]}
            for name in fit.models
        ]
        + _left_out([trial]),
        "selected": fit.selected,
        **_lift(task, trial.steps, seed),
        **({"remarks": list(fit.remarks)} if fit.remarks else {}),
    }


def _lift(task: Task[Any, Any, Any], steps: Mapping[str, Predictions], seed: int) -> dict[str, Any]:
    """The table of what each kind of information adds; nothing where the task has none."""
    return {"lift": task.lift.rows(steps, seed)} if task.lift else {}


def _together(parts: Sequence[Mapping[str, Predictions]]) -> dict[str, Predictions]:
    """The predictions of several cut-offs as if of one, of what every cut-off has."""
    return {
        name: {column: np.concatenate([part[name][column] for part in parts]) for column in found}
        for name, found in parts[0].items()
        if all(name in part for part in parts)
    }


def _left_out(trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """A row for every candidate that some cut-off did not run, with the first reason."""
    reasons: dict[str, str] = {}
    for trial in trials:
        reasons = dict(trial.fit.not_run) | reasons
    return [{"model": name, "not_run": reason} for name, reason in reasons.items()]


def _pooled(
    task: Task[Any, Any, Any], shown: str, parts: Sequence[tuple[Trial, str]], seed: int
) -> dict[str, Any]:
    """One row over the predictions of one candidate per cut-off; its validation measures are means."""
    predictions = [trial.predictions[name] for trial, name in parts]
    pooled = {column: np.concatenate([part[column] for part in predictions]) for column in predictions[0]}
    found = [trial.fit.validation[name] for trial, name in parts]
    validation = {measure: float(np.mean([part[measure] for part in found])) for measure in found[0]}
    return {"model": shown, **task.measures(pooled, seed), **validation}
