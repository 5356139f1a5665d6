"""A history that is read from the graph for one use, and not kept."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from graph.history.connection import add_views, connect
from graph.history.history import History
from graph.history.pages import Reader, all_ids, edge_pages, node_pages
from graph.history.rows import Props, arrow_rows
from graph.history.tables import LABELS, TABLES, Table

GROUP = 50_000
"""Rows that are held before they are written."""


def read_history(store: Reader, memory: str = "2GB") -> History:
    """The history of a graph in a temporary folder, gone when it is closed. memory: DuckDB's limit."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="relgraph-history-")))
        position = sum(1 for _ in store.stream("history.changes"))
        files = {name: [path] for name, path in _write_all(store, folder, position)}
        connection = opened.enter_context(connect(memory, folder / "spill"))
        add_views(connection, files)
        return History(connection, position, opened.pop_all())


def _write_all(store: Reader, folder: Path, position: int) -> Iterator[tuple[str, Path]]:
    """Every table into its file, anchor by anchor, so that the ids of one label are held at a time."""
    writers: dict[str, pq.ParquetWriter] = {}
    with ExitStack() as open_writers:
        for table in TABLES.values():
            writer = pq.ParquetWriter(folder / f"{table.name}.parquet", table.schema, compression="zstd")
            writers[table.name] = open_writers.enter_context(writer)
        for label in LABELS:
            ids = all_ids(store, label)
            for table, pages in _of_label(store, label, ids):
                for rows in grouped(table, pages, position):
                    writers[table.name].write_table(rows)
    for name in writers:
        yield name, folder / f"{name}.parquet"


def _of_label(
    store: Reader, label: str, ids: pa.ChunkedArray
) -> Iterator[tuple[Table, Iterator[list[Props]]]]:
    """The nodes of a label, and the edges of which it is the anchor."""
    for table in TABLES.values():
        if table.kind == "node" and table.of == label:
            yield table, node_pages(store, table, ids)
        elif label in table.anchors:
            yield table, edge_pages(store, table, label, table.anchors[label], ids)


def grouped(table: Table, pages: Iterable[list[Props]], position: int) -> Iterator[pa.Table]:
    """The rows of pages as Arrow tables of some size."""
    held: list[pa.Table] = []
    for page in pages:
        if page:
            held.append(arrow_rows(table, page, position))
        if sum(map(len, held)) >= GROUP:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)
