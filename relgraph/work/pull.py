"""Systems that a worker asks, so that nothing of them is lost or doubled.

A stream's rows stand as a file before they load, and its cursor moves with the note that the file has
loaded. Killed before the file is whole, the stream is read again from the old cursor; killed before the note,
the file loads again, which changes nothing.
"""

import hashlib
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from graph.errors import RelgraphError
from graph.private import private_folder
from ingest.mapping.model import Mapping
from ingest.mapping.pull import Pull
from ingest.source.connector import Ask, System, find_connector
from ingest.source.errors import SystemFailed
from ingest.source.plan import streams_read
from ingest.source.pulled import Made, pull
from relgraph.work.watch import Watch

SOON = timedelta(minutes=5)
"""After a failure a system is asked again so soon, or when it is due anyway."""


class Stream(BaseModel):
    """What is remembered of one stream."""

    cursor: str | None = None
    """Behind what has loaded."""
    digest: str | None = None
    """Of the file that loaded last."""
    waiting: Made | None = None
    """A file that has not loaded yet."""

    def loaded(self) -> "Stream":
        """After its file has loaded."""
        return (
            self if self.waiting is None else Stream(cursor=self.waiting.cursor, digest=self.waiting.digest)
        )


class Asked(BaseModel):
    """What is remembered of one mapping's system."""

    due: datetime | None = None
    streams: dict[str, Stream] = {}

    def loaded(self, files: set[str]) -> "Asked":
        """After these files have loaded: the cursors of their streams have moved."""
        streams = {
            name: one.loaded() if one.waiting is not None and one.waiting.file in files else one
            for name, one in self.streams.items()
        }
        return self.model_copy(update={"streams": streams})

    @property
    def waiting(self) -> set[str]:
        """Files that have not loaded yet."""
        return {one.waiting.file for one in self.streams.values() if one.waiting is not None}

    def replaced(self, folder: Path) -> set[str]:
        """Files that are older than one that waits and was read from the start: it holds every row."""
        whole = {
            name: one.waiting.file
            for name, one in self.streams.items()
            if one.waiting is not None and one.cursor is None
        }
        return {
            path.name
            for path in folder.glob("*.jsonl")
            if path.name < whole.get(path.name.rpartition("-")[0], "")
        }


def pulled_watch(home: Path, mapping: Path, declared: Mapping) -> Watch:
    """The folder of a mapping's pulled files, made where it is not there."""
    known = hashlib.sha256(str(mapping.resolve()).encode()).hexdigest()[:8]
    return Watch(private_folder(home / "sources" / f"{declared.source}-{known}"), mapping, pulled=True)


def ask_system(
    mapping: Mapping, declared: Pull, ask: Ask, folder: Path, known: Asked, wall: Callable[[], datetime],
    keep: Callable[[Asked], None],
) -> list[str]:  # fmt: skip
    """Have the rows of every stream that the mapping reads wait as a file; why it did not work, if so.

    keep: told what to remember after each stream. A failure of one stream leaves the others alone.
    """
    failed: list[str] = []
    try:
        with closing(find_connector(declared.connector)(declared.options, ask)) as system:
            for name in streams_read(mapping, system):
                before = known.streams.get(name, Stream())
                try:
                    now = _read(system, name, before, folder, wall())
                except SystemFailed as error:
                    failed.append(str(error))
                    continue
                known = known.model_copy(update={"streams": known.streams | {name: now}})
                keep(known)
                if before.waiting is not None:  # read again from the same cursor
                    (folder / before.waiting.file).unlink(missing_ok=True)
    except RelgraphError as error:
        failed.append(str(error))
    pause = min(SOON, declared.interval) if failed else declared.interval
    keep(known.model_copy(update={"due": wall() + pause}))
    return failed


def _read(system: System, name: str, known: Stream, folder: Path, at: datetime) -> Stream:
    """The stream with a file that waits, unless it says what has loaded already. Raises SystemFailed."""
    made = pull(system, name, known.cursor, folder, at)
    if made is not None and made.digest == known.digest and made.cursor == known.cursor:
        (folder / made.file).unlink()
        made = None
    return known.model_copy(update={"waiting": made})
