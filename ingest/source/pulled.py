"""A stream's rows as a file of JSON lines that stands whole or not at all."""

import base64
import hashlib
import json
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from graph.private import private_folder
from ingest.source.connector import Page, System

PART = ".part"


@dataclass(frozen=True, slots=True)
class Made:
    """A file below its folder, the cursor behind its rows, and the hash of what it says."""

    file: str
    cursor: str | None
    digest: str


def pull(system: System, stream: str, cursor: str | None, folder: Path, at: datetime) -> Made | None:
    """Read a stream from a cursor on into a file; None where there are no rows.

    A file of an earlier, broken read is removed. Raises SystemFailed, PullInvalid.
    """
    private_folder(folder)
    for left in folder.glob(f"{stream}-*{PART}"):
        left.unlink()
    name = f"{stream}-{at:%Y%m%dT%H%M%S%f}Z.jsonl"
    draft = folder / f"{name}{PART}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        said, last = hashlib.sha256(), cursor
        for page in system.read(stream, cursor, at):
            for line in _lines(page):
                said.update(line)
                file.write(line)
            last = page.cursor
        empty = file.tell() == 0
        file.flush()
        os.fsync(file.fileno())
    if empty:
        draft.unlink()
        return None
    draft.replace(folder / name)
    return Made(name, last, said.hexdigest())


def _lines(page: Page) -> Iterator[bytes]:
    for row in page.rows:
        yield json.dumps(_plain(dict(row)), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _plain(value: Any) -> Any:
    """What JSON has a word for; a number that is none is no value, bytes are base64."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float | str):
        return None if isinstance(value, float) and not math.isfinite(value) else value
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value.total_seconds() if isinstance(value, timedelta) else value)
