"""The files of the trail as one chain: each names the one begun before it, with the seal of its start.

`RELGRAPH_HOME/audit.chain`, beside the folder, says which file was begun last and up to which day files were
forgotten, sealed with the trail's key. So a file that somebody took away is missed, the newest one too.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from graph.private import replace_private
from graphql_api.audit.line import Seals

HEAD_FILE = "audit.chain"


@dataclass(frozen=True, slots=True)
class Head:
    """The file begun last: its number, name and first seal. forgotten: files of days before were removed."""

    number: int = 0
    file: str = ""
    seal: str = ""
    forgotten: str = date.min.isoformat()


class ChainBroken(Exception):
    """The word of the last file is absent, or it is not what was written."""


@contextmanager
def beginning(home: Path, key: bytes) -> Iterator["Link"]:
    """The link of a file that begins; other processes wait meanwhile."""
    with (home / f"{HEAD_FILE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Link(home, key, _standing(home, key))


class Link:
    """What a file that begins says of the one before, and its own place in the chain."""

    def __init__(self, home: Path, key: bytes, before: Head) -> None:
        self._home, self._key, self._before = home, key, before
        self.number = before.number + 1

    def said(self) -> dict[str, Any]:
        """For the first line of the file."""
        before = self._before
        after = {"file": before.file, "seal": before.seal} if before.number else None
        return {"number": self.number, "after": after}

    def keep(self, name: str, seal: str, forgotten: date) -> None:
        """From now on this file is the last one."""
        day = max(self._before.forgotten, forgotten.isoformat())
        body = orjson.dumps({"number": self.number, "file": name, "seal": seal, "forgotten": day})
        replace_private(self._home / HEAD_FILE, Seals(self._key).sealed(body))


def head(home: Path, key: bytes) -> Head:
    """The word of the last file; raises ChainBroken."""
    try:
        document = Seals(key).opened((home / HEAD_FILE).read_bytes())
    except FileNotFoundError:
        document = None
    if document is None:
        raise ChainBroken
    return Head(document["number"], document["file"], document["seal"], document["forgotten"])


def gaps(home: Path, key: bytes, begun: dict[str, dict[str, Any]]) -> list[str]:
    """Files that were there and are not; `begun`: the first line of each that is, by name.

    A file whose name nothing tells any more stands by its number; files from before the chain have none.
    """
    chained = {name: line for name, line in begun.items() if "number" in line}
    try:
        last = head(home, key)
    except ChainBroken:
        return [HEAD_FILE] if chained else []
    after = {line["number"] - 1: line["after"] for line in chained.values() if line["after"]}
    after[last.number] = {"file": last.file, "seal": last.seal}
    there = {(line["number"], line["seal"]) for line in chained.values()}
    numbers = {number for number, _ in there}
    first = min(numbers, default=last.number)
    return [
        after[number]["file"] if number in after else f"file {number} of the trail"
        for number in range(1, last.number + 1)
        if (_exchanged(number, after, there) if number in numbers else _missed(number, after, first, last))
    ]


def _missed(number: int, after: dict[int, dict[str, Any]], first: int, last: Head) -> bool:
    """Whether it should be there: not one of those at the beginning that were forgotten with their day."""
    if number > first:
        return True
    return number in after and after[number]["file"].removeprefix("reads-")[:10] >= last.forgotten


def _exchanged(number: int, after: dict[int, dict[str, Any]], there: set[tuple[int, str]]) -> bool:
    """Whether no file begins as the one after it, or the word of the last, says."""
    return number in after and (number, after[number]["seal"]) not in there


def _standing(home: Path, key: bytes) -> Head:
    """The head; where it is gone, the chain goes on at a number that no file had, and the gap is seen."""
    try:
        return head(home, key)
    except ChainBroken:
        lost = len(list((home / "audit").glob("reads-*.jsonl")))
        return Head(number=lost + 1 if lost else 0)
