"""A snapshot on disk: one Parquet file per table and a manifest with a hash of the content."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import orjson
import pandas as pd

from gnn.snapshot.cut import cut
from gnn.snapshot.moments import naive, utc_text
from gnn.snapshot.pseudonyms import pseudonymised
from gnn.snapshot.read import read_log
from gnn.snapshot.tables import LATER, TABLES, Log, log_of
from graph.errors import RelgraphError
from graph.history.pages import Reader
from graph.private import close_files, private_folder


class SnapshotDamaged(RelgraphError):
    """The folder's tables are not those that its manifest describes."""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot's folder, its content hash and its tables."""

    folder: Path
    content_hash: str
    log: Log


def take(store: Reader, cutoff: datetime, out: Path) -> Snapshot:
    """Write what was known just before `cutoff` to the folder `out` (created; files of it are replaced)."""
    return keep(read_log(store, cutoff), cutoff, out)


def keep(known: Log, cutoff: datetime, out: Path, key: bytes | None = None) -> Snapshot:
    """Write what a log knows just before `cutoff` to the folder `out`, as `take` does.

    key: of pseudonyms; without one ids and names stay as they are.
    """
    log = cut(known, naive(cutoff))
    log = log if key is None else pseudonymised(log, key)
    if not out.is_dir():
        private_folder(out)
    for name in TABLES:
        log[name].to_parquet(out / f"{name}.parquet", index=False)
    digest = content_hash(log)
    manifest = {
        "cutoff": utc_text(cutoff),
        "content_hash": digest,
        "pseudonymised": key is not None,
        "rows": {name: len(log[name]) for name in TABLES},
    }
    (out / "manifest.json").write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    close_files(out)
    return Snapshot(out, digest, log)


def load(folder: Path) -> Snapshot:
    """Read a snapshot back; raises SnapshotDamaged where a file is missing or the content differs."""
    try:
        manifest = orjson.loads((folder / "manifest.json").read_bytes())
        held = [name for name in TABLES if name not in LATER or (folder / f"{name}.parquet").exists()]
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in held}
    except FileNotFoundError as error:
        raise SnapshotDamaged(f"{folder}: a file is missing ({error}); take the snapshot again") from error
    log = Log(log_of(tables).tables, naive(datetime.fromisoformat(manifest["cutoff"])))
    digest = content_hash(log)
    if digest != manifest["content_hash"]:
        raise SnapshotDamaged(f"{folder}: the tables differ from the manifest; take the snapshot again")
    return Snapshot(folder, digest, log)


def content_hash(log: Log) -> str:
    """SHA-256 over every table's rows in sorted order: the same facts give the same hash on any engine.

    Where nothing was deleted, that column counts for nothing, as in snapshots that did not have it.
    """
    digest = hashlib.sha256()
    for name, table in TABLES.items():
        if name in LATER and log[name].empty:
            continue
        columns = [one for one in table.columns if one != "ended_at" or log[name][one].notna().any()]
        digest.update(f"{name}:{','.join(columns)}:{len(log[name])}".encode())
        hashed = pd.util.hash_pandas_object(log[name][columns], index=False).to_numpy()
        digest.update(np.sort(hashed).tobytes())
    return digest.hexdigest()
