"""What is learned from: the history up to the company's now."""

from datetime import datetime, timedelta

from gnn.snapshot.read import read_log
from gnn.snapshot.tables import Log
from graph.clock import data_now
from graph.service import run_sync
from graph.store import Store

JUST_AFTER = timedelta(milliseconds=1)


def known_log(store: Store, fixed: datetime | None = None) -> tuple[Log, datetime]:
    """All that is known at the company's now (`fixed` where it is set), and that moment; nothing planned."""
    now = run_sync(store, data_now) if fixed is None else fixed
    return read_log(store, before=now + JUST_AFTER), now
