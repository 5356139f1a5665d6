"""What a revert changes, written to the graph: each batch with its entry in the change log, repeatable."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson

from cypher import Query, template
from graph.batches import batches
from graph.history import ENDED, MERGED, packed, touched_by
from graph.model import NODES
from graph.store import Store, writes
from ingest import tables
from ingest.load.write import drop_fact_query, drop_query
from ingest.sql import statement
from ingest.staging.database import Staging

BATCH = 1000
"""Items in one transaction."""

Group = tuple[str, str, str]
"""Label or type, and the labels of both ends (empty for a node)."""


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes to a graph and says so in its change log, as one run."""

    store: Store
    run_id: str
    now: datetime

    def write(self, query: Query, group: str, number: int, rows: list[dict[str, Any]], **said: Any) -> None:
        """The rows by a statement of their own."""
        self.write_all([(query, rows)], group, number, len(rows), **said)

    def write_all(
        self, statements: list[tuple[Query, list[Any]]], group: str, number: int, count: int, **said: Any
    ) -> None:
        """Statements with the entry in the change log, in one transaction."""
        props = {
            "at": self.now.isoformat(), "loaded_at": datetime.now(UTC).isoformat(), "run_id": self.run_id,
            "actor": "ingest", "count": count, **said,
        }  # fmt: skip
        change = {"id": f"{self.run_id}:{group}:{number}", "props": props}
        logged = writes.batches(writes.node_upsert("Change"), [change])
        self.store.write_together([*statements, *logged])


def apply(staging: Staging, scribe: Scribe) -> None:
    """Write `tables.UNDONE`: what goes, then what stands, then the ends of facts that follow from it."""
    for kind in ("part", "fact", "node"):
        for group, rows in _groups(staging, "drop", kind):
            _drop(scribe, kind, group, rows)
    for group, rows in _groups(staging, "put", "node"):
        _put(scribe, "node", group, rows)
    turned = staging.rows(statement("revert.ended", undone=tables.UNDONE))
    for label, nodes in turned:  # once it is known of both ends of a fact whether they have ended
        _reopen(scribe, label, [node for node in nodes if node["moment"] is None])
    for kind in ("fact", "part"):
        for group, rows in _groups(staging, "put", kind):
            _put(scribe, kind, group, rows)
    for label, nodes in turned:
        _close(scribe, label, [node for node in nodes if node["moment"] is not None])


def _groups(staging: Staging, verb: str, kind: str) -> Iterator[tuple[Group, list[dict[str, Any]]]]:
    found = staging.rows(statement("revert.of_verb", undone=tables.UNDONE, verb=verb, kind=kind))
    for group, rows in groupby(found, key=lambda row: row[:3]):
        yield group, [_row(body, mentioned) for *_, body, mentioned in rows]


def _row(body: str, mentioned: list[str] | None) -> dict[str, Any]:
    """An item for the store: what was once written of it and does not stand is removed."""
    row: dict[str, Any] = orjson.loads(body)
    row["props"].update(dict.fromkeys(name for name in mentioned or () if name not in row["props"]))
    return row


def _put(scribe: Scribe, kind: str, group: Group, rows: list[dict[str, Any]]) -> None:
    name, start, end = group
    if kind == "node":
        upsert = writes.node_upsert(name)
    else:
        upsert = (writes.fact_upsert if kind == "fact" else writes.part_upsert)(name, start, end)
    for number, batch in enumerate(batches(rows, BATCH)):
        touched = touched_by(name, start, end, batch)
        scribe.write_all(
            list(writes.batches(upsert, batch)), f"put:{'|'.join(group)}", number, len(batch),
            kind=f"load.{name}", touched=touched,
        )  # fmt: skip


def _drop(scribe: Scribe, kind: str, group: Group, rows: list[dict[str, Any]]) -> None:
    name, start, end = group
    for number, batch in enumerate(batches(rows, BATCH)):
        if kind == "node":
            query = template("ingest.drop_nodes").render(label=name, key=NODES[name].key)
            said = {"kind": f"{MERGED}.revert", "entity_ids": [f"{name}:{row['id']}" for row in batch]}
        else:
            query = drop_fact_query(*group) if kind == "fact" else drop_query(*group)
            said = {"kind": f"load.{name}", "touched": touched_by(name, start, end, batch)}
        scribe.write(query, f"drop:{'|'.join(group)}", number, batch, **said)


def _reopen(scribe: Scribe, label: str, nodes: list[dict[str, Any]]) -> None:
    query = template("ingest.reopen_facts").render(label=label, key=NODES[label].key)
    for number, batch in enumerate(batches(nodes, BATCH)):
        ids = [node["id"] for node in batch]
        scribe.store.write(query, ids=ids)
        _note_turned(scribe, "opened", label, number, ids)


def _close(scribe: Scribe, label: str, nodes: list[dict[str, Any]]) -> None:
    query = template("ingest.close_facts").render(label=label, key=NODES[label].key)
    for number, batch in enumerate(batches(nodes, BATCH)):
        scribe.store.write(query, rows=batch)
        _note_turned(scribe, "closed", label, number, [node["id"] for node in batch])


def _note_turned(scribe: Scribe, verb: str, label: str, number: int, ids: list[str]) -> None:
    said = {"kind": f"{ENDED}.{label}", "touched": packed(label, ids)}
    scribe.write_all([], f"{verb}:{label}", number, len(ids), **said)


def leave_spoken_of(staging: Staging, store: Store) -> dict[str, list[str]]:
    """Take out of `tables.UNDONE` the entities of which people have said something; their ids by label."""
    stays: dict[str, list[str]] = {}
    for (label, *_), rows in list(_groups(staging, "drop", "node")):
        query = template("ingest.spoken_of").render(label=label, key=NODES[label].key)
        ids = [
            found["id"]
            for batch in batches([row["id"] for row in rows], BATCH)
            for found in store.read(query, ids=batch)
        ]
        if ids:
            staging.execute(statement("revert.leave", undone=tables.UNDONE, label=label, ids=ids))
            stays[label] = sorted(ids)
    return stays
