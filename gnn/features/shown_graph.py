"""The graph that models see, as plain torch-geometric data for people who bring their own."""

from datetime import UTC, datetime

import pandas as pd

from gnn.calendar import default_horizon
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.geometric import HeteroData
from gnn.snapshot.tables import Log

PLACED = ("x", "edge_index", "edge_weight")


def shown_graph(log: Log, now: datetime, horizon_days: int | None = None) -> HeteroData:
    """`x` and `ids` per node type (of customers `feature_names`), `edge_index`, `edge_weight` per edge type.

    As of the end of the day of `now`. Raises NotEnoughHistory without orders.
    """
    horizon = default_horizon(log) if horizon_days is None else pd.Timedelta(days=horizon_days)
    cutoff = pd.Timestamp(now.astimezone(UTC).date()) + pd.Timedelta(days=1)
    features = feature_set(log, cutoff, horizon)
    shown = HeteroData()
    for kind in (*features.structure.node_types, *features.structure.edge_types):
        for name in PLACED:
            if name in features.structure[kind]:
                shown[kind][name] = features.structure[kind][name]
    for kind, ids in _ids(features).items():
        shown[kind].ids = ids
    shown["customer"].feature_names = list(features.table.names)
    return shown


def _ids(features: FeatureSet) -> dict[str, list[str]]:
    """Ids of the nodes in their order; industries are named by themselves."""
    history = features.history
    industries = sorted({str(name) for name in history.values["industry"].dropna()})
    return {
        "customer": list(history.customers),
        "product": list(history.products),
        "contact": list(features.people.jobs["contact_id"]),
        "ticket": list(history.log["tickets"]["ticket_id"]),
        "industry": industries,
    }
