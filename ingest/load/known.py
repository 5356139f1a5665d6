"""What the graph already knows of the keys and values that a run's rows name."""

from collections.abc import Iterator
from itertools import chain

import pyarrow as pa

from cypher import template
from graph import sql
from graph.batches import batches
from graph.merge import Origins
from graph.model import NODES
from graph.sql import Relation, Sql, fill
from graph.store import Store
from ingest import tables
from ingest.load.merged import origins_of
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.keys import SHARED, Known
from ingest.transform.links import Link
from ingest.transform.phone_keys import kept_keys
from ingest.transform.rule import Rule, looked_up_fields
from ingest.transform.values import value_table

CHUNK = 5000
"""Ids per question."""

Found = list[tuple[str, str, str, str]]


def known_entities(
    staging: Staging, store: Store, mapping: Mapping, rules: list[Rule], links: list[Link]
) -> Known:
    """The ids that the graph has for the run's keys, and the values of the fields that the run looks up."""
    known = Known(staging.empty(tables.KNOWN), staging.empty(tables.KNOWN_VALUE))
    if store.one("ingest.any_alias") is None:
        return known
    merged = origins_of(store)
    asked = _asked_keys(staging, rules, links)
    for (label,) in staging.rows(statement("known.labels", asked=asked)):
        for keys in _pages(staging, asked, label):
            add_known(staging, known.keys, list(_ids(store, label, keys, merged)))
    for label, field in sorted(looked_up_fields(mapping, rules)):
        for found in batches(_values(store, label, field, merged, mapping.country), CHUNK):
            add_known(staging, known.values, found)
    return known


def _asked_keys(staging: Staging, rules: list[Rule], links: list[Link]) -> Relation:
    """`tables.ASKED`: every key that rows name for their own node or for an end of a link."""
    asked = staging.empty(tables.ASKED)
    for rule in rules:
        staging.append(asked, _keys(rule.dataset, rule.node.label, rule.source, rule.column("key")))
    for link in links:
        for position, end in enumerate(link.ends):
            if end.key is not None:
                column = link.column("end" if position else "start")
                column = fill("unnest({c})", c=column) if end.key.split is not None else column
                for label in end.label:
                    staging.append(asked, _keys(link.dataset, label, end.source or link.source, column))
    return asked


def _pages(staging: Staging, asked: Relation, label: str) -> Iterator[list[tuple[str, str]]]:
    """The keys of a label that rows name, some at a time: a log names as many as it has rows."""
    with staging.cursor() as reading:
        found = reading.execute(statement("known.keys", asked=asked, label=label))
        while page := found.fetchmany(CHUNK):
            yield page


def _keys(dataset: str, label: str, source: str, column: Sql) -> Sql:
    return fill(
        """SELECT DISTINCT {label} AS label, {source} AS source, {column} AS key FROM {values}
        WHERE __state IS NULL""",
        label=sql.bind(label), source=sql.bind(source), column=column, values=value_table(dataset),
    )  # fmt: skip


def _ids(
    store: Store, label: str, keys: list[tuple[str, str]], merged: Origins
) -> Iterator[tuple[str, str, str, str]]:
    """(label, source, key, id) of known keys: by alias, or by id where records are their own.

    The id of a key is that which its record had before it was merged.
    """
    node = NODES[label]
    if label in SHARED:
        yield from _shared_ids(store, label, keys)
        return
    named = {f"{source}:{key}": (source, key) for source, key in keys}
    if node.mutable:
        aliases = [f"{label}|{name}" for name in named]
        for row in store.read("ingest.aliases", alias_ids=aliases, key=node.key):
            own_id = merged.aliases.get(row["alias_id"], row["id"])
            if own_id is not None:
                yield (label, *named[row["alias_id"].partition("|")[2]], own_id)
    else:
        query = template("ingest.known").render(label=label, key=node.key)
        for row in store.read(query, ids=list(named)):
            yield (label, *named[row["id"]], row["id"])


def _shared_ids(store: Store, label: str, keys: list[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """The same of keys that all sources share."""
    query = template("ingest.known").render(label=label, key=NODES[label].key)
    there = {row["id"] for row in store.read(query, ids=sorted({key for _, key in keys}))}
    yield from ((label, source, key, key) for source, key in keys if key in there)


def _values(
    store: Store, label: str, field: str, merged: Origins, country: str | None
) -> Iterator[tuple[str, str, str, str]]:
    """(label, field, value in lower case, id); of merged records the values that each has of its own.

    country: of telephone numbers, where the record names none.
    """
    query = template("ingest.values").render(label=label, key=NODES[label].key, field=field)
    own = {one: told[field] for (kind, one), told in merged.values.items() if kind == label and field in told}
    others = (
        (row["id"], row["value"], row["country"] or country)
        for row in store.stream(query)
        if row["id"] not in own
    )
    for one, value, at in chain(others, ((one, value, country) for one, value in own.items())):
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is not None:
                for key in kept_keys(field, str(each), at):
                    yield (label, field, key, one)


def add_known(staging: Staging, relation: Relation, rows: Found) -> None:
    """Add rows of texts to a relation."""
    if rows:
        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        staging.append_table(relation, pa.Table.from_arrays(columns, names=list(relation.columns)))
