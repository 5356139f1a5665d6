"""The graph's properties as Parquet columns, and back.

A field of the model has a column of its own type. What the model does not name (custom attributes,
embeddings) and what is stored in another type than the model's stands in the column `other`, as JSON text;
a moment there is `{"$moment": ISO text}`.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

import orjson
import pyarrow as pa
from pydantic import BaseModel

from graph.store.writes import temporal_fields

OTHER = "other"
_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_PYTHON: dict[Any, type] = {
    pa.string(): str, pa.int64(): int, pa.float64(): float, pa.bool_(): bool,
    pa.timestamp("us", "UTC"): datetime,
}  # fmt: skip
_OUTSIDE = frozenset({"attributes", "start_id", "end_id"})


@cache
def model_schema(model: type[BaseModel], keys: tuple[str, ...]) -> pa.Schema:
    """Arrow schema of one table: the key columns, the model's fields, and `other`."""
    fields = [pa.field(name, pa.string(), nullable=False) for name in keys]
    for name, field in model.model_fields.items():
        if name not in _OUTSIDE and name not in keys:
            fields.append(pa.field(name, _arrow(name, field.annotation, temporal_fields(model))))
    return pa.schema([*fields, pa.field(OTHER, pa.string())])


def to_columns(schema: pa.Schema, keys: Mapping[str, str], props: Mapping[str, Any]) -> dict[str, Any]:
    """One row for the table: every property in its column, or in `other`."""
    row: dict[str, Any] = dict(keys)
    other: dict[str, Any] = {}
    for name, item in props.items():
        if name in keys and item == keys[name]:
            continue
        index = schema.get_field_index(name)
        fits = index >= 0 and name not in keys and name != OTHER and _fits(schema.field(index).type, item)
        (row if fits else other)[name] = item
    row[OTHER] = orjson.dumps(other, default=_tagged, option=orjson.OPT_SORT_KEYS | _PLAIN).decode()
    return row


def to_props(keys: tuple[str, ...], row: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The properties of one table row for an upsert, and which of those outside the model are moments."""
    props = {
        name: item.isoformat() if isinstance(item, datetime) else item
        for name, item in row.items()
        if item is not None and name not in keys and name != OTHER
    }
    moments = []
    for name, item in orjson.loads(row[OTHER]).items():
        if isinstance(item, dict):
            moments.append(name)
        props[name] = item["$moment"] if isinstance(item, dict) else item
    return props, moments


def _fits(column: pa.DataType, item: Any) -> bool:
    """Whether the column holds the value as it is."""
    if pa.types.is_list(column):
        return type(item) is list and all(_fits(column.value_type, one) for one in item)
    return type(item) is _PYTHON[column]


_PLAIN = orjson.OPT_PASSTHROUGH_DATETIME


def _tagged(item: Any) -> Any:
    if isinstance(item, datetime):
        return {"$moment": item.isoformat()}
    raise TypeError(f"a property of type {type(item).__name__}")


def _arrow(name: str, annotation: Any, temporal: tuple[str, ...]) -> pa.DataType:
    if name in temporal:
        return pa.timestamp("us", "UTC")
    inner = [item for item in get_args(annotation) if item is not type(None)]
    if get_origin(annotation) is tuple:
        return pa.list_(_ARROW[inner[0]])
    if get_origin(annotation) is Literal:
        return pa.string()
    return _ARROW[annotation] if annotation in _ARROW else _arrow(name, inner[0], temporal)
