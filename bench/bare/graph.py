"""A whole graph as rows: read from a loaded engine, written to an empty one by UNWIND and MERGE."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from neo4j import Driver, ManagedTransaction, Session
from neo4j.time import DateTime

from bench.bare.text import pattern, statement, times_clause
from graph.model import FACTS, NODES, PARTS

BATCH = 10_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """All rows of one kind with the statement that writes them."""

    text: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Kind:
    """One relationship type between two labels, and the property that tells parallel ones apart."""

    type: str
    start: str
    end: str
    key: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class BareGraph:
    """Nodes before relationships, in writing order."""

    nodes: list[Batch]
    relationships: list[Batch]

    @property
    def counts(self) -> tuple[int, int]:
        return (sum(len(b.rows) for b in self.nodes), sum(len(b.rows) for b in self.relationships))

    @property
    def items(self) -> int:
        return sum(self.counts)


def read_graph(driver: Driver, database: str) -> BareGraph:
    """Everything the engine holds, as rows that `write_graph` can write."""
    with driver.session(database=database) as session:
        nodes = [_node_batch(session, label, node.key) for label, node in NODES.items()]
        relationships = [_relationship_batch(session, kind) for kind in kinds()]
    return BareGraph([b for b in nodes if b.rows], [b for b in relationships if b.rows])


def write_graph(driver: Driver, database: str, graph: BareGraph) -> None:
    """Write everything in batches of 10,000 rows."""
    with driver.session(database=database) as session:
        for batch in (*graph.nodes, *graph.relationships):
            for rows in _slices(batch.rows):
                session.execute_write(_write, batch.text, rows)


def kinds() -> Iterator[Kind]:
    """Every relationship the model allows."""
    for fact in FACTS.values():
        yield from (Kind(fact.type, start, end, "fact_id", fact.anchor) for start, end in fact.ends)
    for part in PARTS.values():
        yield from (Kind(part.type, start, end, part.part_key, part.anchor) for start, end in part.ends)


def _write(transaction: ManagedTransaction, text: str, rows: list[Row]) -> None:
    transaction.run(text, rows=rows).consume()


def _node_batch(session: Session, label: str, key: str) -> Batch:
    names = {"label": label, "key": key}
    rows, times = _plain(session.run(statement("read_nodes", **names)), None)
    return Batch(statement("node", **names, times=times_clause("n", times)), rows)


def _relationship_batch(session: Session, kind: Kind) -> Batch:
    names = {"type": kind.type, "start": kind.start, "end": kind.end}
    names |= {"start_key": NODES[kind.start].key, "end_key": NODES[kind.end].key}
    rows, times = _plain(session.run(statement("read_relationships", **names)), kind.key)
    merged = pattern(kind.type, kind.key, kind.anchor)
    return Batch(statement("relationship", **names, pattern=merged, times=times_clause("r", times)), rows)


def _plain(records: Iterable[Mapping[str, Any]], key: str | None) -> tuple[list[Row], set[str]]:
    """Rows with their moments apart as ISO text, and the names of the properties that hold moments."""
    names: set[str] = set()
    rows = []
    for record in records:
        props = dict(record["props"])
        times = {name: _iso(props.pop(name)) for name, value in record["props"].items() if _is_moment(value)}
        names |= times.keys()
        identity = {"key": props.get(key)} if key else {}
        rows.append({**record, **identity, "props": props, "times": times})
    return rows, names


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime | DateTime)


def _iso(value: Any) -> str:
    moment: datetime = value.to_native() if isinstance(value, DateTime) else value
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()


def _slices(rows: list[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while part := list(islice(remaining, BATCH)):
        yield part
