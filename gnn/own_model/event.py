"""A task that a user writes down in YAML: who is counted, and what may happen within the horizon.

It is compared in Python. It writes no scores, so no model of it can be promoted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.fit import TABULAR, check_windows, tabular
from gnn.churn.labels import ChurnLabels
from gnn.churn.measures import churn_measures
from gnn.churn.models import ChurnModel
from gnn.features.history import History
from gnn.learn.judged import judged
from gnn.learn.platt import Platt
from gnn.learn.windows import Window, Windows
from gnn.own_model.churn import ChurnFace, learned
from gnn.own_model.classifier import Classifier
from gnn.own_model.errors import BadModel, NotPromoted
from gnn.snapshot.tables import Log
from gnn.task import Fit, Predictions, Task


class Declared(BaseModel):
    """The file's content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    population: Literal["ordered"] = "ordered"
    """Customers with an order before the cut-off."""
    event: Literal["order", "no_order", "return", "ticket", "deal_won"]
    product_family: str | None = None
    """Of `order` and `no_order`: only orders with a product of this family count."""
    horizon_days: int = Field(ge=1)
    metric: Literal["auc"] = "auc"


def read_declared(path: Path) -> Declared:
    """The task in a YAML file. Raises BadModel that names the field."""
    try:
        return Declared.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise BadModel(f"{path} cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise BadModel(f"{path} is no YAML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise BadModel(f"{path}: {where}: {first['msg']}") from error


def event_task(declared: Declared) -> Task[ChurnLabels, ChurnModel, Platt]:
    """The task: the tabular candidates of churn, calibrated on the newer windows by their own outcomes."""
    return Task(
        name=declared.name,
        metric=declared.metric,
        baseline="rfm_logistic",
        validation="validation_auc",
        labels=lambda log, history: _labels(declared, log, history),
        fit=_fit,
        predictions=_predictions,
        measures=churn_measures,
        results=_no_results,
        cutoffs=churn_cutoffs,
    )


def _no_results(*_: Any) -> Any:
    raise NotPromoted(
        "a task from a YAML file writes no scores; declare one in a package, see docs/learning.md"
    )


def _labels(declared: Declared, log: Log, history: History) -> ChurnLabels:
    """1.0 where the event comes in [cutoff, cutoff + horizon)."""
    rows = np.flatnonzero(history.has_order)
    ids = _EVENTS[declared.event.removeprefix("no_")](declared, log, history)
    places = history.rows(ids)
    came = np.bincount(places[places >= 0], minlength=history.shape[0]) > 0
    asked = ~came if declared.event.startswith("no_") else came
    return ChurnLabels(rows, asked[rows].astype(np.float32))


def _orders(declared: Declared, log: Log, history: History) -> pd.Series:
    placed = history.within_horizon(log["orders"], "at")
    kept = placed[placed["kind"] != "return"]
    if declared.product_family is not None:
        values = log["product_values"]
        family = values.loc[values["family"] == declared.product_family, "product_id"]
        lines = log["lines"]
        kept = kept[kept["order_id"].isin(lines.loc[lines["product_id"].isin(family), "order_id"])]
    return kept["customer_id"]


def _returns(_: Declared, log: Log, history: History) -> pd.Series:
    placed = history.within_horizon(log["orders"], "at")
    return placed[placed["kind"] == "return"]["customer_id"]


def _tickets(_: Declared, log: Log, history: History) -> pd.Series:
    return history.within_horizon(log["tickets"], "opened_at")["customer_id"]


def _deals_won(_: Declared, log: Log, history: History) -> pd.Series:
    closed = history.within_horizon(log["opportunities"], "closed_at")
    return closed[closed["outcome"] == "won"]["customer_id"]


_EVENTS: Mapping[str, Callable[[Declared, Log, History], pd.Series]] = {
    "order": _orders, "return": _returns, "ticket": _tickets, "deal_won": _deals_won,
}  # fmt: skip


def _fit(windows: Windows[ChurnLabels], seed: int) -> Fit[ChurnModel, Platt]:
    """Every tabular candidate on the older windows; the lowest Brier score on the newer ones serves."""
    check_windows(windows)
    tried = {name: tabular(name, windows.train, seed) for name in TABULAR}
    final = {name: tabular(name, windows.every, seed) for name in TABULAR}
    found = {name: _judged(model, windows.valid) for name, model in tried.items()}
    selected = min(found, key=lambda name: found[name][1]["validation_brier"])
    return Fit(
        final, {name: shown for name, (_, shown) in found.items()},
        {name: platt for name, (platt, _) in found.items()}, selected,
    )  # fmt: skip


def _judged(model: ChurnModel, windows: Sequence[Window[ChurnLabels]]) -> tuple[Platt, dict[str, float]]:
    """Calibration by the windows, and how the model did there."""
    scores = np.concatenate([model.logits(window.features)[window.labels.rows] for window in windows])
    return judged(scores, np.concatenate([window.labels.churned for window in windows]))


def _predictions(fit: Fit[ChurnModel, Platt], window: Window[ChurnLabels]) -> Mapping[str, Predictions]:
    """As churn's: `churned` is 1.0 where the event came."""
    rows = window.labels.rows
    return {
        name: {
            "churned": window.labels.churned,
            "probability": fit.calibrators[name](model.logits(window.features)[rows]),
        }
        for name, model in fit.models.items()
    }


@dataclass(frozen=True)
class EventFace(ChurnFace):
    """How such a task looks to a user's model."""

    label: str = "happened"

    def fit(  # type: ignore[override]  # another calibration than churn's, whose base rate is silence
        self, model: Classifier, name: str, prepared: Windows[ChurnLabels], seed: int
    ) -> Fit[ChurnModel, Platt]:
        """Calibrated on the newer windows, then fitted on all. Raises BadModel."""
        platt, shown = _judged(learned(model, prepared.train, seed), prepared.valid)
        return Fit({name: learned(model, prepared.every, seed)}, {name: shown}, {name: platt}, name)
