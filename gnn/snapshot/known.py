"""What is learned from: the history up to the company's now."""

from datetime import datetime, timedelta
from pathlib import Path

from gnn.snapshot.read import history_log
from gnn.snapshot.tables import Log
from graph.clock import data_now
from graph.history import open_history, read_history
from graph.service import run_sync
from graph.store import Store

JUST_AFTER = timedelta(milliseconds=1)


READING = "1GB"
"""DuckDB's limit while the tables are read, for who has no budget to divide."""


def known_log(
    store: Store, fixed: datetime | None = None, home: Path | None = None, memory: str = READING
) -> tuple[Log, datetime]:
    """All that is known at the company's now (`fixed` where it is set), and that moment; nothing planned.

    Read from the history kept in `home`, or without one from the graph. memory: DuckDB's limit meanwhile.
    """
    now = run_sync(store, data_now) if fixed is None else fixed
    with read_history(store, memory) if home is None else open_history(store, home, memory) as history:
        return history_log(history, before=now + JUST_AFTER), now
