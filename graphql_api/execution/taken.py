"""Types of the schema whose objects are copies of a domain's value, and how such a value is written instead.

An answer that is written at once needs no copies: what a field is made of is read from the domain's value
itself, by the same rules that copies are made by.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar

T = TypeVar("T")


def shaped(kind: type[T], value: object, /, **made: Any) -> T:
    """A `kind` holding the fields of `value` that bear the same name; `made` gives those that do not."""
    wanted: Any = kind
    names, read = _taken(wanted, frozenset(made))
    return kind(**dict(zip(names, read(value), strict=True)), **made)


@cache
def _taken(kind: Any, made: frozenset[str]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The names of the fields of `kind` that are not made, and what reads them all of a value."""
    names = tuple(field.name for field in fields(kind) if field.init and field.name not in made)
    if len(names) < 2:  # attrgetter of one name gives no tuple
        return names, lambda value: tuple(getattr(value, name) for name in names)
    return names, attrgetter(*names)


class Taken:
    """What such types inherit from."""

    FROM: ClassVar[tuple[type, ...]] = ()
    """Of which classes the value may be."""
    MADE: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    """How the fields are made of the value that do not bear the name of one of its attributes."""

    @classmethod
    def of(cls, value: Any) -> Self:
        """From the domain's value."""
        return shaped(cls, value, **{name: make(value) for name, make in cls.MADE.items()})


@dataclass(frozen=True, slots=True)
class Copied:
    """Makes a field that is a copy of the whole value, or copies of all in its attribute `each`."""

    kind: type[Taken]
    each: str | None = None

    def __call__(self, value: Any) -> Any:
        """The copy, or the copies."""
        found = self.uncopied(value)
        return self.kind.of(found) if self.each is None else [self.kind.of(one) for one in found]

    def uncopied(self, value: Any) -> Any:
        """What they are copies of."""
        return value if self.each is None else getattr(value, self.each)


def reader(kind: type, name: str) -> Callable[[Any], Any]:
    """What reads a field of a value that objects of `kind` are copies of, without copying."""
    make = getattr(kind, "MADE", {}).get(name)
    if make is None:
        return attrgetter(name)
    return make.uncopied if isinstance(make, Copied) else make
