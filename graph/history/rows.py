"""Rows of the graph as Arrow tables: a column per field of the model, custom attributes as JSON text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
import pyarrow as pa

from graph.history.tables import ATTRIBUTES, CUSTOM, POSITION, Table

Props = dict[str, Any]


def arrow_rows(table: Table, rows: Sequence[Props], position: int) -> pa.Table:
    """The rows, each a dictionary of the table's columns and of custom attributes.

    A value that is not of its column's type (the store accepts any) is null here.
    """
    columns = [_column(field, rows, position) for field in table.schema]
    return pa.Table.from_arrays(columns, schema=table.schema)


def _column(field: pa.Field, rows: Sequence[Props], position: int) -> pa.Array:
    if field.name == POSITION:
        return pa.repeat(pa.scalar(position, pa.int64()), len(rows))
    if field.name == ATTRIBUTES:
        return pa.array(_attributes(rows), pa.string())
    values = [row.get(field.name) for row in rows]
    try:
        return pa.array(values, field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array(_fitting(values, field.type), field.type)


def _attributes(rows: Iterable[Props]) -> Iterator[str | None]:
    for row in rows:
        custom = {name: row[name] for name in row if name.startswith(CUSTOM)}
        yield orjson.dumps(custom, option=orjson.OPT_SORT_KEYS).decode() if custom else None


def _fitting(values: Iterable[Any], kind: pa.DataType) -> Iterator[Any]:
    for value in values:
        try:
            pa.scalar(value, kind)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            yield None
        else:
            yield value
