"""Asks the trail: who was told of somebody, and what somebody was told."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.moment import in_utc
from graphql_api.audit.chain import gaps
from graphql_api.audit.file import begun, day_of, files_of, key_of, read
from graphql_api.audit.line import Kept, Pseudonyms, kept_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readings. subjects, principals: any of these pseudonyms or, of principals, ids of tokens."""

    subjects: frozenset[str] | None = None
    principals: frozenset[str] | None = None
    since: datetime | None = None

    def has(self, kept: Kept) -> bool:
        """Whether it is one of them."""
        return (
            (self.since is None or kept.at >= self.since)
            and (self.principals is None or bool(self.principals & {kept.who, kept.token_id}))
            and (self.subjects is None or not self.subjects.isdisjoint(kept.subjects))
        )


@dataclass(slots=True)
class Reads:
    """What was found. dropped: readings that found no room, in the files that were read.

    altered: files of which a line is not what was written; missing: files that were taken away or put in the
    place of others; cut: those of processes that were killed, which may lack the last half second.
    """

    readings: list[Kept] = field(default_factory=list)
    files: int = 0
    dropped: int = 0
    altered: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def add(self, document: dict[str, Any], wanted: Wanted) -> None:
        """Take in a line."""
        if "dropped" in document:
            if wanted.since is None or in_utc(datetime.fromisoformat(document["until"])) >= wanted.since:
                self.dropped += document["dropped"]
        elif "at" in document and wanted.has(kept := kept_of(document)):
            self.readings.append(kept)


def pseudonyms_of(home: Path) -> Pseudonyms:
    """The pseudonyms of this trail."""
    return Pseudonyms(key_of(home))


def find(home: Path, wanted: Wanted) -> Reads:
    """The readings that are wanted, the oldest first."""
    key, found = key_of(home), Reads()
    found.missing = gaps(home, key, {path.name: begun(path, key) for path in files_of(home)})
    for path in _files(home, wanted.since):
        held = read(path, key)
        found.files += 1
        found.altered += [path.name] if held.altered else []
        found.cut += [path.name] if held.cut else []
        for document in held.documents:
            found.add(document, wanted)
    found.readings.sort(key=lambda one: one.at)
    return found


def _files(home: Path, since: datetime | None) -> Collection[Path]:
    """A file holds nothing from before its day; from its day on it may, until its process begins the next."""
    paths = files_of(home)
    if since is None:
        return paths
    return [path for path in paths if day_of(path) >= since.date()]
