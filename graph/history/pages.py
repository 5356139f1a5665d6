"""Tables of the history from the graph: all ids first, then the rows page by page, by their ids.

No page is a range of time, which the embedded engine finds by reading the whole label; and none can meet the
engine's limit: a page that does is asked again in halves.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, Protocol

import pyarrow as pa

from cypher import Query, template
from graph.batches import batches
from graph.history.rows import Props
from graph.history.tables import Table
from graph.model import NODES
from graph.store import QueryTimeout

PAGE = 5000
"""Ids asked for at first."""
ROWS = 20_000
"""Rows that a page should bring; pages of what has many edges ask for fewer ids."""
CHUNK = 100_000
"""Ids that are kept as Python text at a time."""


class Reader(Protocol):
    """The part of a store that is needed: rows of read statements."""

    def read(self, query: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a read statement."""

    def stream(self, query: str | Query, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Its rows one by one."""


def all_ids(store: Reader, label: str) -> pa.ChunkedArray:
    """The ids of every node of a label, as compact as text can be."""
    query = template("transfer.ids").render(label=label, key=NODES[label].key)
    ids = (row["id"] for row in store.stream(query))
    chunks = [pa.array(chunk, pa.large_string()) for chunk in batches(ids, CHUNK)]
    return pa.chunked_array(chunks, pa.large_string())


def node_pages(store: Reader, table: Table, ids: pa.ChunkedArray) -> Iterator[list[Props]]:
    """The nodes with these ids, in pages of rows by column."""
    query = template("transfer.nodes").render(label=table.of, key=table.key[0])
    for page in _pages(store, query, ids):
        for row in page:
            row["props"][table.key[0]] = row["id"]
        yield [row["props"] for row in page]


def edge_pages(
    store: Reader, table: Table, label: str, ids: pa.ChunkedArray, side: Literal["start", "end"]
) -> Iterator[list[Props]]:
    """The edges that have nodes with this label and these ids at one side, in pages of rows by column."""
    query = _edges(table, label, side)
    other = "end" if side == "start" else "start"
    for page in _pages(store, query, ids):
        for row in page:
            ends = {
                f"{side}_label": label, f"{side}_id": row["anchor_id"],
                f"{other}_label": row["other_labels"][0], f"{other}_id": row["other_id"],
            }  # fmt: skip
            row["props"].update(ends)
        yield [row["props"] for row in page]


def _edges(table: Table, label: str, side: Literal["start", "end"]) -> Query:
    key, others = NODES[label].key, table.others(label, side)
    other = "|".join(others)
    if side == "start":
        slots = {"start": label, "start_key": key, "end": other, "end_key": _key_of("b", others)}
        return template("history.edges_of_start").render(type=table.of, **slots)
    slots = {"start": other, "start_key": _key_of("a", others), "end": label, "end_key": key}
    return template("history.edges_of_end").render(type=table.of, **slots)


def _key_of(name: str, labels: Iterable[str]) -> str:
    return f"coalesce({', '.join(f'{name}.{NODES[label].key}' for label in labels)})"


def _pages(store: Reader, query: Query, ids: pa.ChunkedArray) -> Iterator[list[dict[str, Any]]]:
    """The rows of the statement for all ids; a page asks for as many as the last one lets expect."""
    start, size = 0, PAGE
    while start < len(ids):
        asked = ids.slice(start, size).to_pylist()
        try:
            rows = store.read(query, ids=asked)
        except QueryTimeout:
            if len(asked) == 1:
                raise
            size = max(1, len(asked) // 2)
            continue
        start += len(asked)
        size = max(1, min(PAGE, len(asked) * ROWS // max(1, len(rows))))
        yield rows
