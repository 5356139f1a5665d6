"""A long suite within so many minutes: files in a drawn order, and what the time does not reach, skipped."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest

_BEGAN = pytest.StashKey[float]()


def add_options(parser: pytest.Parser) -> None:
    """The options `--minutes` and `--drawn`."""
    group = parser.getgroup("relgraph")
    group.addoption("--minutes", type=float, help="begin no test when these minutes are over")
    group.addoption("--drawn", metavar="SEED", help="files as this seed draws them; known answers first")


def begin(config: pytest.Config) -> None:
    """Begin to count; each worker of pytest-xdist for itself, after it has collected."""
    config.stash.setdefault(_BEGAN, monotonic())


def skip_when_spent(config: pytest.Config) -> None:
    """Skip the test that is about to begin where the minutes are over."""
    minutes: float | None = config.getoption("minutes")
    if minutes is not None and monotonic() - config.stash[_BEGAN] > 60 * minutes:
        pytest.skip(f"the {minutes:g} minutes of this run were over")


def drawn(items: Iterable[pytest.Item], seed: str) -> list[pytest.Item]:
    """The tests in an order of their files that the seed alone decides; within a file they stay as they are.

    Files that hold the known answer of a query come first, so that every query runs before the time is over.
    """
    given = list(items)
    known = {item.path for item in given if item.get_closest_marker("query")}
    return sorted(given, key=lambda item: (item.path not in known, _place(item.path, seed)))


def _place(path: Path, seed: str) -> str:
    return sha256(f"{seed} {path.parent.name}/{path.name}".encode()).hexdigest()
