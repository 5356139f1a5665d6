"""What the graph already knows of the keys and values that a run's rows name."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from cypher import template
from graph.model import NODES
from graph.store import Store
from ingest import sql, tables
from ingest.mapping.model import Mapping
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.keys import Known, Rule, looked_up_fields
from ingest.transform.links import Link
from ingest.transform.values import value_table

CHUNK = 5000
"""Ids per question."""


def read_known(
    connection: Staging,
    store: Store,
    mapping: Mapping,
    rules: list[Rule],
    links: list[Link],
) -> Known:
    """The ids that the graph has for the run's keys, and the values of the fields that the run looks up."""
    known = Known(connection.empty(tables.KNOWN), connection.empty(tables.KNOWN_VALUE))
    if store.one("ingest.any_alias") is None:
        return known
    _asked(connection, rules, links)
    _read_ids(connection, store)
    for label, field in sorted(looked_up_fields(mapping, rules)):
        _read_values(connection, store, label, field)
    return known


def _asked(connection: Staging, rules: list[Rule], links: list[Link]) -> None:
    """Make `work.asked`: every (label, source, key) that rows name."""
    connection.execute("CREATE OR REPLACE TABLE work.asked (label TEXT, source TEXT, key TEXT)")
    for rule in rules:
        _ask(connection, rule.dataset, rule.node.label, rule.source, rule.column("key"))
    for link in links:
        for position, end in enumerate(link.ends):
            if end.key is not None:
                column = link.column("end" if position else "start")
                column = Sql(f"unnest({column})") if end.key.split is not None else column
                for label in end.label:
                    _ask(connection, link.dataset, label, end.source or link.source, column)


def _ask(connection: Staging, dataset: str, label: str, source: str, column: Sql) -> None:
    connection.execute(
        fill(
            "INSERT INTO work.asked SELECT DISTINCT {label}, {source}, {column} FROM {t} "
            "WHERE __state IS NULL",
            label=sql.bind(label),
            source=sql.bind(source),
            column=column,
            t=value_table(dataset),
        )
    )


def _read_ids(connection: Staging, store: Store) -> None:
    labels = connection.execute("SELECT DISTINCT label FROM work.asked ORDER BY label").fetchall()
    for (label,) in labels:
        rows = connection.execute(
            "SELECT DISTINCT source, key FROM work.asked WHERE label = ? AND key IS NOT NULL", [label]
        ).fetchall()
        found = list(_found(store, label, rows))
        _insert(connection, "known", ["label", "source", "key", "id"], found)


def _found(store: Store, label: str, rows: list[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """(label, source, key, id) of known keys: by alias, or by id where records are their own."""
    named = {f"{source}:{key}": (source, key) for source, key in rows}
    node = NODES[label]
    for chunk in _chunks(named):
        if node.mutable:
            asked = [f"{label}|{name}" for name in chunk]
            for row in store.read("ingest.aliases", alias_ids=asked, key=node.key):
                yield (label, *named[row["alias_id"].partition("|")[2]], row["id"])
        else:
            question = template("ingest.known").render(label=label, key=node.key)
            for row in store.read(question, ids=chunk):
                yield (label, *named[row["id"]], row["id"])


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _read_values(connection: Staging, store: Store, label: str, field: str) -> None:
    question = template("ingest.values").render(label=label, key=NODES[label].key, field=field)
    rows = [(label, field, str(row["value"]).strip().lower(), row["id"]) for row in store.stream(question)]
    _insert(connection, "known_value", ["label", "field", "value", "id"], rows)


def _insert(connection: Staging, table: str, names: list[str], rows: list[tuple[str, str, str, str]]) -> None:
    if rows:
        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        connection.connection.register("incoming", pa.Table.from_arrays(columns, names=names))
        connection.execute(fill("INSERT INTO work.{t} SELECT * FROM incoming", t=sql.name(table)))
        connection.connection.unregister("incoming")
