"""Write the whole graph to one file."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cypher import Query, template
from graph import census, migrations
from graph.backup.archive import FORMAT, BackupError, Manifest, Table, checksum, pack
from graph.backup.columns import model_schema, to_columns
from graph.batches import batches
from graph.model import FACTS, NODES, PARTS
from graph.store import QueryTimeout, Store

PAGE = 5000
"""Ids per read; a page with its relationships is what one query returns and what is held in memory."""

Rows = list[dict[str, Any]]
Ids = Callable[[str], list[str]]


def backup(store: Store, target: Path, now: datetime) -> Manifest:
    """Export every node and relationship; the file appears only when it is whole.

    Rows are sorted by key, so that equal graphs give equal tables. Nothing may write meanwhile: the counts
    are compared at the end. Raises BackupError where `target` exists, where the graph holds labels or types
    outside the model, or where it changed while it was read.
    """
    if target.exists():
        raise BackupError(f"{target} exists already; choose another file")
    state = migrations.check(store)
    with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
        tables = tuple(_tables(store, Path(folder)))
        _check_whole(store, tables)
        manifest = Manifest(
            format=FORMAT,
            schema_version=state.version or 0,
            database_id=state.database_id or "",
            taken_at=now,
            tables=tables,
        )
        pack(Path(folder), manifest, target)
    return manifest


def _tables(store: Store, folder: Path) -> Iterator[Table]:
    known: dict[str, list[str]] = {}

    def ids(label: str) -> list[str]:
        if label not in known:
            query = template("transfer.ids").render(label=label, key=NODES[label].key)
            known[label] = sorted(row["id"] for row in store.stream(query))
        return known[label]

    for label in NODES:
        yield from _node_table(store, folder, label, ids)
    for kind, registry in (("fact", FACTS), ("part", PARTS)):
        for name, model in registry.items():
            for start, end in model.ends:
                yield from _edge_table(store, folder, (kind, name, start, end), ids)


def _node_table(store: Store, folder: Path, label: str, ids: Ids) -> Iterator[Table]:
    model = NODES[label]
    query = template("transfer.nodes").render(label=label, key=model.key)
    schema = model_schema(model, (model.key,))
    pages = (
        [
            to_columns(schema, {model.key: row["id"]}, row["props"])
            for row in sorted(page, key=lambda row: row["id"])
        ]
        for page in _pages(store, query, ids(label))
    )
    table = Table(file=f"nodes-{label}.parquet", kind="node", name=label, rows=0, sha256="")
    yield from _write(folder, table, schema, pages)


def _edge_table(store: Store, folder: Path, what: tuple[str, str, str, str], ids: Ids) -> Iterator[Table]:
    kind, name, start, end = what
    if not _any(store, type=name, start=start, end=end):
        return
    slots = {"start": start, "start_key": NODES[start].key, "end": end, "end_key": NODES[end].key}
    model = (FACTS | PARTS)[name]
    by_end = model.anchor == "end"
    query = template(f"transfer.relationships{'_from_end' if by_end else ''}").render(type=name, **slots)
    schema = model_schema(model, ("start", "end"))
    pages = (
        sorted(
            (to_columns(schema, {"start": row["start"], "end": row["end"]}, row["props"]) for row in page),
            key=_edge_order,
        )
        for page in _pages(store, query, ids(end if by_end else start))
    )
    file = f"relationships-{name}-{start}-{end}.parquet"
    table = Table(file=file, kind=kind, name=name, start=start, end=end, rows=0, sha256="")
    yield from _write(folder, table, schema, pages)


def _any(store: Store, **what: str) -> bool:
    """Whether there is one such edge: cheaper than a query per page. Where that takes too long, perhaps."""
    try:
        return store.one(template("transfer.any").render(**what)) is not None
    except QueryTimeout:
        return True


def _edge_order(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["start"],
        row["end"],
        row["other"],
        str(sorted((key, str(item)) for key, item in row.items())),
    )


def _pages(store: Store, query: Query, ids: list[str]) -> Iterator[Rows]:
    for page in batches(ids, PAGE):
        yield store.read(query, ids=page)


def _write(folder: Path, table: Table, schema: pa.Schema, pages: Iterator[Rows]) -> Iterator[Table]:
    """Write one table; an empty one is left out."""
    path, rows = folder / table.file, 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for page in pages:
            writer.write_table(pa.Table.from_pylist(page, schema=schema))
            rows += len(page)
    if rows:
        yield table.model_copy(update={"rows": rows, "sha256": checksum(path)})


def _check_whole(store: Store, tables: tuple[Table, ...]) -> None:
    """Compare with the graph's own counts: nothing outside the model, nothing that came or went meanwhile."""
    present = census.take(store)
    exported: dict[str, int] = {}
    for table in tables:
        exported[table.name] = exported.get(table.name, 0) + table.rows
    for name, count in (present.nodes | present.relationships).items():
        if exported.get(name, 0) != count:
            raise BackupError(
                f"the graph holds {count} {name}, the export {exported.get(name, 0)}: it changed meanwhile,"
                " or holds labels or ends that the model does not know; nothing was written"
            )
