"""The folder of a kept history: writing files for its owner alone, and removing what no manifest names."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph.history.manifest import File, Manifest, named
from graph.history.tables import TABLES
from graph.private import private_folder
from graph.sql import Sql, as_parquet, bind, fill
from graph.sql.run import execute
from graph.store.embedded.locks import FileLock

LOCK_S = 3600.0
"""Longest wait for another process that builds the history or adds to it."""
CHANGES = "changes"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that changes the history; raises TimeoutError. Readers need no lock."""
    lock = FileLock(folder / "write.lock")
    lock.acquire(LOCK_S)
    try:
        yield
    finally:
        lock.release()


def new_folder(folder: Path, table: str, sequence: int, what: str) -> Path:
    """An empty folder for files of a table; what a killed process left there is removed."""
    place = folder / table / f"{sequence:08}-{what}"
    shutil.rmtree(place, ignore_errors=True)
    return private_folder(place)


def write_rows(
    connection: duckdb.DuckDBPyConnection, query: Sql, folder: Path, place: Path
) -> tuple[File, ...]:
    """The rows of a query as one Parquet file below `folder`; none where there are none."""
    path = place / "rows.parquet"
    execute(connection, as_parquet(query, path))
    return tuple(_files(folder, [path]))


def write_months(
    connection: duckdb.DuckDBPyConnection, query: Sql, folder: Path, place: Path
) -> tuple[File, ...]:
    """The rows of a query, which ends in a column `month`, as files of a folder per month."""
    copy = fill(
        "COPY ({query}) TO {path} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month))",
        query=query, path=bind(str(place)),
    )  # fmt: skip
    execute(connection, copy)
    return tuple(_files(folder, sorted(place.rglob("*.parquet"))))


def write_changes(folder: Path, sequence: int, ids: Iterable[str]) -> str:
    """The ids of the changes that the history holds, as a file."""
    path = new_folder(folder, CHANGES, sequence, "ids") / "rows.parquet"
    pq.write_table(pa.table({"change_id": pa.array(sorted(ids), pa.string())}), path, compression="zstd")
    path.chmod(0o600)
    return str(path.relative_to(folder))


def read_changes(folder: Path, manifest: Manifest) -> frozenset[str]:
    """The ids of the changes that the history holds."""
    return frozenset(pq.read_table(folder / manifest.changes)["change_id"].to_pylist())


def remove_unnamed(folder: Path, manifest: Manifest) -> None:
    """Remove the files that neither this manifest nor the one before it names."""
    kept = {folder / path for path in (*named(manifest), *manifest.retired)}
    for place in (*TABLES, CHANGES):
        for path in (folder / place).rglob("*.parquet"):
            if path not in kept:
                path.unlink()
        for path in sorted((folder / place).rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Whether every file that the manifest names is there."""
    return all((folder / path).is_file() for path in named(manifest))


def paths(folder: Path, files: Iterable[File]) -> list[str]:
    """Where the files are, as DuckDB takes them."""
    return [str(folder / file.path) for file in files]


def _files(folder: Path, written: Iterable[Path]) -> Iterator[File]:
    for path in written:
        rows = pq.read_metadata(path).num_rows
        if not rows:
            path.unlink()
            continue
        path.chmod(0o600)
        for parent in path.relative_to(folder).parents:
            (folder / parent).chmod(0o700)
        yield File(path=str(path.relative_to(folder)), rows=rows)
