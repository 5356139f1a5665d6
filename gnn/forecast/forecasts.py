"""What is forecast of every customer that has ordered, as nodes to write."""

from collections.abc import Iterator

import numpy as np

from gnn.features.feature_set import FeatureSet
from gnn.forecast.question import Question
from gnn.forecast.spread import Spread
from gnn.forecasts import Forecasts, written
from gnn.registry import CALIBRATION, Artefact
from gnn.task import Result, Scoring


def customer_forecasts(
    question: Question, artefact: Artefact, features: FeatureSet, scoring: Scoring
) -> Iterator[Result]:
    """One `Forecast` per customer with an order, with the band in which four of five are to lie."""
    expected = question.of_states(artefact.states, artefact.config.selected).expected(features)
    low, high = Spread.of_state(artefact.states[CALIBRATION]).around(expected)
    every = features.history.customers
    ordered = every[np.flatnonzero(features.history.has_order)]
    made = Forecasts("Customer", ordered, every, question.unit, expected, low, high)
    yield from written(made, artefact, scoring)
