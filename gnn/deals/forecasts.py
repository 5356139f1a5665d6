"""How likely each open deal or lead is to end well, as nodes to write."""

from collections.abc import Iterator

import pandas as pd

from gnn.deals.models import of_states
from gnn.deals.reasons import deal_reasons
from gnn.deals.table import TABLES, Kind, deal_table
from gnn.features.feature_set import FeatureSet
from gnn.forecasts import PROBABILITY, Forecasts, written
from gnn.learn.platt import Platt
from gnn.registry import CALIBRATION, Artefact
from gnn.task import Result, Scoring


def deal_forecasts(
    kind: Kind, artefact: Artefact, features: FeatureSet, scoring: Scoring
) -> Iterator[Result]:
    """One `Forecast` per open deal or lead: the probability of a good end within the horizon."""
    table = deal_table(features, kind)
    model = of_states(artefact.states, artefact.config.selected, stated="stage_rate" in artefact.states)
    platt = Platt.of_state(artefact.states[CALIBRATION])
    said, reasons = platt(model.logits(table)), deal_reasons(model, features, table, kind, platt.slope)
    name, key = TABLES[kind]
    every: pd.Index = pd.Index(features.history.log[name][key].unique())
    yield from written(Forecasts(kind, table.ids, every, PROBABILITY, said, reasons), artefact, scoring)
