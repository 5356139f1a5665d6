"""How a type of the schema gets its fields: resolved by a method, or taken from the domain's value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.execution.measure import UNDECLARED_LIST, costs
from graphql_api.execution.shape import READY

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


def shaped(kind: type[T], value: object, /, **made: Any) -> T:
    """A `kind` holding the fields of `value` that bear the same name; `made` gives those that do not."""
    wanted: Any = kind
    names, read = _taken(wanted, frozenset(made))
    return kind(**dict(zip(names, read(value), strict=True)), **made)


def all_shaped(kind: type[T], values: Iterable[object]) -> list[T]:
    """Every value as a `kind`."""
    return [shaped(kind, value) for value in values]


class Taken:
    """A type of the schema whose objects are copies of a domain's value, field by field.

    Where an answer is written at once, its fields are read from such a value itself: by the same rules.
    """

    FROM: ClassVar[tuple[type, ...]] = ()
    """Of which classes the value may be."""
    MADE: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    """How the fields are made of the value that do not bear the name of one of its attributes."""

    @classmethod
    def of(cls, value: Any) -> Self:
        """From the domain's value."""
        return shaped(cls, value, **{name: make(value) for name, make in cls.MADE.items()})


def each(make: Callable[[Any], T]) -> Callable[[Iterable[Any]], list[T]]:
    """What makes a list of every value."""
    return lambda values: [make(value) for value in values]


@cache
def _taken(kind: Any, made: frozenset[str]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The names of the fields of `kind` that are not made, and what reads them all of a value."""
    names = tuple(field.name for field in fields(kind) if field.init and field.name not in made)
    if len(names) < 2:  # attrgetter of one name gives no tuple
        return names, lambda value: tuple(getattr(value, name) for name in names)
    return names, attrgetter(*names)
