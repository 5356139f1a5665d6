"""What is forecast of every customer that has ordered, as nodes to write."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gnn.features.feature_set import FeatureSet
from gnn.features.history import Doubles, History
from gnn.forecast.question import Question
from gnn.forecast.reasons import customer_reasons
from gnn.forecast.spread import Spread
from gnn.forecasts import AMOUNT, Forecasts, written
from gnn.registry import CALIBRATION, Artefact
from gnn.snapshot.currency import ordered_in, scale_of
from gnn.task import Result, Scoring


def customer_forecasts(
    question: Question, artefact: Artefact, features: FeatureSet, scoring: Scoring
) -> Iterator[Result]:
    """One `Forecast` per customer with an order, with the band in which four of five are to lie."""
    model = question.of_states(artefact.states, artefact.config.selected)
    expected, reasons = model.expected(features), customer_reasons(model, features, question.wording)
    low, high = Spread.of_state(artefact.states[CALIBRATION]).around(expected)
    every = features.history.customers
    ordered = every[np.flatnonzero(features.history.has_order)]
    made = Forecasts("Customer", ordered, every, question.unit, expected, reasons, low, high)
    shown = in_own_currency(made, features.history) if question.unit == AMOUNT else made
    yield from written(shown, artefact, scoring)


def in_own_currency(made: Forecasts, history: History) -> Forecasts:
    """Amounts as learned in those of each customer's orders; who ordered in several currencies has none.

    The sum of several has no currency without rates.
    """
    known = ordered_in(history.log["orders"])
    one = known.drop_duplicates("customer_id", keep=False).set_index("customer_id")
    kept = np.flatnonzero(made.ids.isin(one.index))
    own = one.loc[made.ids[kept]]
    scale = scale_of(own, history.scales)

    def scaled(values: Doubles | None) -> Doubles | None:
        return None if values is None else values[kept] / scale

    return replace(
        made,
        ids=made.ids[kept],
        value=made.value[kept] / scale,
        low=scaled(made.low),
        high=scaled(made.high),
        currency=own["currency"].to_numpy(object),
        reasons=lambda place: made.reasons(int(kept[place])),
    )
