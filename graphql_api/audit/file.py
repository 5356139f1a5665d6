"""The files of the trail: each process appends to one of its own, so that lines never mix.

    RELGRAPH_HOME/audit/reads-2026-03-05-4711-9f2c31.jsonl     0600; day, process, a random end

The first line says who opened it, the last that it was closed. While it is open its process locks it;
a file without a last line that nobody holds was left by a process that was killed.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from graph.private import kept_key, private_folder
from graphql_api.audit.chain import beginning
from graphql_api.audit.line import Seals

FOLDER, KEY_FILE = "audit", "audit.key"
_PREFIX = "reads-"


class Retention(NamedTuple):
    """How long files are kept, and from which size on another is begun."""

    days: int = 365
    file_bytes: int = 64_000_000


def key_of(home: Path) -> bytes:
    """The key of pseudonyms and seals, made at first use; it stands beside the trail's folder, not in it."""
    return kept_key(home / KEY_FILE)


def files_of(home: Path) -> list[Path]:
    """The files of the trail, the oldest day first."""
    return sorted((home / FOLDER).glob(f"{_PREFIX}*.jsonl"))


def day_of(path: Path) -> date:
    """The day on which a file was begun."""
    return date.fromisoformat(path.name.removeprefix(_PREFIX)[:10])


class TrailFile:
    """The file that a process writes; another is begun with each day, and when it is full."""

    def __init__(self, home: Path, retention: Retention) -> None:
        self._home = home
        self._retention = retention
        self._seals = Seals(b"")
        self._handle: int | None = None
        self._day: date | None = None
        self._size = 0

    def append(self, bodies: list[bytes], at: datetime) -> None:
        """Write documents, given as JSON, and flush them to the disk.

        Raises OSError, and then none of them counts as written.
        """
        if self._handle is None or self._day != at.date() or self._size >= self._retention.file_bytes:
            self.close(at)
            self._open(at)
        self._write(bodies)

    def close(self, at: datetime) -> None:
        """Say that the file is whole."""
        if self._handle is not None:
            self._write([orjson.dumps({"closed": at.isoformat()})])
            self.leave()

    def leave(self) -> None:
        """Give the file up as it is: without a last line it counts as cut."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self, at: datetime) -> None:
        folder = private_folder(self._home / FOLDER)
        key = key_of(self._home)
        oldest = at.date() - timedelta(days=self._retention.days)
        self._forget(oldest)
        name = f"{_PREFIX}{at.date().isoformat()}-{os.getpid()}-{secrets.token_hex(3)}.jsonl"
        with beginning(self._home, key) as link:
            handle = os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._handle, self._day, self._size, self._seals = handle, at.date(), 0, Seals(key)
            self._write([orjson.dumps({"opened": at.isoformat(), "process": os.getpid(), **link.said()})])
            link.keep(name, self._seals.last, oldest)

    def _write(self, bodies: list[bytes]) -> None:
        """All lines or, where the disk refuses, none: the file is given up, and its seals with it."""
        handle = self._handle
        if handle is None:
            return
        text = b"".join(map(self._seals.sealed, bodies))
        try:
            written = os.write(handle, text)
            if written < len(text):
                raise OSError(f"only {written} of {len(text)} bytes were written")
            os.fdatasync(handle)
        except OSError:
            self._handle = None
            try:
                os.ftruncate(handle, self._size)
            finally:
                os.close(handle)
            raise
        self._size += len(text)

    def _forget(self, before: date) -> None:
        for path in files_of(self._home):
            if day_of(path) < before:
                path.unlink(missing_ok=True)


def left_open(path: Path) -> bool:
    """Whether no process writes the file any more."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


class Found(NamedTuple):
    """What a file holds. documents: in order. altered: a seal does not fit, and nothing behind it is told.

    cut: its process was killed while it wrote, or at any time before it closed the file.
    """

    documents: list[dict[str, Any]]
    altered: bool
    cut: bool


def read(path: Path, key: bytes) -> Found:
    """The lines of a file of the trail."""
    left = left_open(path)
    seals = Seals(key)
    documents: list[dict[str, Any]] = []
    for line in _whole_lines(path):
        document = seals.opened(line)
        if document is None:
            return Found(documents, altered=True, cut=False)
        documents.append(document)
    return Found(documents, altered=False, cut=left and not (documents and "closed" in documents[-1]))


def begun(path: Path, key: bytes) -> dict[str, Any]:
    """The first line of a file, with its seal; {} where it is not what was written."""
    seals = Seals(key)
    line = next(_whole_lines(path), None)
    document = None if line is None else seals.opened(line)
    return {} if document is None else {**document, "seal": seals.last}


def _whole_lines(path: Path) -> Iterator[bytes]:
    """Lines that end; one that does not is being written, or its process was killed."""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line
