"""Tables of the history from the graph: all ids first, then the rows page by page, by their ids.

No page is a range of time, which the embedded engine finds by reading the whole label; and none can meet the
engine's limit: a page that does is asked again in halves. A page comes as one list: row by row, engine and
driver take several times as long.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, Protocol

import pyarrow as pa

from cypher import Query, template
from graph.history.rows import Props
from graph.history.tables import ATTRIBUTES, ENDS, POSITION, Table
from graph.model import NODES
from graph.store import QueryTimeout

PAGE = 5000
"""Ids whose rows are asked for at first."""
ROWS = 20_000
"""Rows that a page should bring; pages of what has many edges ask for fewer ids."""
IDS = 200_000
"""Ids that are listed at a time."""
LEAST_IDS = 1000
"""Where listing even so few meets the limit, something else is wrong."""


class Reader(Protocol):
    """The part of a store that is needed: rows of read statements."""

    def read(self, query: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a read statement."""

    def stream(self, query: str | Query, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Its rows one by one."""


def all_ids(store: Reader, label: str) -> pa.Array:
    """The ids of every node of a label, as compact as text can be.

    What is written meanwhile may be in it or not: the change log names it.
    """
    query = template("history.ids").render(label=label, key=NODES[label].key)
    chunks = [pa.array(ids, pa.large_string()) for ids in _listed(store, query)]
    return pa.chunked_array(chunks, pa.large_string()).unique()


def _listed(store: Reader, query: Query) -> Iterator[list[str]]:
    skip, size = 0, IDS
    while True:
        try:
            (row,) = store.read(query, skip=skip, size=size)
        except QueryTimeout:
            if size <= LEAST_IDS:
                raise
            size //= 2
            continue
        yield row["ids"]
        skip += row["seen"]
        if row["seen"] < size:
            return


def node_pages(store: Reader, table: Table, ids: pa.Array) -> Iterator[list[Props]]:
    """The nodes with these ids, in pages of rows by column."""
    return _pages(store, template("history.nodes").render(label=table.of, key=table.key[0]), ids)


def edge_pages(
    store: Reader, table: Table, label: str, ids: pa.Array, side: Literal["start", "end"]
) -> Iterator[list[Props]]:
    """The edges that have nodes with this label and these ids at one side, in pages of rows by column."""
    other = "end" if side == "start" else "start"
    properties = _properties(table)
    names = (f"{side}_id", f"{other}_label", f"{other}_id", *properties)
    for page in _pages(store, _edges(table, label, side, properties), ids):
        rows = [dict(zip(names, row, strict=True)) for row in page]
        for row in rows:
            row[f"{side}_label"] = label
        yield rows


def _properties(table: Table) -> tuple[str, ...]:
    return tuple(name for name in table.schema.names if name not in (*ENDS, ATTRIBUTES, POSITION))


def _edges(table: Table, label: str, side: Literal["start", "end"], properties: Iterable[str]) -> Query:
    key, others = NODES[label].key, table.others(label, side)
    other, columns = "|".join(others), "".join(f", r.{name}" for name in properties)
    if side == "start":
        slots = {"start": label, "start_key": key, "end": other, "end_key": _key_of("b", others)}
        return template("history.edges_of_start").render(type=table.of, columns=columns, **slots)
    slots = {"start": other, "start_key": _key_of("a", others), "end": label, "end_key": key}
    return template("history.edges_of_end").render(type=table.of, columns=columns, **slots)


def _key_of(name: str, labels: Iterable[str]) -> str:
    return f"coalesce({', '.join(f'{name}.{NODES[label].key}' for label in labels)})"


def _pages(store: Reader, query: Query, ids: pa.Array) -> Iterator[list[Any]]:
    """The rows of the statement for all ids; a page asks for as many as the last one lets expect."""
    start, size = 0, PAGE
    while start < len(ids):
        asked = ids.slice(start, size).to_pylist()
        try:
            (row,) = store.read(query, ids=asked)
        except QueryTimeout:
            if len(asked) == 1:
                raise
            size = max(1, len(asked) // 2)
            continue
        start += len(asked)
        size = max(1, min(PAGE, len(asked) * ROWS // max(1, len(row["rows"]))))
        yield row["rows"]
