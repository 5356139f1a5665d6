"""A history that is read from the graph for one use, and not kept."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.history.connection import connect
from graph.history.history import History
from graph.history.manifest import File, Files
from graph.history.pages import Reader, all_ids, edge_pages, node_pages
from graph.history.rows import Props, arrow_rows
from graph.history.tables import LABELS, TABLES, Table
from graph.history.views import add_views

GROUP = 50_000
"""Rows that are held before they are written."""


def read_history(store: Reader, limits: DuckDbLimits = USUAL_LIMITS) -> History:
    """The history of a graph in a temporary folder, gone when it is closed. limits: of DuckDB."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="relgraph-history-")))
        position = sum(1 for _ in store.stream("history.changes"))
        tables = {name: Files(base=(file,)) for name, file in write_all(store, folder, position) if file.rows}
        connection = opened.enter_context(connect(limits, folder / "spill"))
        add_views(connection, folder, tables)
        return History(connection, position, position, tables, opened.pop_all())


def write_all(store: Reader, folder: Path, position: int) -> Iterator[tuple[str, File]]:
    """Every table of the graph as a file of its own, its rows in no order.

    Label by label, so that the ids of one label are in memory at a time.
    """
    with ExitStack() as open_writers:
        writers: dict[str, pq.ParquetWriter] = {}
        rows = dict.fromkeys(TABLES, 0)
        for table in TABLES.values():
            writer = pq.ParquetWriter(folder / f"{table.name}.parquet", table.schema, compression="zstd")
            writers[table.name] = open_writers.enter_context(writer)
        for label in LABELS:
            ids = all_ids(store, label)
            for table, pages in _of_label(store, label, ids):
                for group in grouped(table, pages, position):
                    writers[table.name].write_table(group)
                    rows[table.name] += len(group)
    for name, count in rows.items():
        yield name, File(path=f"{name}.parquet", rows=count)


def _of_label(store: Reader, label: str, ids: pa.Array) -> Iterator[tuple[Table, Iterator[list[Props]]]]:
    """The nodes of a label, and the edges of which it is the anchor."""
    for table in TABLES.values():
        if table.kind == "node" and table.of == label:
            yield table, node_pages(store, table, ids)
        elif label in table.anchors:
            yield table, edge_pages(store, table, label, ids, table.anchor)


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
