"""What is learned from: the history up to the company's now."""

from datetime import datetime, timedelta
from pathlib import Path

from gnn.snapshot.read import history_log
from gnn.snapshot.tables import Log
from graph.clock import data_now
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.history import open_history, read_history
from graph.service import run_sync
from graph.store import Store

JUST_AFTER = timedelta(milliseconds=1)


def known_log(
    store: Store, fixed: datetime | None = None, home: Path | None = None, limits: DuckDbLimits = USUAL_LIMITS
) -> tuple[Log, datetime]:
    """All that is known at the company's now (`fixed` where it is set), and that moment; nothing planned.

    Read from the history kept in `home`, or without one from the graph. limits: of DuckDB meanwhile.
    """
    now = run_sync(store, data_now) if fixed is None else fixed
    with read_history(store, limits) if home is None else open_history(store, home, limits) as history:
        return history_log(history, before=now + JUST_AFTER), now
