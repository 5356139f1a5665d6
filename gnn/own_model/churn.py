"""A user's model as a candidate for churn: one row per customer and window."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logit

from gnn.churn.base_rate import BaseRate
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.choice import judged
from gnn.churn.fit import check_windows
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import ChurnModel, own_values
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.validation import said_in
from gnn.evaluate.classification import auc
from gnn.features.feature_set import ModelInput
from gnn.features.history import Doubles, Floats, Ints
from gnn.learn.network_state import State
from gnn.learn.windows import Window, Windows
from gnn.own_model.classifier import Classifier, fitted, probability
from gnn.own_model.saved import saved
from gnn.own_model.subjects import counted_customers
from gnn.task import Fit, Predictions

LEAST = 1e-6
SAMPLE = 500
"""Rows on which a model that was read back must say the same."""
WORKLIST = 0.1
"""The share of customers that are looked after: those with the highest probabilities."""


@dataclass(frozen=True)
class OwnChurn:
    """A fitted model of the user's."""

    model: Classifier
    sample: pd.DataFrame

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds of churn of every customer."""
        said = probability(self.model, own_values(features))
        return np.asarray(logit(np.clip(said, LEAST, 1 - LEAST)), dtype=np.float32)

    def state(self) -> State:
        """As tensors. Raises NotSaveable."""
        return saved(self.model, self.sample)


@dataclass(frozen=True)
class ChurnFace:
    """How churn looks to a user's model."""

    label: str = "churned"
    metric: str = "auc"

    def frame(self, window: Window[ChurnLabels]) -> pd.DataFrame:
        """`customer_id, name, cutoff`, the label (1: no order came) and the features, a row per customer."""
        rows, features = window.labels.rows, window.features
        told = {
            "customer_id": features.history.customers[rows],
            "name": features.history.values["name"].to_numpy()[rows],
            "cutoff": features.history.cutoff,
            self.label: window.labels.churned.astype(np.int64),
        }
        return pd.concat([pd.DataFrame(told), _rows(features, rows)], axis=1)

    def subjects(self, window: Window[ChurnLabels]) -> pd.DataFrame:
        """`customer_id, name` of the customers counted."""
        return counted_customers(window)

    def prepared(self, windows: Windows[ChurnLabels]) -> Windows[ChurnLabels]:
        """The windows themselves. Raises NotEnoughHistory or OneClassOnly."""
        check_windows(windows)
        return windows

    def fit(
        self, model: Classifier, name: str, windows: Windows[ChurnLabels], seed: int
    ) -> Fit[ChurnModel, ChurnCalibration]:
        """As ours are: slope and validation by the newer windows, then fitted on all; the level apart.

        Raises BadModel.
        """
        tried = learned(model, windows.train, seed)
        judgement = judged(said_in({name: tried}, windows.valid))[name]
        process = PurchaseProcess.fit(windows.final.history)
        base_rate = BaseRate.fit(process, windows.final.history, windows.every)
        return Fit(
            {name: learned(model, windows.every, seed)},
            {name: {"validation_auc": judgement.auc, "validation_brier": judgement.brier}},
            {name: ChurnCalibration(judgement.slope, base_rate)},
            name,
        )

    def quality(self, said: Predictions, rows: Ints) -> float:
        """AUC over some of the customers counted."""
        return auc(said["churned"][rows], said["probability"][rows])

    def found(self, said: Predictions) -> Doubles:
        """Per customer 1 where it left and stands among the tenth with the highest probabilities."""
        chance = said["probability"]
        listed = np.argsort(-chance, kind="stable")[: max(1, round(WORKLIST * len(chance)))]
        looked_after = np.zeros(len(chance))
        looked_after[listed] = 1.0
        return np.asarray(looked_after * said["churned"], dtype=np.float64)

    def told(self, said: Predictions) -> dict[str, Doubles]:
        """What is shown of a customer beside others: the probability."""
        return {"probability": np.asarray(said["probability"], dtype=np.float64)}


def _rows(features: ModelInput, rows: Ints) -> pd.DataFrame:
    return own_values(features).iloc[rows].reset_index(drop=True)


def learned(model: Classifier, windows: Sequence[Window[ChurnLabels]], seed: int) -> OwnChurn:
    """A copy of the model, fitted on the customers of all windows."""
    values = pd.concat([_rows(window.features, window.labels.rows) for window in windows], ignore_index=True)
    churned = np.concatenate([window.labels.churned for window in windows]).astype(np.int64)
    return OwnChurn(fitted(model, seed, values, churned), values.head(SAMPLE))
