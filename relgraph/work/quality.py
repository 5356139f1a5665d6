"""The monthly measurement of the data, after a round that brought something."""

from datetime import datetime

from graph.clock import data_now
from graph.duckdb_limits import DuckDbLimits
from graph.history import open_history
from graph.quality.keep import measurements
from graph.service import run_sync
from graph.store import Store
from relgraph.quality.run import measured
from relgraph.settings import Settings


def measure_monthly(store: Store, settings: Settings, wall: datetime, limits: DuckDbLimits) -> str | None:
    """Measure where the company's month has no measurement yet; its id, or None where it has one.

    Raises StagingLocked.
    """
    now = settings.now or run_sync(store, data_now)
    last = run_sync(store, measurements, now, 1)
    if last and (last[0].at.year, last[0].at.month) == (now.year, now.month):
        return None
    with open_history(store, settings.home, limits) as history:
        return measured(store, history, settings, now, wall, "en", limits).newest.measurement_id
