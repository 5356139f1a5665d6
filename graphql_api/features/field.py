"""How a type of the schema gets its fields: resolved by a method, or taken from the domain's value."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.execution.measure import UNDECLARED_LIST, costs
from graphql_api.execution.shape import READY
from graphql_api.execution.taken import shaped

T = TypeVar("T")


def resolved(
    weight: int = 0,
    many: int = UNDECLARED_LIST,
    name: str | None = None,
    ready: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """Make a function a field, described by its docstring's first line.

    `weight` and `many` are as in `graphql_api.execution.measure`; `ready` is what `READY` says.
    """

    def decorate(method: Callable[..., Any]) -> StrawberryField:
        description = (method.__doc__ or "").strip().splitlines()[0]
        metadata = {**costs(weight, many), **({} if ready is None else {READY: ready})}
        return strawberry.field(method, name=name, description=description, metadata=metadata)

    return decorate


def all_shaped(kind: type[T], values: Iterable[object]) -> list[T]:
    """Every value as a `kind`."""
    return [shaped(kind, value) for value in values]


def each(make: Callable[[Any], T]) -> Callable[[Iterable[Any]], list[T]]:
    """What makes a list of every value."""
    return lambda values: [make(value) for value in values]
