"""A watched folder: which of its files are new, and whole."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from graph.private import private_folder
from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.mapping.model import Mapping as Declared
from ingest.staging.source import located

SETTLED_S = 60.0
"""A file that nobody has written to for so long is whole; a younger one when two looks find it the same."""

Look = dict[str, tuple[int, int]]
"""Size and time of change (ns) of the files that the mapping names, by their path below the folder."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder and the mapping by which its files load."""

    folder: Path
    mapping: Path

    @property
    def name(self) -> str:
        """How it is remembered."""
        return f"{self.folder.resolve()}|{self.mapping.resolve()}"


def look(folder: Path, mapping: Declared) -> Look:
    """The files of the folder that the mapping names, as they are now."""
    found: Look = {}
    for dataset in mapping.datasets.values():
        for path in _files(folder, dataset):
            try:
                stat = path.stat()
            except FileNotFoundError:  # gone between the two calls
                continue
            found[str(path.relative_to(folder))] = (stat.st_size, stat.st_mtime_ns)
    return found


def settled(now: Look, before: Look, wall: datetime) -> set[str]:
    """The files that nobody is writing to: as they were at the look before, or unchanged for a while."""
    old = (wall.timestamp() - SETTLED_S) * 1e9
    return {name for name, (size, at) in now.items() if before.get(name) == (size, at) or at < old}


def to_load(
    folder: Path, mapping: Declared, now: Look, loaded: Mapping[str, object], whole: set[str]
) -> list[str]:
    """The files to load: those that are new or have changed, with all that they can only be read with.

    That is every file of a dataset they look something up in, and of a dataset that is declared complete. A
    dataset waits while one of these is not whole.
    """
    names = {
        name: [str(path.relative_to(folder)) for path in _files(folder, dataset)]
        for name, dataset in mapping.datasets.items()
    }
    chosen: set[str] = set()
    for name, dataset in mapping.datasets.items():
        fresh = {file for file in names[name] if file in whole and loaded.get(file) != now[file]}
        looked_up = {file for other in dataset.lookups for file in names[other.dataset]}
        needed = looked_up | (set(names[name]) if dataset.complete else set())
        if fresh and needed <= whole:
            chosen |= fresh | needed
    return sorted(chosen)


@contextmanager
def only(folder: Path, names: list[str], home: Path) -> Iterator[Path]:
    """A folder with these files alone, under their own names."""
    place = private_folder(home / "scratch" / f"watch-{uuid4().hex[:12]}")
    try:
        for name in names:
            link = place / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to((folder / name).resolve())
        yield place
    finally:
        rmtree(place, ignore_errors=True)


def _files(folder: Path, dataset: Dataset) -> list[Path]:
    try:
        return [path for path in located(folder, dataset.file) if not path.name.startswith(".")]
    except SourceUnreadable:
        return []
