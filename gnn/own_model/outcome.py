"""Deals, leads and numbers of customers as labelled frames; own models are not compared in them yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from gnn.deals.table import Kind, deal_table
from gnn.features.history import Doubles
from gnn.learn.windows import Window
from gnn.outcomes import Outcomes
from gnn.own_model.errors import BadModel
from gnn.task import Predictions


@dataclass(frozen=True)
class OutcomeFace:
    """How such a task looks: its rows, what is to be learned, and what candidates say."""

    label: str
    metric: str
    rows: Callable[[Window[Outcomes]], tuple[pd.DataFrame, pd.DataFrame]]
    """Ids and names of the cases of a window, and their features."""
    said: str
    """Which of a candidate's predictions is shown."""

    def frame(self, window: Window[Outcomes]) -> pd.DataFrame:
        """Ids, names, cut-off, label and features, a row per case."""
        told, features = self.rows(window)
        came = pd.DataFrame({"cutoff": window.features.history.cutoff, self.label: window.labels.came})
        return pd.concat([told, came, features], axis=1)

    def subjects(self, window: Window[Outcomes]) -> pd.DataFrame:
        """Ids and names of the cases."""
        return self.rows(window)[0]

    def told(self, said: Predictions) -> dict[str, Doubles]:
        """What a candidate says."""
        return {self.said: np.asarray(said[self.said], dtype=np.float64)}

    def prepared(self, *_: Any) -> NoReturn:
        """Raises BadModel."""
        raise BadModel("own models can be compared in churn, cross-sell and tasks from files only, so far")

    fit = quality = found = prepared


def deals(kind: Kind, window: Window[Outcomes]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Open deals or leads: `record_id`, and where the customer is known its id and name."""
    history, table = window.features.history, deal_table(window.features, kind)
    known, place = table.account >= 0, np.maximum(table.account, 0)
    told: dict[str, Any] = {"record_id": table.ids}
    for name, values in (("customer_id", history.customers), ("name", history.values["name"])):
        column = pd.Series(np.asarray(values, dtype=object)[place] if len(values) else None, dtype=object)
        told[name] = column.where(known, None)
    return pd.DataFrame(told), pd.DataFrame(table.values, columns=list(table.names))


def customers(window: Window[Outcomes]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Customers with an order."""
    history, rows, table = window.features.history, window.labels.rows, window.features.table
    told = {"customer_id": history.customers[rows], "name": history.values["name"].to_numpy()[rows]}
    return pd.DataFrame(told), pd.DataFrame(table.values[rows], columns=list(table.names))
