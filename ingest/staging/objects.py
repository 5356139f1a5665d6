"""Rows of files that hold objects: JSON (a list of them, or one list within an object), JSON lines, Parquet.

An object within an object gives columns such as `address.city`, and so does a list of `{key, value}`; a list
of plain values is joined by `; `, any other list stands as JSON, or gives the rows itself. What is null is an
empty cell. Numbers stay what the file says, to the digit.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.staging.inner import DEEPEST, PARENT, POSITION, inner_rows
from ingest.staging.json_text import Found, objects_of_json, twice
from ingest.staging.refused import Refused
from ingest.staging.sheet import EXACT

ObjectKind = Literal["json", "parquet"]


@dataclass(frozen=True, slots=True)
class ObjectTable:
    """The columns, then the rows as text, and the records that are no rows."""

    cells: list[list[str]]
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Inner:
    """The rows are the objects of the lists at `path`, with these fields of the object around them."""

    path: str
    parent: tuple[str, ...] = ()

    def read_of(self, known: Collection[str]) -> list[str]:
        """What of a file's objects is read, where a mapping reads these columns of the rows."""
        return [self.path, *(name.removeprefix(PARENT) for name in known if name.startswith(PARENT))]


def read_objects(
    path: Path, data: bytes, kind: ObjectKind, known: Collection[str] = (), inner: Inner | None = None
) -> ObjectTable:
    """The records of a file. Of lines of JSON, or of a list, each that cannot be read is refused by itself.

    known: the columns that the mapping reads. They tell a record that holds a list from an envelope around
    one, and are the columns of an export without rows. Raises SourceUnreadable.
    """
    found = objects_in(path, data, kind, known if inner is None else inner.read_of(known))
    flat: list[dict[str, str]] = []
    refused = list(found.refused)
    for place, one in found.objects:
        try:
            flat += [_row(one)] if inner is None else _inner_rows(one, inner)
        except ValueError as error:
            refused.append(Refused(place, str(error), _text(one)))
    if refused and not flat:
        raise SourceUnreadable(path, refused[0].reason, refused[0].row)
    columns = list(dict.fromkeys(name for row in flat for name in row)) if flat else list(known)
    if not columns:
        raise SourceUnreadable(path, "holds no objects with fields")
    return ObjectTable([columns, *([row.get(name, "") for name in columns] for row in flat)], tuple(refused))


def objects_in(path: Path, data: bytes, kind: ObjectKind, known: Collection[str] = ()) -> Found:
    """The objects of a file, as `read_objects` takes them. Raises SourceUnreadable."""
    return _of_parquet(path, data) if kind == "parquet" else objects_of_json(path, data, known)


def _inner_rows(one: dict[str, Any], inner: Inner) -> list[dict[str, str]]:
    """The rows within one object, what tells of the object around them first."""
    rows = []
    for around, own, position in inner_rows(one, inner.path):
        outer = _row(around) if inner.parent else {}
        told = {f"{PARENT}{name}": outer.get(name, "") for name in inner.parent}
        rows.append({**told, POSITION: str(position), **_row(own)})
    return rows


def _of_parquet(path: Path, data: bytes) -> Found:
    try:
        table = pq.read_table(BytesIO(data))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise SourceUnreadable(path, f"is no whole Parquet file: {error}") from error
    names = [(name, None) for name in table.column_names]
    if len(set(names)) < len(names):
        raise SourceUnreadable(path, f"has the column `{twice(names)}` twice")
    return Found(list(enumerate(table.to_pylist(), start=1)))


def _row(one: dict[str, Any]) -> dict[str, str]:
    """Raises ValueError: two fields have one column."""
    pairs = list(_flat(one, "", 0))
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"two fields of an object give the column `{twice(pairs)}`")
    return found


def _flat(value: dict[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        by_key = _by_key(inner) if isinstance(inner, list) else inner
        if isinstance(by_key, dict) and depth < DEEPEST:
            yield from _flat(by_key, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", _text(inner)


def _by_key(items: list[Any]) -> dict[str, Any] | None:
    """The values of a list of `{key, value}` by their keys; None of any other list, or where a key recurs.

    A value may be an object of one filled field for each type (`string_value`, `int_value`, …), as BigQuery
    exports the parameters of events.
    """
    if not items or not all(isinstance(one, dict) and one.keys() == {"key", "value"} for one in items):
        return None
    found = {str(one["key"]): _typed(one["value"]) for one in items}
    return found if len(found) == len(items) else None


def _typed(value: Any) -> Any:
    """The one that is filled of a value's types; any other value as it is."""
    types = [name for name in value if name.endswith("_value")] if isinstance(value, dict) else []
    filled = [value[name] for name in types if value[name] is not None]
    return value if not types or len(filled) > 1 else next(iter(filled), None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "; ".join(_plain(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_inner)
    return _number(value)


def _plain(values: Iterable[Any]) -> Iterator[str]:
    yield from (_text(value) for value in values if value is not None)


def _inner(value: Any) -> Any:
    """What JSON has no word for, within a list that stands as JSON."""
    if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
        return float(value)
    return _text(value)


def _number(value: Any) -> str:
    """Numbers without an exponent, whole ones without a point; bytes as base64.

    A double that no longer keeps every digit has an exponent, so that nothing takes it for an identity.
    """
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float) and abs(value) >= EXACT:
        return f"{value:.16E}"
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite():
        return str(int(value)) if value == value.to_integral_value() else f"{value:f}".rstrip("0")
    return str(value)
