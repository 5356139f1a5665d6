"""Items to the graph: batches are prepared ahead, written in lanes, and then noted in the ledger."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson

from cypher import template
from graph.history import touched_by
from graph.model import NODES, PARTS
from graph.sql import Relation
from graph.store import Store
from ingest import tables
from ingest.load.lanes import Cell, Span, waves, write_lanes
from ingest.sql import statement
from ingest.staging.database import Staging

NOTED = 8
"""Batches that are noted together; a killed run writes at most so many again, which changes nothing."""

Clearable = Mapping[str, frozenset[str]]
"""Properties by label that this mapping states, so that what a row no longer says is removed."""
Progress = Callable[[int, int], None]
"""Called with the number of items written so far and in all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are written by one statement: all of a label, or all of a type between two labels."""

    text: str
    kind: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one group with their place in `tables.PENDING`."""

    group: Group
    first: int
    last: int
    rows: list[dict[str, Any]]
    stale: bool
    """Whether the ledger holds other versions of some of these items."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Where written batches are noted: the change log of the graph and the ledger of staging."""

    staging: Staging
    store: Store
    run_id: str
    database_id: str
    now: datetime
    open: list[Batch]

    def add(self, batch: Batch) -> None:
        """Note a batch, together with some that follow."""
        self.open.append(batch)
        if len(self.open) >= NOTED:
            self.flush()

    def flush(self) -> None:
        """Note what is still open."""
        if self.open:
            self.store.upsert_nodes("Change", map(self._change, self.open))
            self._note_ledger()
            self.open.clear()

    def _change(self, batch: Batch) -> dict[str, Any]:
        props = {
            "at": self.now.isoformat(), "run_id": self.run_id, "actor": "ingest",
            "kind": f"load.{batch.group.name}", "count": len(batch.rows),
            "touched": touched_by(batch.group.name, batch.group.start, batch.group.end, batch.rows),
        }  # fmt: skip
        return {"id": f"{self.run_id}:{batch.group.text}:{batch.first}", "props": props}

    def _note_ledger(self) -> None:
        with self.staging.transaction():
            for batch in self.open:
                place = {"database_id": self.database_id, "first": batch.first, "last": batch.last}
                if batch.stale:
                    self.staging.execute(
                        statement(
                            "ledger.forget_batch", ledger=tables.LEDGER, pending=tables.PENDING, **place
                        )
                    )
                noted = statement("ledger.of_batch", pending=tables.PENDING, run_id=self.run_id, **place)
                self.staging.append(tables.LEDGER, noted)


def write_pending(
    staging: Staging, pending: Relation, store: Store, notes: Notes, clearable: Clearable, progress: Progress
) -> int:
    """Write the pending items; returns their number.

    An item is noted in the ledger only after the graph has it: a run that is killed is simply run again.
    """
    total, done, turn = staging.count(pending), 0, threading.Lock()

    def write(batch: Batch) -> None:
        nonlocal done
        _write(store, batch)
        with turn:
            notes.add(batch)
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
    query = statement("target.batch", pending=pending, first=first, last=last)
    bodies, stale = staging.rows(query)[0]
    rows: list[dict[str, Any]] = orjson.loads(bodies)
    for seq in stale or ():
        _clear(group, rows[seq - first]["props"], clearable)
    return Batch(group, first, last, rows, bool(stale))


def _clear(group: Group, props: dict[str, Any], clearable: Clearable) -> None:
    """Say of an item that the graph already has what it no longer is: absent properties are removed."""
    if "ended_at" in props:
        return  # what has ended keeps its last values
    if group.kind == "node":
        gone = clearable.get(group.name, frozenset())
    else:
        gone = REOPENED if "basis" in props else frozenset()
    props.update(dict.fromkeys(item for item in gone if item not in props))


REOPENED = frozenset({"valid_to", "known_to", "reason"})
"""Properties of a fact that ended and is stated again."""


def _write(store: Store, batch: Batch) -> None:
    group = batch.group
    if group.kind == "node":
        store.upsert_nodes(group.name, batch.rows)
    elif group.kind == "fact":
        store.upsert_facts(group.name, group.start, group.end, batch.rows)
    elif group.kind == "part":
        store.upsert_parts(group.name, group.start, group.end, batch.rows)
    else:
        _drop(store, group, batch.rows)


def _drop(store: Store, group: Group, rows: list[dict[str, Any]]) -> None:
    """Remove parts that their record no longer states; facts are never removed."""
    slots = {
        "type": group.name, "start": group.start, "start_key": NODES[group.start].key, "end": group.end,
        "end_key": NODES[group.end].key,
    }  # fmt: skip
    part_key = PARTS[group.name].part_key
    if part_key is None:
        store.write(template("ingest.drop_part").render(**slots), rows=rows)
    else:
        store.write(template("ingest.drop_keyed_part").render(**slots, part_key=part_key), rows=rows)
