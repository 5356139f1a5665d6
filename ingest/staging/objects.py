"""Rows of files that hold objects: JSON (a list of them, or one list within an object), JSON lines, Parquet.

An object within an object gives columns such as `address.city`; a list of plain values is joined by `; `,
any other list stands as JSON. What is null is an empty cell.
"""

import base64
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable

ObjectKind = Literal["json", "parquet"]
DEEPEST = 5
"""Objects within objects that give columns; what lies deeper stands as JSON."""


def read_objects(path: Path, data: bytes, kind: ObjectKind) -> list[list[str]]:
    """The columns, then the rows as text. Raises SourceUnreadable."""
    objects = _of_parquet(path, data) if kind == "parquet" else _of_json(path, data)
    flat = [dict(_flat(one, "", 0)) for one in objects]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    if not columns:
        raise SourceUnreadable(path, "holds no objects with fields")
    return [columns, *([row.get(name, "") for name in columns] for row in flat)]


def _of_parquet(path: Path, data: bytes) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = pq.read_table(BytesIO(data)).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise SourceUnreadable(path, f"is no whole Parquet file: {error}") from error
    return rows


def _of_json(path: Path, data: bytes) -> list[dict[str, Any]]:
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        found = orjson.loads(bare)
    except orjson.JSONDecodeError as error:
        return _of_lines(path, bare, str(error))
    return _objects(path, found)


def _of_lines(path: Path, data: bytes, why: str) -> list[dict[str, Any]]:
    """An object per line; `why` it is no single document."""
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(orjson.loads(line))
            except orjson.JSONDecodeError as error:
                said = f"is neither JSON ({why}) nor JSON lines ({error})" if not found else str(error)
                raise SourceUnreadable(path, said, number) from error
    return _objects(path, found)


def _objects(path: Path, found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        lists = [value for value in found.values() if _is_rows(value)]
        found = lists[0] if len(lists) == 1 else [found]
    if not _is_rows(found):
        raise SourceUnreadable(path, "holds no list of objects")
    return list(found)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _flat(value: dict[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        if isinstance(inner, dict) and depth < DEEPEST:
            yield from _flat(inner, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", _text(inner)


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
        return orjson.dumps(value, default=str).decode()
    return _number(value)


def _plain(values: Iterable[Any]) -> Iterator[str]:
    yield from (_text(value) for value in values if value is not None)


def _number(value: Any) -> str:
    """Numbers without an exponent, whole ones without a point; bytes as base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)
