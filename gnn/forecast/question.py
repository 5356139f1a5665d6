"""The two questions: labels, candidates, how errors are measured, and by what one of them is chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from gnn.calendar import data_end, data_start, default_horizon
from gnn.churn.purchase_process import PurchaseProcess
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles, History
from gnn.forecast.models import (
    Constant,
    Forecaster,
    NextByProcess,
    Rule,
    Trees,
    ValueByProcess,
    tree_values,
)
from gnn.forecast.rules import last_horizon, last_interval, mean_interval, mean_repeat
from gnn.forecast.spending import GammaGamma, spent
from gnn.forecast.typical import SILENCE, SPENDING
from gnn.forecasts import AMOUNT
from gnn.learn.network_state import State
from gnn.learn.regression import MEAN, MEDIAN, Regressed
from gnn.learn.windows import Window
from gnn.outcomes import Outcomes
from gnn.reasons import Wording
from gnn.snapshot.currency import scale_of
from gnn.snapshot.tables import Log

YEAR = 365
TREES = "lightgbm"
LEAST_EXPECTED = 0.01
"""Deviance needs positive numbers: at least this share of the mean that came."""


@dataclass(frozen=True)
class Question:
    """One number per customer with an order."""

    unit: str
    labels: Callable[[Log, History], Outcomes]
    horizon: Callable[[Log], pd.Timedelta]
    constant: str | None
    """Name of the candidate that says the same for all, where there is one."""
    rules: Mapping[str, Callable[[History], Doubles]]
    process: Callable[[History], Forecaster]
    """The process, fitted on everything before a cut-off; trees see what it and the rules expect."""
    read: Callable[[State], Forecaster]
    """The process from what was kept."""
    objective: Mapping[str, Any]
    loss: Callable[[Doubles, Doubles], Doubles]
    """Per case, of what came and what was expected: the lowest mean on validation serves."""
    reference: str
    """Name of the process, which no window can mislead: it serves unless another is clearly better."""
    told_by: str
    """The kind of information that rules look at, and that other candidates' numbers count as in trees."""
    wording: Wording
    """Of what each kind of information adds."""

    def candidates(
        self, windows: Sequence[Window[Outcomes]], history: History, seed: int
    ) -> dict[str, Forecaster]:
        """All of them: the process by the history, the trees by the windows."""
        beside = self._beside(self.process(history))
        came = np.concatenate([window.labels.came for window in windows])
        values = np.concatenate([_of(window, tree_values(window.features, beside)) for window in windows])
        learned = Regressed.fit(values, np.maximum(came, 0.0), self.objective, seed)
        trees = Trees(learned, beside, self.told_by)
        constant = {self.constant: Constant(float(came.mean()))} if self.constant else {}
        return {**constant, **beside, TREES: trees}

    def of_states(self, states: Mapping[str, State], selected: str) -> Forecaster:
        """The selected candidate from the kept tensors of all; a rule has none."""
        if selected == self.constant:
            return Constant.of_state(states[selected])
        beside = self._beside(self.read(states[self.reference]))
        if selected == TREES:
            return Trees(Regressed.of_state(states[TREES]), beside, self.told_by)
        return beside[selected]

    def _beside(self, process: Forecaster) -> dict[str, Forecaster]:
        """The rules and the process, in the order of the trees' columns."""
        rules: dict[str, Forecaster] = {name: Rule(rule, self.told_by) for name, rule in self.rules.items()}
        return rules | {self.reference: process}


def said(model: Forecaster, window: Window[Outcomes]) -> Doubles:
    """What the model expects of the customers counted in a window."""
    return np.asarray(_of(window, model.expected(window.features)), dtype=np.float64)


def _of(window: Window[Outcomes], values: np.ndarray) -> np.ndarray:
    """Rows of customers with an order, of those that the window counts."""
    return values[np.searchsorted(_ordered(window.features), window.labels.rows)]


def _ordered(features: FeatureSet) -> np.ndarray:
    return np.flatnonzero(features.history.has_order)


def next_order_labels(log: Log, history: History) -> Outcomes:
    """Days from the cut-off to the next sale, of every customer with an order; at most the horizon."""
    after = history.within_horizon(log["orders"], "at")
    after = after[after["kind"] != "return"]
    places = history.rows(after["customer_id"])
    days = ((after["at"] - history.cutoff) / DAY).to_numpy(np.float64)
    soonest = np.full(history.shape[0], float(history.horizon / DAY))
    np.minimum.at(soonest, places[places >= 0], days[places >= 0])
    rows = np.flatnonzero(history.has_order)
    return Outcomes(rows, soonest[rows])


def value_labels(log: Log, history: History) -> Outcomes:
    """What was ordered less what came back in [cutoff, cutoff + horizon), of every customer with an order."""
    after = history.within_horizon(log["orders"], "at")
    places = history.rows(after["customer_id"])
    amount = np.nan_to_num(after["amount"].to_numpy(np.float64) * scale_of(after, history.scales))
    total = np.bincount(places[places >= 0], weights=amount[places >= 0], minlength=history.shape[0])
    rows = np.flatnonzero(history.has_order)
    return Outcomes(rows, np.asarray(total[rows], dtype=np.float64))


def value_horizon(log: Log) -> pd.Timedelta:
    """A year, or where the history is shorter than four a quarter of it in whole months of 30 days."""
    days = (data_end(log) - data_start(log)).days
    return pd.Timedelta(days=YEAR if days >= 4 * YEAR else 30 * max(1, days // 120))


def _absolute(came: Doubles, expected: Doubles) -> Doubles:
    return np.abs(came - expected)


def _deviance(came: Doubles, expected: Doubles) -> Doubles:
    """Tweedie's of power 1.5, which the mean makes smallest, and which large amounts do not rule alone."""
    y = np.maximum(came, 0.0)
    mean = np.maximum(expected, max(LEAST_EXPECTED * float(y.mean()), 1e-9))
    return np.asarray(4.0 * (np.sqrt(mean) + y / np.sqrt(mean) - 2.0 * np.sqrt(y)), dtype=np.float64)


def _next_process(history: History) -> NextByProcess:
    return NextByProcess(PurchaseProcess.fit(history))


def _value_process(history: History) -> ValueByProcess:
    return ValueByProcess(PurchaseProcess.fit(history), GammaGamma.fit(spent(history)))


NEXT_ORDER = Question(
    unit="days",
    labels=next_order_labels,
    horizon=default_horizon,
    constant=None,
    rules={"last_interval": last_interval, "mean_interval": mean_interval},
    process=_next_process,
    read=NextByProcess.of_state,
    objective=MEDIAN,
    loss=_absolute,
    reference="bg_nbd",
    told_by=SILENCE,
    wording=Wording("later", "sooner", least=0.5),
)
VALUE = Question(
    unit=AMOUNT,
    labels=value_labels,
    horizon=value_horizon,
    constant="mean_value",
    rules={"last_horizon": last_horizon, "mean_repeat": mean_repeat},
    process=_value_process,
    read=ValueByProcess.of_state,
    objective=MEAN,
    loss=_deviance,
    reference="bg_nbd_gamma_gamma",
    told_by=SPENDING,
    wording=Wording("spends_more", "spends_less", least=0.02),
)
