"""A whole graph as rows: read from a loaded engine, written to an empty one by UNWIND and MERGE."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from neo4j import Driver, Session
from neo4j.time import DateTime

from bench.bare.text import statement, temporal_clause
from graph.model import FACTS, NODES, PARTS

BATCH = 10_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """All rows of one kind with the statement that writes them."""

    text: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class BareGraph:
    """Nodes before relationships, in writing order."""

    nodes: list[Batch]
    relationships: list[Batch]

    @property
    def counts(self) -> tuple[int, int]:
        """Number of nodes and of relationships."""
        return (sum(len(b.rows) for b in self.nodes), sum(len(b.rows) for b in self.relationships))

    @property
    def items(self) -> int:
        """Nodes and relationships together."""
        return sum(self.counts)


def read_graph(driver: Driver, database: str) -> BareGraph:
    """Everything the engine holds, as rows that `write_graph` can write."""
    with driver.session(database=database) as session:
        nodes = [_node_batch(session, label, kind.key) for label, kind in NODES.items()]
        kinds = [*_fact_kinds(), *_part_kinds()]
        relationships = [_relationship_batch(session, *kind) for kind in kinds]
    return BareGraph([b for b in nodes if b.rows], [b for b in relationships if b.rows])


def write_graph(driver: Driver, database: str, graph: BareGraph) -> float:
    """Write everything in batches of 10,000 rows; returns the seconds it took."""
    began = time.perf_counter()
    with driver.session(database=database) as session:
        for batch in (*graph.nodes, *graph.relationships):
            for rows in _slices(batch.rows):
                session.execute_write(
                    lambda tx, text, part: tx.run(text, rows=part).consume(), batch.text, rows
                )
    return time.perf_counter() - began


def _fact_kinds() -> Iterator[tuple[str, str, str, str | None]]:
    return ((kind.type, start, end, "fact_id") for kind in FACTS.values() for start, end in kind.ends)


def _part_kinds() -> Iterator[tuple[str, str, str, str | None]]:
    return ((kind.type, start, end, kind.part_key) for kind in PARTS.values() for start, end in kind.ends)


def _node_batch(session: Session, label: str, key: str) -> Batch:
    names = {"label": label, "key": key}
    rows, temporal = _plain(session.run(statement("read_nodes", **names)))
    return Batch(statement("node", **names, temporal=temporal_clause("n", temporal)), rows)


def _relationship_batch(session: Session, type_: str, start: str, end: str, key: str | None) -> Batch:
    names = {"type": type_, "start": start, "end": end}
    names |= {"start_key": NODES[start].key, "end_key": NODES[end].key}
    rows, temporal = _plain(session.run(statement("read_relationships", **names)))
    identity = f" {{{key}: row.props.{key}}}" if key else ""
    text = statement("relationship", **names, identity=identity, temporal=temporal_clause("r", temporal))
    return Batch(text, rows)


def _plain(records: Iterable[Mapping[str, Any]]) -> tuple[list[Row], frozenset[str]]:
    """Rows with ISO strings for instants, and the names of the properties that hold them."""
    temporal: set[str] = set()
    rows = []
    for record in records:
        row = dict(record)
        temporal |= {name for name, value in row["props"].items() if isinstance(value, datetime | DateTime)}
        row["props"] = {name: _iso(value) for name, value in row["props"].items()}
        rows.append(row)
    return rows, frozenset(temporal)


def _iso(value: Any) -> Any:
    native = value.to_native() if isinstance(value, DateTime) else value
    if not isinstance(native, datetime):
        return native
    return (native.replace(tzinfo=UTC) if native.tzinfo is None else native.astimezone(UTC)).isoformat()


def _slices(rows: list[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while part := list(islice(remaining, BATCH)):
        yield part
