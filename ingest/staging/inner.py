"""Lists of objects within objects, such as the `line_items` of orders: their objects are rows of their own.

A path names the list as its column would be called: `line_items`, `billing.lines`, or `orders.lines` for the
lists within the objects of a list.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ingest.staging.envelope import is_rows

PARENT = "parent."
"""Before the columns that tell of the object around a row."""
POSITION = f"{PARENT}position"
"""Which of its list a row is, from 1: two equal lines of an order are two."""
DEEPEST = 5
"""Levels below an object on which lists are looked for."""

Around = tuple[dict[str, Any], dict[str, Any], int]
"""The object around a row, the row's own, and its position."""


def inner_rows(one: dict[str, Any], path: str) -> Iterator[Around]:
    """The objects of the lists at a path within an object; a single object there is a list of one.

    Raises ValueError: something else than objects stands there.
    """
    return _within(one, one, path)


def _within(around: dict[str, Any], here: dict[str, Any], path: str) -> Iterator[Around]:
    for name, value in here.items():
        if name == path:
            for position, row in enumerate(_objects(value, path), start=1):
                yield around, row, position
        elif path.startswith(f"{name}."):
            rest = path.removeprefix(f"{name}.")
            if isinstance(value, dict):
                yield from _within(around, value, rest)
            elif is_rows(value):
                for row in value:
                    yield from _within(row, row, rest)


def _objects(value: Any, path: str) -> list[dict[str, Any]]:
    found = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(one, dict) for one in found):
        raise ValueError(f"`{path}` holds something else than objects")
    return found


def inner_paths(objects: Sequence[dict[str, Any]]) -> list[str]:
    """The paths of all lists of objects within objects, outer ones first."""
    found: dict[str, None] = {}
    for one in objects:
        found.update(dict.fromkeys(_paths(one, "", 0)))
    return sorted(found, key=lambda path: path.count("."))


def _paths(here: dict[str, Any], before: str, depth: int) -> Iterator[str]:
    for name, value in here.items():
        if depth < DEEPEST and isinstance(value, dict):
            yield from _paths(value, f"{before}{name}.", depth + 1)
        elif depth < DEEPEST and is_rows(value) and not names_values(value):
            yield f"{before}{name}"
            for row in value:
                yield from _paths(row, f"{before}{name}.", depth + 1)


def names_values(rows: Sequence[Collection[str]]) -> bool:
    """Whether the objects of a list are values with a name, such as `{label, value}`: no records."""
    return all("value" in row and len(row) <= MOST_OF_VALUES and "id" not in row for row in rows)


MOST_OF_VALUES = 4
"""Fields of an object that only names a value."""
