"""Makes an API value from a domain value."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def shaped(kind: type[T], value: object, /, **made: Any) -> T:
    """A `kind` holding the fields of `value` that bear the same name; `made` gives those that do not."""
    wanted: Any = kind
    return kind(**{name: getattr(value, name) for name in _names(wanted) if name not in made}, **made)


def all_shaped(kind: type[T], values: Iterable[object]) -> list[T]:
    """Every value as a `kind`."""
    return [shaped(kind, value) for value in values]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)
