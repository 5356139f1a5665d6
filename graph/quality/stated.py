"""How many records each source states, and how many of them state each field."""

from collections.abc import Iterator, Mapping

import duckdb

from graph.history import TABLES
from graph.history.tables import Table
from graph.model import NODES, Item
from graph.quality.model import Place, Share
from graph.quality.rules import NOT_EXPECTED, edges, events, own_fields
from graph.sql import Sql, fill, listed, name, statement
from graph.sql.run import execute, make, rows

Counts = Mapping[Place, int]
"""Records by place; without a field, all of a source and label."""


def take_stated(connection: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables that measuring reads: what lives, who states it, and which values."""
    living = (
        fill("SELECT {label} AS label, {key} AS id FROM {t} WHERE ended_at IS NULL",
             label=Sql(f"'{table.of}'"), key=name(table.key[0]), t=name(table.name))
        for table in TABLES.values() if table.kind == "node" and NODES[table.of].mutable
    )  # fmt: skip
    make(connection, "quality_living", listed(living, " UNION ALL "))
    for table in ("records", "stated"):
        make(connection, f"quality_{table}", statement(f"quality.{table}"))


def counted(connection: duckdb.DuckDBPyConnection) -> Counts:
    """How many records each source states, and of these each field that it states."""
    found = {
        Place(row["source"], row["label"], None): row["records"]
        for row in rows(connection, statement("quality.counts"))
    }
    for row in rows(connection, statement("quality.filled")):
        place = Place(row["source"], row["label"], row["field"])
        if row["field"] not in NOT_EXPECTED and not of_kind(place):
            found[place] = row["filled"]
    found |= {place: share.part for place, share in of_kinds(connection).items() if share.part}
    for table in (*events(), *edges()):
        found |= dict(_of_table(connection, table))
    return found


def of_kind(place: Place) -> bool:
    """Whether it is a field that only items of some kinds have."""
    return place.label == Item.label and (place.field or "").startswith("x_")


def of_kinds(connection: duckdb.DuckDBPyConnection) -> Mapping[Place, Share]:
    """Of the items whose kind declares a field, how many state it: a kind lacks nothing of another's."""
    found = rows(connection, statement("quality.items"))
    return {
        Place(row["source"], row["label"], row["field"]): Share(row["filled"], row["records"])
        for row in found
    }


def _of_table(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[Place, int]]:
    """Of records that stand in a table of their own, by the source that their id or they themselves name."""
    fields = own_fields(table)
    for source, records, *filled in execute(connection, _counts(table, fields)).fetchall():
        yield Place(source, table.of, None), records
        for field, count in zip(fields, filled, strict=True):
            if count:
                yield Place(source, table.of, field), count


def _counts(table: Table, fields: list[str]) -> Sql:
    """A query for the records and the values by source: of events and edges that still hold."""
    counts = listed([Sql("count(*)"), *(fill("count({c})", c=name(field)) for field in fields)])
    if table.is_fact:
        source, holds = name("source"), _STATED
    else:
        key = table.key[0] if table.kind == "node" else f"{table.anchor}_id"
        source = fill("split_part({key}, ':', 1)", key=name(key))
        holds = Sql("ended_at IS NULL") if table.kind == "node" else Sql("true")
    return fill(
        "SELECT {source} AS source, {counts} FROM {t} WHERE {holds} GROUP BY 1",
        source=source, counts=counts, t=name(table.name), holds=holds,
    )  # fmt: skip


_STATED = Sql("known_to IS NULL AND valid_to IS NULL AND basis <> 'inferred' AND source NOT LIKE 'user:%'")
"""Facts that hold and that a source states, nobody of us and no rule."""
