"""How a type of the schema gets its fields: resolved by a method, or taken from the domain's value."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.execution.measure import UNDECLARED_LIST, costs

T = TypeVar("T")


def resolved(
    weight: int = 0, many: int = UNDECLARED_LIST, name: str | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """Make a function a field, described by its docstring's first line.

    `weight` and `many` are as in `graphql_api.execution.measure`.
    """

    def decorate(method: Callable[..., Any]) -> StrawberryField:
        description = (method.__doc__ or "").strip().splitlines()[0]
        return strawberry.field(method, name=name, description=description, metadata=costs(weight, many))

    return decorate


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
