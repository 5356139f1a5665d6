"""Items to the graph: one thread prepares batches, this one writes them and then notes them in the ledger."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import orjson

from cypher import template
from graph.model import NODES
from graph.store import Store
from ingest import sql
from ingest.sql import Sql, fill
from ingest.staging.database import Staging

BATCH = 5000
"""Items per transaction."""
AHEAD = 4
"""Batches that are prepared before the writer needs them."""
NOTED = 8
"""Batches that are noted together; a killed run writes at most so many again, which changes nothing."""

Clearable = Mapping[str, frozenset[str]]
"""Properties by label that this mapping states, so that what a row no longer says is removed."""
Progress = Callable[[int, int], None]
"""Called with the number of items written so far and in all."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one group with their place in `work.todo`."""

    group: str
    first: int
    last: int
    rows: list[dict[str, Any]]
    stale: bool
    """Whether the ledger holds other versions of some of these items."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Where written batches are noted: the change log of the graph and the ledger of staging."""

    connection: Staging
    store: Store
    run_id: str
    database_id: str
    now: datetime
    open: list[Batch]

    def add(self, batch: Batch) -> None:
        """Note a batch, by and by."""
        self.open.append(batch)
        if len(self.open) >= NOTED:
            self.flush()

    def flush(self) -> None:
        """Note what is still open."""
        if self.open:
            self.store.upsert_nodes("Change", map(self._change, self.open))
            _note_ledger(self.connection, self.open, self.run_id, self.database_id)
            self.open.clear()

    def _change(self, batch: Batch) -> dict[str, Any]:
        name = batch.group.split("|")[1]
        props = {
            "at": self.now.isoformat(), "run_id": self.run_id, "actor": "ingest", "kind": f"load.{name}",
            "count": len(batch.rows),
        }  # fmt: skip
        return {"id": f"{self.run_id}:{batch.group}:{batch.first}", "props": props}


def write_todo(
    connection: Staging, store: Store, run_id: str, database_id: str, now: datetime,
    clearable: Clearable, progress: Progress,
) -> int:  # fmt: skip
    """Write `work.todo`; returns the number of items.

    An item is noted in the ledger only after the graph has it: a run that is killed is simply run again.
    """
    total = int(connection.execute("SELECT count(*) FROM work.todo").fetchall()[0][0])
    done = 0
    notes = Notes(connection, store, run_id, database_id, now, [])
    for batch in _ahead(connection, clearable):
        _write(store, batch)
        notes.add(batch)
        done += len(batch.rows)
        progress(done, total)
    notes.flush()
    return total


def _ahead(connection: Staging, clearable: Clearable) -> Iterator[Batch]:
    """Batches in order, prepared by another thread; its error is raised here."""
    ready: queue.Queue[Batch | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()

    def offer(item: Batch | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.5)
            except queue.Full:
                continue
            return True
        return False

    def prepare() -> None:
        try:
            with connection.cursor() as cursor:
                for batch in _batches(cursor, clearable):
                    if not offer(batch):
                        return
            offer(None)
        except duckdb.Error as error:
            offer(error)

    thread = threading.Thread(target=prepare, name="ingest-prepare", daemon=True)
    thread.start()
    try:
        yield from _drain(ready)
    finally:
        stop.set()
        thread.join()


def _drain(ready: "queue.Queue[Batch | BaseException | None]") -> Iterator[Batch]:
    while (item := ready.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item


def _batches(connection: Staging, clearable: Clearable) -> Iterator[Batch]:
    """Nodes before facts before parts: a relationship finds both its ends."""
    groups = connection.execute(
        """SELECT grp, min(seq), max(seq) FROM work.todo GROUP BY grp
        ORDER BY CASE split_part(grp, '|', 1) WHEN 'drop' THEN 0 WHEN 'node' THEN 1 WHEN 'fact' THEN 2
            ELSE 3 END, grp"""
    ).fetchall()
    for group, first, last in groups:
        for start in range(first, last + 1, BATCH):
            end = min(start + BATCH - 1, last)
            rows, stale = _rows(connection, group, start, end, clearable)
            yield Batch(group, start, end, rows, stale)


def _rows(
    connection: Staging, group: str, first: int, last: int, clearable: Clearable
) -> tuple[list[dict[str, Any]], bool]:
    """The bodies as one JSON document, read in one go: and whether any is stale."""
    found = connection.execute(
        fill(
            """SELECT '[' || string_agg(body, ',' ORDER BY seq) || ']',
                list(seq ORDER BY seq) FILTER (NOT fresh) FROM work.todo WHERE seq BETWEEN {a} AND {b}""",
            a=sql.bind(first), b=sql.bind(last),
        )
    ).fetchall()  # fmt: skip
    rows: list[dict[str, Any]] = orjson.loads(found[0][0])
    for seq in found[0][1] or ():
        _clear(group, rows[seq - first]["props"], clearable)
    return rows, bool(found[0][1])


def _clear(group: str, props: dict[str, Any], clearable: Clearable) -> None:
    """Say of an item that the graph already has what it no longer is: absent properties are removed."""
    kind, name = group.split("|")[:2]
    gone = clearable.get(name, frozenset()) if kind == "node" else _REOPENED if "basis" in props else ()
    props.update(dict.fromkeys(item for item in gone if item not in props))


_REOPENED = ("valid_to", "known_to", "reason")
"""Properties of a fact that ended and is stated again."""


def _write(store: Store, batch: Batch) -> None:
    kind, *names = batch.group.split("|")
    if kind == "node":
        store.upsert_nodes(names[0], batch.rows)
    elif kind == "fact":
        store.upsert_facts(names[0], names[1], names[2], batch.rows)
    elif kind == "part":
        store.upsert_parts(names[0], names[1], names[2], batch.rows)
    else:
        _drop(store, names[0], names[1], names[2], batch.rows)


def _drop(store: Store, kind: str, start: str, end: str, rows: list[dict[str, Any]]) -> None:
    """Remove parts that their record no longer states; facts are never removed."""
    keys = {"start_key": NODES[start].key, "end_key": NODES[end].key}
    store.write(template("ingest.drop_part").render(type=kind, start=start, end=end, **keys), rows=rows)


def _note_ledger(connection: Staging, batches: list[Batch], run_id: str, database_id: str) -> None:
    database = sql.bind(database_id)
    connection.execute("BEGIN")
    stale = [batch for batch in batches if batch.stale]
    if stale:
        connection.execute(
            fill(
                """DELETE FROM ledger WHERE database_id = {db} AND item IN
                (SELECT item FROM work.todo WHERE ({among}) AND NOT fresh)""",
                db=database, among=_among(stale),
            )
        )  # fmt: skip
    connection.execute(
        fill(
            """INSERT INTO ledger SELECT {db}, split_part(grp, '|', 1), item, hash, {run} FROM work.todo
            WHERE {among}""",
            db=database, run=sql.bind(run_id), among=_among(batches),
        )
    )  # fmt: skip
    connection.execute("COMMIT")


def _among(batches: list[Batch]) -> Sql:
    return sql.any_of(
        fill("seq BETWEEN {a} AND {b}", a=sql.bind(batch.first), b=sql.bind(batch.last)) for batch in batches
    )
