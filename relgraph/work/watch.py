"""A watched folder: which of its files are new, and whole."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from pathlib import Path
from uuid import uuid4

from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.mapping.model import Mapping as Declared
from ingest.scratch import scratch_of
from ingest.staging.given import looked_up
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
    pulled: bool = False
    """Whether the files are what a system was asked for: whole as they appear, gone once they have loaded."""

    @property
    def name(self) -> str:
        """How it is remembered."""
        return f"{self.folder.resolve()}|{self.mapping.resolve()}"


def look(folder: Path, mapping: Declared) -> Look:
    """The files of the folder that the mapping names, as they are now."""
    found: Look = {}
    for name in {
        *_rates(folder, mapping),
        *(one for names in files_of(folder, mapping).values() for one in names),
    }:
        try:
            stat = (folder / name).stat()
        except FileNotFoundError:  # gone between the two calls
            continue
        found[name] = (stat.st_size, stat.st_mtime_ns)
    return found


def settled(now: Look, before: Look, wall: datetime) -> set[str]:
    """The files that nobody is writing to: as they were at the look before, or unchanged for a while."""
    old = (wall.timestamp() - SETTLED_S) * 1e9
    return {name for name, (size, at) in now.items() if before.get(name) == (size, at) or at < old}


def to_load(
    folder: Path, mapping: Declared, now: Look, loaded: Mapping[str, tuple[int, int]], whole: set[str]
) -> list[str]:
    """The files to load: those that are new or have changed, with all that they can only be read with.

    That is every file of a dataset they look something up in, and of a dataset that is declared complete, and
    the rates. A dataset waits while one of these is not whole; where one of them has changed, all its files
    load. Raises SourceUnreadable: there is something to load, and the file of rates is missing.
    """
    files, rates = files_of(folder, mapping), set(_rates(folder, mapping))
    changed = {file for file, at in now.items() if loaded.get(file) != at}
    asked = {
        name: {file for other in looked_up(mapping, name) for file in files[other]}
        for name in mapping.datasets
    }
    needed = {
        name: asked[name] | rates | set(files[name] if dataset.complete else ())
        for name, dataset in mapping.datasets.items()
    }
    chosen: set[str] = set()
    for name, dataset in mapping.datasets.items():
        read = asked[name] | (rates if any(node.label == "Order" for node in dataset.nodes) else set())
        fresh = set(files[name]) if read & changed else _fresh(files[name], changed & whole, loaded)
        group = _with_needed(fresh & whole, files, needed)
        if group <= whole:
            chosen |= group
    if chosen and mapping.rates is not None and mapping.rates.file is not None:
        located(folder, mapping.rates.file)
    return sorted(chosen)


def _fresh(files: list[str], changed: set[str], loaded: Mapping[str, object]) -> set[str]:
    """The changed files of a dataset; of those that were loaded before, the later ones come along: they
    replace what it says."""
    first = next(
        (place for place, file in enumerate(files) if file in changed and file in loaded), len(files)
    )
    return {file for file in files if file in changed} | set(files[first:])


def kept_with(incomplete: Collection[str], files: Mapping[str, list[str]]) -> set[str]:
    """Files of datasets from an incomplete one on: tried again alone, it would put its older values back."""
    kept: set[str] = set()
    for own in files.values():
        kept |= set(dropwhile(lambda file: file not in incomplete, own))
    return kept


def _with_needed(chosen: set[str], files: dict[str, list[str]], needed: dict[str, set[str]]) -> set[str]:
    """These files and what every dataset that has one of them needs: datasets may share a workbook."""
    group: set[str] = set()
    new = chosen
    while new:
        group |= new
        new = {file for name, own in files.items() if new & set(own) for file in needed[name]} - group
    return group


@contextmanager
def only(folder: Path, names: list[str], home: Path) -> Iterator[Path]:
    """A folder with these files alone, under their own names."""
    with scratch_of(home, f"watch-{uuid4().hex[:12]}") as place:
        for name in names:
            link = place / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to((folder / name).resolve())
        yield place


def files_of(folder: Path, mapping: Declared) -> dict[str, list[str]]:
    """The files that each dataset has in the folder, later ones last, by their path below it."""
    return {name: _files(folder, dataset) for name, dataset in mapping.datasets.items()}


def _rates(folder: Path, mapping: Declared) -> list[str]:
    file = mapping.rates.file if mapping.rates is not None else None
    return [] if file is None else _files(folder, Dataset(file=file))


def _files(folder: Path, dataset: Dataset) -> list[str]:
    try:
        found = located(folder, dataset.file)
    except SourceUnreadable:
        return []
    return [str(path.relative_to(folder)) for path in found if not path.name.startswith(".")]
