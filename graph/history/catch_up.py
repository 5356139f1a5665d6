"""Catching up: what others wrote is read again from the graph, by the ids that their changes name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from graph.batches import batches
from graph.history.delta import Place, content, with_delta
from graph.history.manifest import Files
from graph.history.pages import Reader, edge_pages, node_pages
from graph.history.read import grouped
from graph.history.tables import TABLES, Table
from graph.history.touched import ENDED, MERGED, Touched, unpacked
from graph.history.views import key
from graph.sql import Sql, fill, name
from graph.sql.run import append, execute

BATCH = 100
"""Changes that are read at a time; each names up to some thousand ids."""

NAMED = pa.schema({name: pa.string() for name in ("side", "label", "id")})
"""Nodes that changes name, and which side of the edges to read again they are."""

Side = Literal["start", "end"]
_SIDES: tuple[Side, Side] = ("start", "end")


class LogSilent(Exception):
    """The change log does not say which ids a change touched, so that only reading all of them helps."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a table to read again: nodes, or edges by one of their ends."""

    table: str
    side: Side
    label: str


def ids_to_read(store: Reader, changes: Iterable[str]) -> dict[Asked, set[str]]:
    """The ids that these changes touched. Raises LogSilent."""
    asked: dict[Asked, set[str]] = defaultdict(set)
    for batch in batches(sorted(changes), BATCH):
        for row in store.read("history.changes_by_ids", ids=batch):
            for what, ids in _of_change(row):
                asked[what].update(ids)
    return asked


def caught_up(
    store: Reader, place: Place, tables: dict[str, Files], asked: dict[Asked, set[str]]
) -> dict[str, Files]:
    """The files of the tables that were read again, each with a delta; nodes before edges."""
    made: dict[str, Files] = {}
    for view, table in TABLES.items():
        parts = {what: sorted(ids) for what, ids in asked.items() if what.table == view}
        if parts:
            made[view] = _read_again(store, place, table, tables.get(view, Files()), parts)
    return made


def _of_change(row: dict[str, Any]) -> Iterator[tuple[Asked, Iterable[str]]]:
    verb, _, what = row["kind"].partition(".")
    views = [table for table in TABLES.values() if table.of == what]
    if verb == "assert":
        for table in views:
            yield from _asserted(table, row["entity_ids"] or ())
    elif verb == MERGED:
        yield from _of_merged(row["entity_ids"] or ())
    elif verb == "write":
        yield from _written(row["entity_ids"] or ())
    elif row["touched"] is None:
        if views or verb != "load":
            raise LogSilent(f"change {row['change_id']} ({row['kind']}) does not name what it touched")
    elif verb == ENDED:
        yield from _of_ended(unpacked(row["touched"]))
    else:
        touched = unpacked(row["touched"])
        for table in views:
            if table.kind == "node" or touched.label in table.anchors:
                yield Asked(table.name, table.anchor, touched.label), touched.ids


def _asserted(table: Table, entities: Iterable[str]) -> Iterator[tuple[Asked, Iterable[str]]]:
    for label, _, identity in (entity.partition(":") for entity in entities):
        if label in table.anchors:
            yield Asked(table.name, table.anchor, label), (identity,)


def _written(entities: Iterable[str]) -> Iterator[tuple[Asked, Iterable[str]]]:
    """What users write names nodes: they and all edges of which they are the anchor may be new or changed."""
    for table in TABLES.values():
        if table.kind == "edge":
            yield from _asserted(table, entities)
    for label, _, identity in (entity.partition(":") for entity in entities):
        for table in TABLES.values():
            if table.kind == "node" and table.of == label:
                yield Asked(table.name, table.anchor, label), (identity,)


def _of_ended(touched: Touched) -> Iterator[tuple[Asked, Iterable[str]]]:
    """The facts of nodes that ended or came back, whichever end they are."""
    for table in TABLES.values():
        if table.is_fact:
            for place, side in enumerate(_SIDES):
                if any(pair[place] == touched.label for pair in table.pairs):
                    yield Asked(table.name, side, touched.label), touched.ids


def _of_merged(entities: Iterable[str]) -> Iterator[tuple[Asked, Iterable[str]]]:
    """Records that were merged or unmerged: they and all their edges, whichever end they are."""
    for label, _, identity in (entity.partition(":") for entity in entities):
        for table in TABLES.values():
            if table.kind == "node" and table.of == label:
                yield Asked(table.name, "start", label), (identity,)
            for place, side in enumerate(_SIDES):
                if any(pair[place] == label for pair in table.pairs):
                    yield Asked(table.name, side, label), (identity,)


def _read_again(
    store: Reader, place: Place, table: Table, files: Files, parts: dict[Asked, list[str]]
) -> Files:
    connection = place.connection
    incoming, named = f"incoming_{table.name}", f"asked_{table.name}"
    append(connection, incoming, table.schema.empty_table(), anew=True)
    append(connection, named, NAMED.empty_table(), anew=True)
    for what, ids in parts.items():
        given = [pa.array([value] * len(ids), pa.string()) for value in (what.side, what.label)]
        append(connection, named, pa.Table.from_arrays([*given, pa.array(ids, pa.string())], schema=NAMED))
        for rows in grouped(table, _pages(store, table, what, ids), place.position):
            append(connection, incoming, rows)
    puts = fill(
        "SELECT {c} FROM {incoming} EXCEPT SELECT {c} FROM {live}",
        c=content(table), incoming=name(incoming), live=name(table.name),
    )  # fmt: skip
    removed = fill(
        """SELECT DISTINCT {key} FROM {live} l
        SEMI JOIN {asked} a ON {same}
        ANTI JOIN {incoming} USING ({key})""",
        key=key(table), live=name(table.name), asked=name(named), same=_same(table), incoming=name(incoming),
    )  # fmt: skip
    after = with_delta(place, table, files, puts, removed)
    for made in (incoming, named):
        execute(connection, fill("DROP TABLE {t}", t=name(made)))
    return after


def _pages(store: Reader, table: Table, what: Asked, ids: list[str]) -> Iterator[list[dict[str, Any]]]:
    keys = pa.array(ids, pa.large_string())
    if table.kind == "node":
        return node_pages(store, table, keys)
    return edge_pages(store, table, what.label, keys, what.side)


def _same(table: Table) -> Sql:
    """Whether a row (l) has a node that was asked for (a)."""
    if table.kind == "node":
        return fill("a.id = l.{key}", key=key(table))
    return Sql(
        "(a.side = 'start' AND a.label = l.start_label AND a.id = l.start_id)"
        " OR (a.side = 'end' AND a.label = l.end_label AND a.id = l.end_id)"
    )
