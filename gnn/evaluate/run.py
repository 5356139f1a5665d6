"""`evaluate`: learn strictly before a cut-off, judge on what happened after it."""

from typing import Any, Literal

import pandas as pd

from gnn.evaluate.churn import churn_rows
from gnn.evaluate.cross_sell import cross_sell_rows
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log
from gnn.task.calendar import check_evaluation, plan
from gnn.task.churn import churn_labels
from gnn.task.cross_sell import cross_sell_labels
from gnn.train.churn import fit_churn
from gnn.train.cross_sell import fit_cross_sell
from gnn.train.reproducible import reproducible
from gnn.train.windows import Scenes, scenes

Task = Literal["churn", "cross-sell"]


def evaluate(log: Log, task: Task, cutoff: pd.Timestamp, horizon_days: int, seed: int) -> dict[str, Any]:
    """The report `{task, cutoff, horizon_days, population, rows, selected}`.

    Everything is learned from `cut(log, cutoff)`; the rest of the log gives the labels and nothing else.
    `selected` won on the validation window, which ends at the cut-off.
    `observed_days` stands beside `horizon_days` where the data end a little before the horizon does.
    Raises CutoffOutsideData, HorizonNotObserved, NotEnoughHistory or OneClassOnly.
    """
    horizon = pd.Timedelta(days=horizon_days)
    observed = check_evaluation(log, cutoff, horizon)
    known = cut(log, cutoff)
    seen = scenes(known, plan(known, cutoff, horizon))
    with reproducible(seed):
        population, rows, selected = (_churn if task == "churn" else _cross_sell)(log, known, seen, seed)
    return {
        "task": task,
        "cutoff": str(cutoff.date()),
        "horizon_days": horizon_days,
        **({} if observed == horizon_days else {"observed_days": observed}),
        "population": population,
        "rows": rows,
        "selected": selected,
    }


Judged = tuple[int, list[dict[str, Any]], str]


def _churn(log: Log, known: Log, seen: Scenes, seed: int) -> Judged:
    fit = fit_churn(known, seen, seed)
    labels = churn_labels(log, seen.final.past)
    return len(labels.rows), churn_rows(fit, seen.final, labels, seed), fit.selected


def _cross_sell(log: Log, known: Log, seen: Scenes, seed: int) -> Judged:
    fit = fit_cross_sell(known, seen, seed)
    labels = cross_sell_labels(log, seen.final.past)
    return len(labels.rows), cross_sell_rows(fit, seen.final, labels, seed), fit.selected
