"""How many items of a customer `c` answer at the moment `t`, as Cypher; values are parameters.

Days and moments of items are kept as ISO text, which sorts as they do.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from cypher.macros import expand
from graph.customer_filter.condition import Comparison, Items
from graph.customer_filter.days import DAYS, as_text, bounds
from graph.customer_filter.items import FIELDS

Bind = Callable[[Any], str]
"""Gives the parameter that holds a value."""

_COMPARED = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
_LINKED, _ = expand(
    "MATCH (c)<-[tied:LINKED_TO]-(thing:Item) WHERE {{true_at tied t}} AND {{seen_by_viewer tied}} "
    "AND {{standing_at thing t}}"
)


def items_in_cypher(asked: Items, bind: Bind, now: datetime) -> str:
    """Whether as many items answer as are asked for; each counts once, however often it is linked."""
    tests = [f"thing.kind = {bind(asked.kind)}"]
    if asked.relation is not None:
        tests.append(f"tied.relation = {bind(asked.relation)}")
    tests += [_of_item(test, bind, now) for test in asked.where]
    counted = f"size(COLLECT {{ {_LINKED} AND {_every(tests)} RETURN DISTINCT thing.item_id }})"
    return _every(_compared(test, counted, bind) for test in asked.count)


def _of_item(test: Comparison, bind: Bind, now: datetime) -> str:
    if test.operator == "is_not":
        return f"NOT ({_of_item(Comparison(test.field, 'is', test.values, test.of), bind, now)})"
    value = "thing.name" if test.field == "name" else f"thing[{bind(f'x_{test.of}')}]"
    return f"coalesce({_test(test, value, bind, now)}, false)"


def _test(test: Comparison, value: str, bind: Bind, now: datetime) -> str:
    if test.operator == "known":
        return f"({value} IS NOT NULL) = {bind(test.values[0])}"
    if test.field in DAYS:
        return " OR ".join(_days(test, value, float(str(one)), bind, now) for one in test.values)
    if test.operator in {"before", "since"}:
        sign = "<" if test.operator == "before" else ">="
        return f"{value} {sign} {bind(as_text(test.values[0]))}"
    if test.operator in {"contains", "starts_with"}:
        how = "CONTAINS" if test.operator == "contains" else "STARTS WITH"
        return f"toLower(toStringOrNull({value})) {how} toLower({bind(test.values[0])})"
    return _compared(test, value, bind)


def _compared(test: Comparison, value: str, bind: Bind) -> str:
    if test.operator in _COMPARED:
        return f"{value} {_COMPARED[test.operator]} {bind(test.values[0])}"
    same = f"{value} IN {bind(list(test.values))}"
    return f"NOT ({same})" if test.operator == "is_not" else same


def _days(test: Comparison, value: str, days: float, bind: Bind, now: datetime) -> str:
    signs = bounds(FIELDS[test.field].kind, test.operator, days, now).signs
    return _every(f"{value} {sign} {bind(as_text(at))}" for sign, at in signs)


def _every(parts: Iterable[str]) -> str:
    return "(" + " AND ".join(f"({part})" for part in parts) + ")"
