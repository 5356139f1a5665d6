"""Rows of files that hold objects: JSON (a list of them, or one list within an object), JSON lines, Parquet.

An object within an object gives columns such as `address.city`, and so does a list of `{key, value}`; a list
of plain values is joined by `; `, any other list stands as JSON. What is null is an empty cell. Numbers stay
what the file says, to the digit.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.staging.envelope import is_rows, rows_within
from ingest.staging.sheet import EXACT

ObjectKind = Literal["json", "parquet"]
DEEPEST = 5
"""Objects within objects that give columns; what lies deeper stands as JSON."""
LEAST = 1e-300
"""Numbers nearer to zero are read as doubles: nobody means their digits."""
BY_LINES = {".jsonl", ".ndjson"}


def read_objects(path: Path, data: bytes, kind: ObjectKind, known: Collection[str] = ()) -> list[list[str]]:
    """The columns, then the rows as text.

    known: the columns that the mapping reads. They tell a record that holds a list from an envelope around
    one, and are the columns of an export without rows. Raises SourceUnreadable.
    """
    objects = _of_parquet(path, data) if kind == "parquet" else _of_json(path, data, known)
    flat = [_row(path, one) for one in objects]
    columns = list(dict.fromkeys(name for row in flat for name in row)) if flat else list(known)
    if not columns:
        raise SourceUnreadable(path, "holds no objects with fields")
    return [columns, *([row.get(name, "") for name in columns] for row in flat)]


def _of_parquet(path: Path, data: bytes) -> list[dict[str, Any]]:
    try:
        table = pq.read_table(BytesIO(data))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise SourceUnreadable(path, f"is no whole Parquet file: {error}") from error
    names = [(name, None) for name in table.column_names]
    if len(set(names)) < len(names):
        raise SourceUnreadable(path, f"has the column `{_twice(names)}` twice")
    return list(table.to_pylist())


def _of_json(path: Path, data: bytes, known: Collection[str]) -> list[dict[str, Any]]:
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    if BY_LINES.intersection(path.suffixes) and not bare.startswith(b"["):
        return _of_lines(path, bare, None)
    try:
        found = _parsed(path, bare)
    except (ValueError, RecursionError) as error:
        return _of_lines(path, bare, str(error))
    within = rows_within(found, known) if isinstance(found, dict) else found
    if not is_rows(within) and not (within == [] and known):
        raise SourceUnreadable(path, "holds no list of objects")
    return list(within)


def _of_lines(path: Path, data: bytes, why: str | None) -> list[dict[str, Any]]:
    """An object per line; `why` it is no single document, where that was tried."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            try:
                one = _parsed(path, line, number)
            except (ValueError, RecursionError) as error:
                first = why is not None and not found
                said = f"is neither JSON ({why}) nor JSON lines ({error})" if first else str(error)
                raise SourceUnreadable(path, said, number) from error
            if not isinstance(one, dict):
                raise SourceUnreadable(path, "is no object", number)
            found.append(one)
    return found


def _parsed(path: Path, data: bytes, line: int | None = None) -> Any:
    """Raises ValueError or RecursionError: no JSON; SourceUnreadable: an object has one field twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise SourceUnreadable(path, f"an object has the field `{_twice(pairs)}` twice", line)
        return found

    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8, as JSON is: convert the file") from error
    found = json.loads(text, parse_float=_real, parse_constant=_no_number, object_pairs_hook=once)
    if "\\ud" in text.lower():  # half of a pair is no character; to encode it raises UnicodeEncodeError
        json.dumps(found, ensure_ascii=False, default=str).encode()
    return found


def _real(text: str) -> Decimal | float:
    """A number with a point or an exponent, exact; a double where only a double is written so."""
    near = float(text)
    if abs(near) == float("inf") or abs(near) < LEAST:
        return near
    exact = Decimal(text)
    return near if abs(near) >= EXACT and exact == exact.to_integral_value() else exact


def _no_number(text: str) -> Any:
    raise ValueError(f"`{text}` is no JSON")


def _twice(pairs: Iterable[tuple[str, Any]]) -> str:
    names = [name for name, _ in pairs]
    return next(name for place, name in enumerate(names) if name in names[:place])


def _row(path: Path, one: dict[str, Any]) -> dict[str, str]:
    pairs = list(_flat(one, "", 0))
    found = dict(pairs)
    if len(found) < len(pairs):
        raise SourceUnreadable(path, f"two fields of an object give the column `{_twice(pairs)}`")
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
