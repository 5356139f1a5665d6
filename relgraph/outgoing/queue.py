"""What is queued for a source and what became of it, in a file of the home: each change is sent once.

A change is one value of one field of one record. Its id follows from the change before it of that field, so
that a value that comes back is a change anew, and the same plan made twice queues nothing twice. The file is
one of SQLite, which a command may read while the worker writes; its statements stand in `sql/`.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import orjson

from graph.private import private_folder

State = Literal["waiting", "sent", "there", "conflict", "refused"]
"""`there`: the source had the value already. `conflict`: it was changed in the source, whose value stays."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record of the source: its new value, and the one that we believe it has."""

    record: str
    key: str
    field: str
    value: Any
    before: Any
    """None also where we do not know."""
    source_wins: bool

    @property
    def place(self) -> dict[str, str]:
        """Which field it is."""
        return {"record": self.record, "key": self.key, "field": self.field}


@dataclass(frozen=True, slots=True)
class Queued:
    """A change with what became of it."""

    change: Change
    change_id: str
    state: State
    why: str | None
    queued_at: datetime
    done_at: datetime | None


class Queue:
    """The queue of one mapping."""

    def __init__(self, path: Path) -> None:
        private_folder(path.parent)
        path.touch(mode=0o600)
        self._database = sqlite3.connect(path, isolation_level=None, timeout=30.0)
        self._database.executescript(_statement("layout"))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def mapping(self) -> Path | None:
        """The mapping that says where to send what is queued."""
        row = self._run("mapping").fetchone()
        return None if row is None else Path(row[0])

    def last(self, record: str, key: str, field: str) -> Queued | None:
        """The newest change of a field."""
        row = self._run("last", record=record, key=key, field=field).fetchone()
        return None if row is None else _queued(row)

    def waiting(self) -> Iterator[list[Queued]]:
        """What is to be sent, record by record."""
        for record, key in self._run("waiting_records").fetchall():
            yield [_queued(row) for row in self._run("waiting", record=record, key=key)]

    def newest(self, state: State, most: int) -> list[Queued]:
        """The newest changes in a state."""
        return [_queued(row) for row in self._run("newest", state=state, most=most)]

    def counts(self) -> dict[State, int]:
        """How many changes are in each state."""
        return dict(self._run("counts").fetchall())

    def put(self, mapping: Path, changes: Iterable[Change], withdrawn: Iterable[Change], at: datetime) -> int:
        """Queue these in one transaction, in the place of what waits of their fields; how many.

        withdrawn: fields of which nothing is to be sent any more.
        """
        with self._whole():
            self._run("keep_mapping", path=str(mapping.resolve()))
            for gone in withdrawn:
                self._run("forget", **gone.place)
            return sum(self._put(one, at) for one in changes)

    def done(self, change_ids: Iterable[str], state: State, why: str | None, at: datetime) -> None:
        """What became of these, in one transaction."""
        with self._whole():
            for one in change_ids:
                self._run("done", change_id=one, state=state, why=why, at=at.isoformat())

    def _put(self, one: Change, at: datetime) -> int:
        self._run("forget", **one.place)
        last = self.last(**one.place)
        value, before = orjson.dumps(one.value).decode(), orjson.dumps(one.before).decode()
        chain = orjson.dumps([last.change_id if last else "", *one.place.values(), value, before])
        self._run(
            "put", **one.place, change_id=hashlib.sha256(chain).hexdigest()[:24], value=value, before=before,
            source_wins=one.source_wins, at=at.isoformat(),
        )  # fmt: skip
        return 1

    def _run(self, statement: str, **values: Any) -> sqlite3.Cursor:
        return self._database.execute(_statement(statement), values)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


@cache
def _statement(name: str) -> str:
    return files("relgraph.outgoing").joinpath("sql", f"{name}.sql").read_text("utf-8")


def _queued(row: tuple[Any, ...]) -> Queued:
    record, key, field, value, before, source_wins, change_id, state, why, queued_at, done_at = row
    change = Change(record, key, field, orjson.loads(value), orjson.loads(before), bool(source_wins))
    done = datetime.fromisoformat(done_at) if done_at else None
    return Queued(change, change_id, state, why, datetime.fromisoformat(queued_at), done)


def queue_path(home: Path, mapping: Path, source: str) -> Path:
    """The file of a mapping's queue."""
    known = hashlib.sha256(str(mapping.resolve()).encode()).hexdigest()[:8]
    return _folder(home) / f"{source}-{known}.db"


def queue_paths(home: Path) -> list[Path]:
    """The files of all queues of a home."""
    return sorted(_folder(home).glob("*.db"))


def _folder(home: Path) -> Path:
    return home / "outgoing"


@contextmanager
def opened_queue(path: Path) -> Iterator[Queue]:
    """The queue in a file, made where there is none."""
    with closing(Queue(path)) as queue:
        yield queue
