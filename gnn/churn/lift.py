"""What each kind of information adds: the same trees over more and more of it, on the same customers.

Steps are cumulative, so that a difference is what one kind adds to those before it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from gnn.churn.bands import HIGH
from gnn.churn.base_rate import BaseRate
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.choice import judged
from gnn.churn.labels import ChurnLabels
from gnn.churn.measures import churn_predictions
from gnn.churn.models import ChosenColumns
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.validation import said_in
from gnn.evaluate.classification import at_threshold, auc, brier, calibration_error
from gnn.evaluate.lift import step_rows
from gnn.features.history import Ints
from gnn.features.table import FeatureTable
from gnn.learn.leafwise import Leafwise
from gnn.learn.windows import Window, Windows
from gnn.own_model.paired import Quality
from gnn.task import Fit, Predictions

STEPS: Mapping[str, tuple[str, ...]] = {
    "tabular only": ("rfm", "rhythm", "trend", "basket", "tickets", "opportunities", "attributes"),
    "+ graph": ("neighbours",),
    "+ decision-chain facts": ("people", "contact_frequency"),
    "+ payment facts": ("payments",),
}
"""Per step the groups of features that it adds: the customer's own records; companies that it is linked to or
like; its people, who left, and how we talk with them; what it owes, and how late it paid."""


def lift_predictions(
    windows: Windows[ChurnLabels], after: Window[ChurnLabels], seed: int
) -> Mapping[str, Predictions]:
    """Per step what the trees say of the customers counted after the cut-off; steps of which nothing is known
    are left out."""
    steps = known_steps(windows.final.table)
    process = PurchaseProcess.fit(windows.final.history)
    base_rate = BaseRate.fit(process, windows.final.history, windows.every)
    tried = {name: _fitted(name, windows.train, seed) for name in steps}
    judgements = judged(said_in(tried, windows.valid))
    models = {name: _fitted(name, windows.every, seed) for name in steps}
    calibrators = {name: ChurnCalibration(judgements[name].slope, base_rate) for name in steps}
    return churn_predictions(Fit(models, {}, calibrators, steps[0]), after)


def known_steps(table: FeatureTable) -> list[str]:
    """The first step, and those that add a feature in which customers differ."""
    return [
        step
        for step, groups in STEPS.items()
        if step == next(iter(STEPS))
        or any(np.ptp(table.columns(*table.groups[group]), axis=0).any() for group in groups)
    ]


def _fitted(step: str, windows: tuple[Window[ChurnLabels], ...], seed: int) -> ChosenColumns:
    names = _columns(step, windows[-1].features.table)
    values = [window.features.table.columns(*names)[window.labels.rows] for window in windows]
    churned = np.concatenate([window.labels.churned for window in windows])
    return ChosenColumns(names, Leafwise.fit(np.concatenate(values), churned, seed))


def _columns(step: str, table: FeatureTable) -> tuple[str, ...]:
    """The features of the step and of those before it."""
    order = list(STEPS)
    groups = [group for name in order[: order.index(step) + 1] for group in STEPS[name]]
    return tuple(column for group in groups for column in table.groups[group])


def lift_rows(steps: Mapping[str, Predictions], seed: int) -> list[dict[str, Any]]:
    """The steps as rows; `precision`, `recall` and `f1` are of the customers in the band `high`."""
    return step_rows(STEPS, steps, _measures, QUALITIES, seed)


def _measures(said: Predictions) -> dict[str, Any]:
    came, chance = said["churned"], said["probability"]
    return {
        "auc": auc(came, chance),
        "brier": brier(came, chance),
        "ece": calibration_error(came, chance),
        **at_threshold(came, chance, HIGH),
    }


def _auc(said: Predictions, rows: Ints) -> float:
    return auc(said["churned"][rows], said["probability"][rows])


def _brier(said: Predictions, rows: Ints) -> float:
    return brier(said["churned"][rows], said["probability"][rows])


def _at_high(name: str, said: Predictions, rows: Ints) -> float:
    found = at_threshold(said["churned"][rows], said["probability"][rows], HIGH)[name]
    return float("nan") if found is None else found


QUALITIES: Mapping[str, Quality] = {
    "auc": _auc,
    "brier": _brier,
    "precision": partial(_at_high, "precision"),
    "recall": partial(_at_high, "recall"),
    "f1": partial(_at_high, "f1"),
}
