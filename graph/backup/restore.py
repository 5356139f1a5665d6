"""Fill an empty graph from a backup file."""

import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph import census, migrations
from graph.backup.archive import BackupError, Manifest, Table, unpack
from graph.backup.columns import to_props
from graph.model import NODES, PARTS
from graph.store import Store

Row = dict[str, Any]


def restore(store: Store, source: Path, now: datetime) -> Manifest:
    """Load a backup into an empty graph, which gets a new database id.

    Raises BackupError where the file is damaged or newer, the graph is not empty, or a row does not load.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = unpack(source, Path(folder))
        if manifest.schema_version > migrations.LATEST:
            raise BackupError(
                f"{source} has schema version {manifest.schema_version},"
                f" this program knows {migrations.LATEST}"
            )
        _check_empty(store)
        migrations.migrate(store, now)
        store.write("schema.reidentify", database_id=str(uuid.uuid4()), at=now.isoformat())
        for table in manifest.tables:
            _load(store, table, Path(folder) / table.file)
    return manifest


def _check_empty(store: Store) -> None:
    present = census.take(store)
    if present.nodes:
        raise BackupError(
            f"the graph is not empty ({sum(present.nodes.values())} nodes);"
            " restore into a new RELGRAPH_HOME or database"
        )


def _load(store: Store, table: Table, path: Path) -> None:
    if table.kind == "node":
        loaded = store.upsert_nodes(table.name, _nodes(table, path))
    elif table.start is None or table.end is None:
        raise BackupError(f"the manifest names no ends for {table.file}")
    elif table.kind == "fact":
        loaded = store.upsert_facts(table.name, table.start, table.end, _facts(path))
    else:
        loaded = store.upsert_parts(table.name, table.start, table.end, _parts(table, path))
    if loaded != table.rows:
        raise BackupError(f"of {table.rows} rows of {table.file}, {loaded} could be restored")


def _nodes(table: Table, path: Path) -> Iterator[Row]:
    key = NODES[table.name].key
    for row in _rows(path):
        props, moments = to_props((key,), row)
        yield {"id": row[key], "props": props, "moments": moments}


def _edges(path: Path) -> Iterator[Row]:
    for row in _rows(path):
        props, moments = to_props(("start", "end"), row)
        yield {"start": row["start"], "end": row["end"], "props": props, "moments": moments}


def _facts(path: Path) -> Iterator[Row]:
    for row in _edges(path):
        yield row | {"fact_id": row["props"].get("fact_id")}


def _parts(table: Table, path: Path) -> Iterator[Row]:
    part_key = PARTS[table.name].part_key
    for row in _edges(path):
        yield row | ({"key": row["props"].get(part_key)} if part_key else {})


def _rows(path: Path) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=5000):
            yield from batch.to_pylist()
