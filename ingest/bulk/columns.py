"""The columns of an import file: the properties of a group of items with the types of Neo4j's import tool.

What a header says stands in Neo4j's Operations Manual, "neo4j-admin database import", "CSV header format".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel

from graph.model import FACTS, NODES, PARTS
from graph.sql import Sql, bind, fill, listed, name
from graph.store.writes import temporal_fields
from ingest.errors import BulkNotPossible
from ingest.load.write import Group

_MODELS: dict[str, Mapping[str, type[BaseModel]]] = {"node": NODES, "fact": FACTS, "part": PARTS}
DELIMITER = "\x1f"
"""Between the values of a list."""
_TYPES = {
    "VARCHAR": "STRING", "BOOLEAN": "BOOLEAN", "DOUBLE": "DOUBLE",
    "UBIGINT": "LONG", "BIGINT": "LONG", "HUGEINT": "LONG",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an import file: its header and the expression that reads it from the item `i`."""

    header: str
    value: Sql


def columns(group: Group, shape: Mapping[str, Any]) -> list[Column]:
    """The columns of a group of items; `shape` is the structure of their JSON.

    Raises BulkNotPossible where the values of a property differ in type.
    """
    props = shape["props"]
    stated = props.items() if isinstance(props, dict) else ()
    return [*_ends(group), *(_property(group, prop, kind) for prop, kind in stated if kind != "NULL")]


def selected(made: list[Column], shape: str, pending: Sql, group: Group) -> Sql:
    """The query for the rows of an import file."""
    return fill(
        """SELECT {columns} FROM (
            SELECT from_json(body::JSON, {shape}) AS i FROM {pending} WHERE write_group = {group})""",
        columns=listed(fill("{v} AS {h}", v=column.value, h=name(column.header)) for column in made),
        shape=bind(shape), pending=pending, group=bind(group.text),
    )  # fmt: skip


def _ends(group: Group) -> Iterator[Column]:
    if group.kind == "node":
        yield Column(f"{NODES[group.name].key}:ID({group.name})", Sql("i.id"))
        return
    yield Column(f":START_ID({group.start})", Sql("i.start"))
    yield Column(f":END_ID({group.end})", Sql('i."end"'))
    if group.kind == "fact":
        yield Column("fact_id:STRING", Sql("i.fact_id"))
    elif (key := PARTS[group.name].part_key) is not None:
        yield Column(f"{key}:LONG", Sql("i.key"))


def _property(group: Group, prop: str, kind: object) -> Column:
    value = fill("i.props.{p}", p=name(prop))
    if prop in temporal_fields(_MODELS[group.kind][group.name]):
        return Column(f"{prop}:DATETIME", value)
    scalar = kind[0] if isinstance(kind, list) and kind else kind
    if not isinstance(scalar, str) or scalar not in _TYPES:
        raise BulkNotPossible(
            f"the values of {group.name}.{prop} differ in type ({orjson.dumps(kind).decode()})"
        )
    if not isinstance(kind, list):
        return Column(f"{prop}:{_TYPES[scalar]}", value)
    joined = fill("array_to_string({v}, {d})", v=value, d=bind(DELIMITER))
    return Column(f"{prop}:{_TYPES[scalar]}[]", joined)
