"""A condition: tests of single fields, joined by and, or and not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Operator = Literal[
    "is", "is_not", "contains", "starts_with", "has_all", "above", "at_least", "below", "at_most", "before",
    "since", "known",
]  # fmt: skip
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Value = str | int | float | bool | datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared with values; several values: any of them (of `has_all`: all).

    A value that is not known answers to no comparison, so that it answers to `is_not`, which is the opposite
    of `is`.
    """

    field: str
    operator: Operator
    values: tuple[Value, ...]
    of: str | None = None
    """The currency of an amount, or the name of a custom attribute."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Comparison | All | AnyOf | Not


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every test in the condition, in order."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)


def plain(condition: Condition) -> dict[str, Any]:
    """The condition as `read` takes it, of plain values alone, so that it can be kept as JSON."""
    match condition:
        case All(parts):
            return {"all": [plain(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [plain(part) for part in parts]}
        case Not(part):
            return {"not": plain(part)}
        case Comparison(field, operator, values, of):
            given = [value.isoformat() if isinstance(value, datetime) else value for value in values]
            wanted: dict[str, Any] = {operator: given[0] if len(given) == 1 else given}
            if field == "attribute":
                return {f"attribute.{of}": wanted}
            return {field: wanted | ({"currency": of} if of else {})}
