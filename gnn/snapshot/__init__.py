"""The past as tables: read from the graph, cut at a moment, kept as a Parquet folder with a content hash."""

from gnn.snapshot.cut import cut
from gnn.snapshot.folder import Snapshot, SnapshotDamaged, content_hash, load, take
from gnn.snapshot.moments import naive
from gnn.snapshot.read import read_log
from gnn.snapshot.tables import TABLES, Log, log_of

__all__ = [
    "TABLES", "Log", "Snapshot", "SnapshotDamaged", "content_hash", "cut", "load", "log_of", "naive",
    "read_log", "take",
]  # fmt: skip
