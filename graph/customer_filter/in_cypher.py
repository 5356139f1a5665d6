"""A condition as Cypher over a customer `c`, its Profile `f` and the moment `t`.

Its values are parameters. The text depends on which fields and operators are asked for and how they are
joined, never on a value, a name or a word that somebody wrote.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.customer_filter.condition import All, AnyOf, Comparison, Condition, Items, Not
from graph.customer_filter.days import bounds
from graph.customer_filter.field import FIELDS, Field
from graph.customer_filter.items_in_cypher import items_in_cypher

_COMPARED = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}


@dataclass(frozen=True, slots=True)
class Asked:
    """The text of a condition, its parameters, and the lists (names of macros) that it reads."""

    text: str
    params: dict[str, Any]
    lists: tuple[str, ...]


@dataclass(slots=True)
class _Writer:
    now: datetime
    params: dict[str, Any] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)

    def bound(self, value: Any) -> str:
        """The parameter that holds the value."""
        name = f"w{len(self.params)}"
        self.params[name] = value
        return f"${name}"


def in_cypher(condition: Condition, now: datetime) -> Asked:
    """The condition at `now`; never null where the Profile is missing."""
    writer = _Writer(now)
    text = _written(condition, writer)
    return Asked(text, writer.params, tuple(sorted(writer.lists)))


def _written(condition: Condition, writer: _Writer) -> str:  # noqa: PLR0911 - a return for each part
    match condition:
        case All(parts):
            return _joined(" AND ", "true", [_written(part, writer) for part in parts])
        case AnyOf(parts):
            return _joined(" OR ", "false", [_written(part, writer) for part in parts])
        case Not(part):
            return f"NOT ({_written(part, writer)})"
        case Items():
            return items_in_cypher(condition, writer.bound, writer.now)
        case Comparison(name, "is_not", values, of):
            return f"NOT ({_written(Comparison(name, 'is', values, of), writer)})"
        case Comparison():
            field = FIELDS[condition.field]
            if field.kind == "texts":
                return _texts(condition, field, writer)
            return f"coalesce({_test(condition, field, writer)}, false)"


def _joined(word: str, none: str, parts: list[str]) -> str:
    return word.join(f"({part})" for part in parts) or none


def _test(test: Comparison, field: Field, writer: _Writer) -> str:
    if test.operator == "known":
        return f"({_value(test, field, writer)} IS NOT NULL) = {writer.bound(test.values[0])}"
    if field.kind in {"days_since", "days_until"}:
        found = [_days(test, field, float(str(one)), writer) for one in test.values]
        return _joined(" OR ", "false", found)
    return _compared(test, field, writer)


def _value(test: Comparison, field: Field, writer: _Writer) -> str:
    if field.kind == "attribute":
        return f"c[{writer.bound(f'x_{test.of}')}]"
    return _amount(field, writer.bound(test.of)) if field.kind == "money" else field.cypher


def _compared(test: Comparison, field: Field, writer: _Writer) -> str:
    value = _value(test, field, writer)
    if field.kind == "day":
        sign = "<" if test.operator == "before" else ">="
        return f"{value} {sign} datetime({writer.bound(_iso(test.values[0]))})"
    if test.operator == "is":
        return f"{value} IN {writer.bound(list(test.values))}"
    if test.operator in _COMPARED:
        return f"{value} {_COMPARED[test.operator]} {writer.bound(test.values[0])}"
    how = "CONTAINS" if test.operator == "contains" else "STARTS WITH"
    return f"toLower({value}) {how} toLower({writer.bound(test.values[0])})"


def _texts(test: Comparison, field: Field, writer: _Writer) -> str:
    """Of a list that is collected (by the name of its macro), or that the Profile has.

    Not by `any` and `all`, which the embedded engine gets wrong in a WHERE within two `coalesce`.
    """
    value = field.cypher
    if "." in value:
        value = f"coalesce({value}, [])"
    else:
        writer.lists.add(value)
    if test.operator == "known":
        return f"(size({value}) > 0) = {writer.bound(test.values[0])}"
    given = writer.bound(list(test.values))
    if test.operator == "has_all":
        return f"size([one IN {given} WHERE NOT one IN {value}]) = 0"
    return f"size([one IN {value} WHERE one IN {given}]) > 0"


def _amount(field: Field, currency: str) -> str:
    """The amount in a currency, 0 where there is none."""
    amounts, currencies = f"{field.cypher}_amounts", f"{field.cypher}_currencies"
    return (
        f"reduce(sum = 0.0, i IN range(0, size(coalesce({currencies}, [])) - 1) | "
        f"CASE WHEN {currencies}[i] = {currency} THEN {amounts}[i] ELSE sum END)"
    )


def _days(test: Comparison, field: Field, days: float, writer: _Writer) -> str:
    parts = [
        f"{field.cypher} {sign} datetime({writer.bound(at.isoformat())})"
        for sign, at in bounds(field.kind, test.operator, days, writer.now).signs
    ]
    return _joined(" AND ", "true", parts)


def _iso(value: Any) -> str:
    return str(value.isoformat())
