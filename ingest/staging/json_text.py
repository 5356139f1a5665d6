"""Objects of JSON: one document that holds a list of them, or an object per line; numbers to the digit."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.errors import SourceUnreadable
from ingest.staging.envelope import is_rows, rows_within
from ingest.staging.refused import Refused
from ingest.staging.sheet import EXACT

LEAST = 1e-300
"""Numbers nearer to zero are read as doubles: nobody means their digits."""
BY_LINES = {".jsonl", ".ndjson"}
ADVICE = "export it again, or with an object per line, of which only a broken one is set aside"
_BLANK = " \t\r\n"
_ESCAPED = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Objects with their lines, or their places in a list, from 1; and what is no object there."""

    objects: list[tuple[int, dict[str, Any]]]
    refused: tuple[Refused, ...] = ()


def objects_of_json(path: Path, data: bytes, known: Collection[str]) -> Found:
    """Raises SourceUnreadable: no objects, or most cannot be read. known: columns the mapping reads."""
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    if BY_LINES.intersection(path.suffixes) and not bare.startswith(b"["):
        return _of_lines(path, data, None)
    try:
        found = _parsed(bare)
    except (ValueError, RecursionError) as error:
        if bare.startswith(b"["):
            return _of_list(path, bare)
        return _of_lines(path, data, error)
    within = rows_within(found, known) if isinstance(found, dict) else found
    if not is_rows(within) and not (within == [] and known):
        raise SourceUnreadable(path, "holds no list of objects")
    return Found(list(enumerate(within, start=1)))


def _of_lines(path: Path, data: bytes, why: Exception | None) -> Found:
    """An object per line; `why` it is no single document, where that was tried."""
    found: list[tuple[int, dict[str, Any]]] = []
    refused: list[Refused] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                found.append((number, _object(line)))
            except (ValueError, RecursionError) as error:
                refused.append(Refused(number, f"line {number} is no object: {_said(error)}", _shown(line)))
    if len(refused) > len(found):
        first = refused[0].reason.partition(": ")[2]
        said = first if why is None else f"is neither JSON ({_said(why)}) nor JSON lines ({first})"
        raise SourceUnreadable(path, said, refused[0].row)
    return Found(found, tuple(refused))


def _of_list(path: Path, data: bytes) -> Found:
    """The objects of a list, of which some break a rule; where one ends must be plain in any case."""
    found: list[tuple[int, dict[str, Any]]] = []
    refused: list[Refused] = []
    try:
        text = data.decode()
        for place, item in enumerate(_items(text), start=1):
            try:
                found.append((place, _object(item.encode())))
            except (ValueError, RecursionError) as error:
                said = f"record {place} is no object: {_said(error)}"
                refused.append(Refused(place, said, _shown(item.encode())))
    except (ValueError, RecursionError) as error:
        whole = f" behind {len(found)} whole records" if found else ""
        at = text.count("\n", 0, error.pos) + 1 if isinstance(error, json.JSONDecodeError) else None
        raise SourceUnreadable(path, f"is no JSON{whole}: {_said(error)}; {ADVICE}", at) from error
    if len(refused) > len(found):
        raise SourceUnreadable(path, refused[0].reason)
    return Found(found, tuple(refused))


def _items(text: str) -> Iterator[str]:
    """The texts of a list's items. Raises ValueError where one, or the list, does not end."""
    decoder = json.JSONDecoder()
    place = _past_blanks(text, 1)
    while text[place : place + 1] != "]":
        _, end = decoder.raw_decode(text, place)
        yield text[place:end]
        place = _past_blanks(text, end)
        if text[place : place + 1] == ",":
            place = _past_blanks(text, place + 1)
        elif text[place : place + 1] != "]":
            raise json.JSONDecodeError("the list does not end", text, place)
    if text[place + 1 :].strip():
        raise json.JSONDecodeError("more text follows the list", text, place + 1)


def _past_blanks(text: str, place: int) -> int:
    while text[place : place + 1] in _BLANK and place < len(text):
        place += 1
    return place


def _object(data: bytes) -> dict[str, Any]:
    found = _parsed(data)
    if not isinstance(found, dict):
        raise ValueError("it is a list or a plain value")
    return found


def _parsed(data: bytes) -> Any:
    """Raises ValueError or RecursionError: no JSON, or an object has one field twice."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8, as JSON is: convert the file") from error
    found = json.loads(text, parse_float=_real, parse_constant=_no_number, object_pairs_hook=_once)
    if "\\ud" in text.lower():  # half of a pair is no character; to encode it raises UnicodeEncodeError
        json.dumps(found, ensure_ascii=False, default=str).encode()
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"an object has the field `{twice(pairs)}` twice")
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


def twice(pairs: Iterable[tuple[str, Any]]) -> str:
    """The first name that stands a second time."""
    names = [name for name, _ in pairs]
    return next(name for place, name in enumerate(names) if name in names[:place])


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    return str(error)


def _shown(data: bytes) -> str:
    """The text of a record, letters that are escaped as numbers written out, so that a key in it is found."""
    text = data.decode(errors="backslashreplace").strip()
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\\/", "/")
