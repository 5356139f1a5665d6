"""Items to the graph: batches are prepared ahead, written in lanes, and then noted in the ledger.

A batch and its entry in the change log are one transaction.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from cypher import Query, template
from graph.history import touched_by
from graph.model import NODES, PARTS
from graph.sql import Relation
from graph.store import QueryTimeout, Store, writes
from ingest import tables
from ingest.load.lanes import Cell, Span, waves, write_lanes
from ingest.options import Progress
from ingest.sql import statement
from ingest.staging.database import Staging

LEAST = 100
"""Items: where even so few meet the time limit, something else is wrong."""
NOTED = 8
"""Batches that are noted together; a killed run writes at most so many again, which changes nothing."""

Clearable = Mapping[str, frozenset[str]]
"""Properties by label that this mapping states, so that what a row no longer says is removed."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are written by one statement: all of a label, or all of a type between two labels."""

    text: str
    kind: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the items of a batch are in `tables.PENDING`."""

    first: int
    last: int
    stale: bool
    """Whether the ledger holds other versions of some of these items."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one group as rows for the store."""

    group: Group
    place: Place
    rows: list[dict[str, Any]]

    @property
    def halves(self) -> tuple["Batch", "Batch"]:
        """The same items in two batches."""
        middle, (first, last, stale) = len(self.rows) // 2, astuple(self.place)
        before, behind = Place(first, first + middle - 1, stale), Place(first + middle, last, stale)
        return Batch(self.group, before, self.rows[:middle]), Batch(self.group, behind, self.rows[middle:])


@dataclass(frozen=True, slots=True)
class Notes:
    """Where written batches are noted: the ledger of staging, after the change log of the graph."""

    staging: Staging
    run_id: str
    database_id: str
    now: datetime
    open: list[Place]

    def change(self, batch: Batch) -> dict[str, Any]:
        """The entry of a batch in the change log."""
        group = batch.group
        props = {
            "at": self.now.isoformat(), "loaded_at": datetime.now(UTC).isoformat(),
            "run_id": self.run_id, "actor": "ingest",
            "kind": f"load.{group.name}", "count": len(batch.rows),
            "touched": touched_by(group.name, group.start, group.end, batch.rows),
        }  # fmt: skip
        return {"id": f"{self.run_id}:{group.text}:{batch.place.first}", "props": props}

    def add(self, place: Place) -> None:
        """Note a batch that the graph has, together with some that follow."""
        self.open.append(place)
        if len(self.open) >= NOTED:
            self.flush()

    def flush(self) -> None:
        """Note what is still open."""
        with self.staging.transaction():
            for place in self.open:
                self._note(place)
        self.open.clear()

    def _note(self, place: Place) -> None:
        span = {"database_id": self.database_id, "first": place.first, "last": place.last}
        if place.stale:
            self.staging.execute(
                statement("ledger.forget_batch", ledger=tables.LEDGER, pending=tables.PENDING, **span)
            )
        noted = statement("ledger.of_batch", pending=tables.PENDING, run_id=self.run_id, **span)
        self.staging.append(tables.LEDGER, noted)


def write_pending(
    staging: Staging, pending: Relation, store: Store, notes: Notes, clearable: Clearable, progress: Progress
) -> int:
    """Write the pending items; returns their number.

    An item is noted in the ledger only after the graph has it: a run that is killed is simply run again.
    A batch that meets the time limit of a query is written in halves.
    """
    total, done, turn = staging.count(pending), 0, threading.Lock()

    def write(batch: Batch) -> None:
        nonlocal done
        logged = writes.batches(writes.node_upsert("Change"), [notes.change(batch)])
        try:
            store.write_together([*_statements(batch), *logged])
        except QueryTimeout:  # the engine is slow: nothing of the batch was written
            if len(batch.rows) <= LEAST:
                raise
            for half in batch.halves:
                write(half)
            return
        with turn:
            notes.add(batch.place)
            done += len(batch.rows)
            progress(done, total)

    for group, cells in _groups(staging, pending):
        for lanes in waves(group.kind, cells, store.writers, own=group.start == group.end):
            write_lanes(
                [partial(_batches, staging, pending, group, spans, clearable) for spans in lanes], write
            )
    notes.flush()
    return total


def _groups(staging: Staging, pending: Relation) -> list[tuple[Group, list[Cell]]]:
    found = staging.rows(statement("target.groups", pending=pending))
    return [(Group(*group), [Cell(**cell) for cell in cells]) for *group, cells in found]


def _batches(
    staging: Staging, pending: Relation, group: Group, spans: list[Span], clearable: Clearable
) -> Iterator[Batch]:
    with staging.cursor() as cursor:
        for first, last in spans:
            yield _batch(cursor, pending, group, first, last, clearable)


def _batch(
    staging: Staging, pending: Relation, group: Group, first: int, last: int, clearable: Clearable
) -> Batch:
    """The bodies are one JSON document, read in one go."""
    items = staging.rows(statement("target.batch", pending=pending, first=first, last=last))
    rows: list[dict[str, Any]] = orjson.loads(f"[{','.join(body for body, _ in items)}]")
    stale = [row for row, (_, fresh) in zip(rows, items, strict=True) if not fresh]
    for row in stale:
        _clear(group, row["props"], clearable)
    return Batch(group, Place(first, last, bool(stale)), rows)


def _clear(group: Group, props: dict[str, Any], clearable: Clearable) -> None:
    """Say of an item that the graph already has what it no longer is: absent properties are removed."""
    if group.kind == "node":
        gone = clearable.get(group.name, frozenset())
    else:
        gone = REOPENED if "basis" in props else frozenset()
    props.update(dict.fromkeys(item for item in gone if item not in props))


REOPENED = frozenset({"valid_to", "known_to", "reason"})
"""Properties of a fact that ended and is stated again."""


def _statements(batch: Batch) -> Iterable[tuple[Query, Sequence[writes.Row]]]:
    group = batch.group
    if group.kind == "drop":
        return [(drop_query(group.name, group.start, group.end), batch.rows)]
    if group.kind == "node":
        upsert = writes.node_upsert(group.name)
    elif group.kind == "fact":
        upsert = writes.fact_upsert(group.name, group.start, group.end)
    else:
        upsert = writes.part_upsert(group.name, group.start, group.end)
    return writes.batches(upsert, batch.rows)


def drop_query(name: str, start: str, end: str) -> Query:
    """The removal of parts of one type between two labels that their record no longer states."""
    part_key = PARTS[name].part_key
    if part_key is None:
        return template("ingest.drop_part").render(**_slots(name, start, end))
    return template("ingest.drop_keyed_part").render(**_slots(name, start, end), part_key=part_key)


def drop_fact_query(name: str, start: str, end: str) -> Query:
    """The removal of facts of one type between two labels."""
    return template("ingest.drop_fact").render(**_slots(name, start, end))


def _slots(name: str, start: str, end: str) -> dict[str, str]:
    return {
        "type": name, "start": start, "start_key": NODES[start].key, "end": end, "end_key": NODES[end].key,
    }  # fmt: skip
