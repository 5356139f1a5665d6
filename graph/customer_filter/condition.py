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
Kind = Literal[
    "text", "texts", "number", "count", "money", "day", "days_since", "days_until", "attribute", "own"
]
"""`count` is a number that is always known; `money` is an amount per currency; `days_since` and `days_until`
are whole days to or from a moment; `own` is a field of an item."""
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
    """The currency of an amount, the name of a custom attribute, or of a field of an item."""


@dataclass(frozen=True, slots=True)
class Items:
    """How many of the items of a kind that are linked to the customer answer to all of `where`.

    where: tests of `graph.customer_filter.items.FIELDS`; count: tests of the number, all of which must hold.
    """

    kind: str
    relation: str | None
    where: tuple[Comparison, ...]
    count: tuple[Comparison, ...]


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


Condition = Comparison | Items | All | AnyOf | Not


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every test of the customer itself in the condition, in order."""
    yield from (one for one in _tests(condition) if isinstance(one, Comparison))


def items_asked(condition: Condition) -> Iterator[Items]:
    """Every test of its items."""
    yield from (one for one in _tests(condition) if isinstance(one, Items))


def _tests(condition: Condition) -> Iterator[Comparison | Items]:
    match condition:
        case Comparison() | Items():
            yield condition
        case Not(part):
            yield from _tests(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _tests(part)


def plain(condition: Condition) -> dict[str, Any]:
    """The condition as `read` takes it, of plain values alone, so that it can be kept as JSON."""
    match condition:
        case All(parts):
            return {"all": [plain(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [plain(part) for part in parts]}
        case Not(part):
            return {"not": plain(part)}
        case Items():
            return {"items": _plain_items(condition)}
        case Comparison("attribute", _, _, of):
            return {f"attribute.{of}": _wanted(condition)}
        case Comparison(field, _, _, of):
            return {field: _wanted(condition) | ({"currency": of} if of else {})}


def _wanted(test: Comparison) -> dict[str, Any]:
    given = [value.isoformat() if isinstance(value, datetime) else value for value in test.values]
    return {test.operator: given[0] if len(given) == 1 else given}


def _plain_items(items: Items) -> dict[str, Any]:
    where: dict[str, dict[str, Any]] = {}
    for test in items.where:
        name = test.of if test.field == "own" else f"{test.field}.{test.of}" if test.of else test.field
        where.setdefault(str(name), {}).update(_wanted(test))
    count: dict[str, Any] = {}
    for test in items.count:
        count |= _wanted(test)
    told: dict[str, Any] = {"kind": items.kind, "count": count}
    return (
        told | ({"relation": items.relation} if items.relation else {}) | ({"where": where} if where else {})
    )
