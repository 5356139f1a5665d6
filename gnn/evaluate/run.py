"""`evaluate`: learn strictly before a cut-off, judge on what happened after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gnn.calendar import check_evaluation, cutoffs_before
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import Window, feature_sets, label_windows
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log
from gnn.task import Fit, Predictions, Task, counted


@dataclass(frozen=True)
class Trial:
    """Every candidate fitted before one cut-off, and what each predicted for what came after."""

    cutoff: pd.Timestamp
    observed_days: int
    fit: Fit[Any]
    predictions: Mapping[str, Predictions]

    @property
    def population(self) -> int:
        """Customers counted."""
        return counted(self.predictions[self.fit.selected])


def evaluate(
    log: Log, task: Task[Any, Any], cutoff: pd.Timestamp, horizon_days: int, seed: int
) -> dict[str, Any]:
    """The report `{task, cutoff, horizon_days, population, rows, selected}`.

    Everything is learned from `cut(log, cutoff)`; the rest of the log gives the labels and nothing else.
    `selected` won on the validation window, which ends at the cut-off.
    `observed_days` stands beside `horizon_days` where the data end a little before the horizon does.
    Raises CutoffOutsideData, HorizonNotObserved, NotEnoughHistory or OneClassOnly.
    """
    trial = tried(log, task, cutoff, pd.Timedelta(days=horizon_days), seed)
    return {
        "task": task.name,
        "cutoff": str(cutoff.date()),
        "horizon_days": horizon_days,
        **({} if trial.observed_days == horizon_days else {"observed_days": trial.observed_days}),
        "population": trial.population,
        "rows": [_row(task, name, trial, seed) for name in trial.fit.models],
        "selected": trial.fit.selected,
    }


def tried(log: Log, task: Task[Any, Any], cutoff: pd.Timestamp, horizon: pd.Timedelta, seed: int) -> Trial:
    """Fit before the cut-off and predict what came after it."""
    observed = check_evaluation(log, cutoff, horizon)
    known = cut(log, cutoff)
    sets = feature_sets(known, cutoffs_before(known, cutoff, horizon))
    with reproducible(seed):
        fit = task.fit(label_windows(task.labels, known, sets, seed), seed)
        after = Window(sets.final, task.labels(log, sets.final.history))
        return Trial(cutoff, observed, fit, task.predictions(fit, after))


def _row(task: Task[Any, Any], name: str, trial: Trial, seed: int) -> dict[str, Any]:
    measures = task.measures(trial.predictions[name], seed)
    return {"model": name, **measures, task.validation: trial.fit.validation[name]}
