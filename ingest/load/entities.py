"""Entities as the graph should hold them: of each field the value that survives among all its records."""

from collections.abc import Iterable
from typing import Any

import orjson
import pyarrow as pa

from graph.sql import Relation
from ingest import tables
from ingest.mapping.kinds import declared, declared_attributes
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging

MERGED = 5000
"""Entities of several records that are held at once."""


def surviving_records(staging: Staging, standing: Relation) -> Relation:
    """`tables.SURVIVING`: the newest state of every record of the entities that the run's rows speak of."""
    return staging.make(tables.SURVIVING, statement("entity.surviving", standing=standing))


def entities(staging: Staging, mapping: Mapping, surviving: Relation) -> Relation:
    """`tables.ENTITY`: the values of each entity, of one record or merged from several."""
    made = staging.make(tables.ENTITY, statement("entity.of_one_record", surviving=surviving))
    with staging.cursor() as reading:
        shared = reading.execute(statement("entity.of_many_records", surviving=surviving))
        while found := shared.fetchmany(MERGED):
            merged = [(label, id_, survivors(mapping, label, records)) for label, id_, records in found]
            columns = [pa.array(column, pa.string()) for column in zip(*merged, strict=True)]
            staging.append_table(made, pa.Table.from_arrays(columns, names=list(made.columns)))
    return made


def entity_targets(staging: Staging, entity: Relation, target: Relation) -> Relation:
    """`tables.TARGET` with the entities added."""
    return staging.append(target, statement("entity.nodes", entity=entity))


def kind_targets(staging: Staging, mapping: Mapping, target: Relation) -> Relation:
    """`tables.TARGET` with the kinds and attributes that the mapping declares added."""
    attributes = declared_attributes(mapping.attributes, mapping.source)
    for props in (*declared(mapping.kinds, mapping.source), *attributes):
        kind = props.pop("kind")
        body = orjson.dumps({"id": kind, "props": props}).decode()
        staging.append(target, statement("entity.kind", id=kind, body=body))
    return target


def alias_targets(staging: Staging, labels: list[str], keys: Relation, target: Relation) -> Relation:
    """`tables.TARGET` with every source key of this run's entities added as an alias."""
    return staging.append(target, statement("entity.aliases", labels=labels, key=keys))


def survivors(mapping: Mapping, label: str, records: Iterable[dict[str, Any]]) -> str:
    """The JSON of an entity's values: per field of the first source that has one, else the newest."""
    newest = sorted(records, key=lambda record: (record["known_from"], record["body"]), reverse=True)
    states = [(record["source"], orjson.loads(record["body"])) for record in newest]
    names = sorted({name for _, values in states for name in values})
    return orjson.dumps({name: _survivor(mapping, label, name, states) for name in names}).decode()


def _survivor(mapping: Mapping, label: str, name: str, states: list[tuple[str, dict[str, Any]]]) -> Any:
    order = mapping.field_priority.get(f"{label}.{name}") or mapping.sources()
    rank = {source: place for place, source in enumerate(order)}
    having = [(source, values[name]) for source, values in states if name in values]
    return min(having, key=lambda pair: rank.get(pair[0], len(rank)))[1]
