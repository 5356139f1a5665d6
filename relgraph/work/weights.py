"""The monthly fit of weights, after a round that brought something: it changes nothing by itself."""

import importlib.util
from datetime import datetime

from graph.clock import data_now
from graph.duckdb_limits import DuckDbLimits
from graph.history import open_history
from graph.service import run_sync
from graph.store import Store
from relgraph.settings import Settings


def month_of(store: Store, settings: Settings) -> str:
    """The company's month."""
    return f"{settings.now or run_sync(store, data_now):%Y-%m}"


def fit_weights(store: Store, settings: Settings, wall: datetime, limits: DuckDbLimits) -> int | None:
    """Fit; the version of the proposal, or None where there is too little to fit, or learning is absent."""
    if not all(importlib.util.find_spec(name) for name in ("scipy", "sklearn")):
        return None
    from gnn.health_weights.propose import TooFewOutcomes, propose  # noqa: PLC0415 - needs scipy, which may be absent

    now = settings.now or run_sync(store, data_now)
    with open_history(store, settings.home, limits) as history:
        try:
            return propose(store, history.connection, now, wall).version
        except TooFewOutcomes:
            return None
