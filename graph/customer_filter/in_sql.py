"""A condition as SQL over the table `customer_profile`, which `graph.customer_profile` makes of a history."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from graph.customer_filter.attribute_in_sql import attribute_test
from graph.customer_filter.condition import All, AnyOf, Comparison, Condition, Items, Kind, Not
from graph.customer_filter.days import bounds
from graph.customer_filter.field import FIELDS, Field
from graph.customer_filter.items_in_sql import items_in_sql
from graph.moment import naive
from graph.sql import Sql, any_of, every, fill, listed, name
from graph.sql import bind as bound

_COMPARED = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}


def in_sql(condition: Condition, now: datetime) -> Sql:
    """Whether a row answers to the condition at `now`; never null."""
    match condition:
        case All(parts):
            return every(in_sql(part, now) for part in parts)
        case AnyOf(parts):
            return any_of(in_sql(part, now) for part in parts)
        case Not(part):
            return fill("NOT ({p})", p=in_sql(part, now))
        case Items():
            return items_in_sql(condition, naive(now))
        case Comparison():
            return fill("coalesce({t}, false)", t=_test(condition, FIELDS[condition.field], naive(now)))


def _test(test: Comparison, field: Field, now: datetime) -> Sql:
    if test.operator == "is_not":
        same = Comparison(test.field, "is", test.values, test.of)
        return fill("NOT coalesce({t}, false)", t=_test(same, field, now))
    if test.operator == "known" and field.kind != "attribute":
        return _known(test, field)
    if field.kind in {"days_since", "days_until"}:
        column = name(field.column)
        return any_of(_days(test, field, float(str(value)), column, now) for value in test.values)
    return _OF_KIND[field.kind](test, field)


def _known(test: Comparison, field: Field) -> Sql:
    known = "coalesce(len({c}), 0) > 0" if field.kind == "texts" else "{c} IS NOT NULL"
    return fill(f"({known}) = {{v}}", c=name(field.column), v=_plain(test.values[0]))


def amount(field: Field, currency: str) -> Sql:
    """The amount of a field in a currency, 0 where there is none."""
    return fill(
        "coalesce({a}[list_position({k}, {of})], 0)",
        a=name(f"{field.column}_amounts"), k=name(f"{field.column}_currencies"), of=bound(currency),
    )  # fmt: skip


def _money(test: Comparison, field: Field) -> Sql:
    owned = amount(field, str(test.of))
    return fill(f"{{c}} {_COMPARED[test.operator]} {{v}}", c=owned, v=_values(test))


def _texts(test: Comparison, field: Field) -> Sql:
    how = "list_has_all" if test.operator == "has_all" else "list_has_any"
    return fill(f"{how}({{c}}, [{{v}}])", c=name(field.column), v=_values(test))


def _day(test: Comparison, field: Field) -> Sql:
    sign = "<" if test.operator == "before" else ">="
    at = datetime.fromisoformat(str(test.values[0]))
    return fill(f"{{c}} {sign} {{v}}", c=name(field.column), v=_moment(naive(at)))


def _text(test: Comparison, field: Field) -> Sql:
    column = name(field.column)
    if test.operator == "is":
        return fill("{c} IN ({v})", c=column, v=_values(test))
    how = "contains" if test.operator == "contains" else "starts_with"
    return fill(f"{how}(lower({{c}}), lower({{v}}))", c=column, v=_values(test))


def _number(test: Comparison, field: Field) -> Sql:
    column = name(field.column)
    if test.operator == "is":
        return fill("{c} IN ({v})", c=column, v=_values(test))
    return fill(f"{{c}} {_COMPARED[test.operator]} {{v}}", c=column, v=_values(test))


def _days(test: Comparison, field: Field, days: float, column: Sql, now: datetime) -> Sql:
    signs = bounds(field.kind, test.operator, days, now).signs
    return every(fill(f"{{c}} {sign} {{m}}", c=column, m=_moment(at)) for sign, at in signs)


def _values(test: Comparison) -> Sql:
    return listed(_each(test))


def _each(test: Comparison) -> Iterator[Sql]:
    yield from (_plain(value) for value in test.values)


def _plain(value: Any) -> Sql:
    return bound(value)


def _moment(at: datetime) -> Sql:
    return fill("{m}::TIMESTAMP", m=bound(at.isoformat()))


_OF_KIND: dict[Kind, Callable[[Comparison, Field], Sql]] = {
    "text": _text,
    "texts": _texts,
    "number": _number,
    "money": _money,
    "day": _day,
    "attribute": lambda test, field: attribute_test(test, name(field.column)),
}
