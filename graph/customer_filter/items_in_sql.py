"""How many items of a customer answer, as SQL over `customer_item` beside a row of `customer_profile`.

Days and moments of items are kept as ISO text, which sorts as they do.
"""

from datetime import UTC, datetime

from graph.customer_filter.attribute_in_sql import attribute_test
from graph.customer_filter.condition import Comparison, Items
from graph.customer_filter.days import DAYS, as_text, bounds
from graph.customer_filter.items import FIELDS
from graph.sql import Sql, any_of, bind, every, fill, listed

_COMPARED = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
_ATTRIBUTES = Sql("customer_item.attributes")


def items_in_sql(asked: Items, now: datetime) -> Sql:
    """Whether as many items answer as are asked for. now: naive UTC."""
    counted = count_of_items(asked, now)
    return every(_compared(test, counted) for test in asked.count)


def count_of_items(asked: Items, now: datetime) -> Sql:
    """How many items answer; each counts once, however often it is linked."""
    tests = [fill("customer_item.kind = {k}", k=bind(asked.kind))]
    if asked.relation is not None:
        tests.append(fill("customer_item.relation = {r}", r=bind(asked.relation)))
    tests += [fill("coalesce({t}, false)", t=_of_item(test, now)) for test in asked.where]
    return fill(
        "(SELECT count(DISTINCT item_id) FROM customer_item"
        " WHERE customer_item.customer_id = customer_profile.customer_id AND {tests})",
        tests=every(tests),
    )


def _of_item(test: Comparison, now: datetime) -> Sql:
    if test.operator == "is_not":
        same = Comparison(test.field, "is", test.values, test.of)
        return fill("NOT coalesce({t}, false)", t=_of_item(same, now))
    if test.field == "own" and test.operator not in {"contains", "starts_with", "before", "since"}:
        return attribute_test(test, _ATTRIBUTES)
    value = Sql("customer_item.name")
    if test.of is not None and test.operator in {"contains", "starts_with"}:
        return _text(test, _text_of(test.of))
    if test.of is not None:
        value = fill("json_extract_string({c}, {p})", c=_ATTRIBUTES, p=bind(f"/x_{test.of}"))
    if test.operator == "known":
        return fill("({v} IS NOT NULL) = {k}", v=value, k=bind(bool(test.values[0])))
    if test.field in DAYS:
        return any_of(_days(test, float(str(one)), value, now) for one in test.values)
    return _text(test, value)


def _text_of(field: str) -> Sql:
    """A field as text, null where it is a list: lists have no parts of a text."""
    return fill(
        "CASE WHEN json_type({c}, {p}) <> 'ARRAY' THEN json_extract_string({c}, {p}) END",
        c=_ATTRIBUTES, p=bind(f"/x_{field}"),
    )  # fmt: skip


def _text(test: Comparison, value: Sql) -> Sql:
    if test.operator in {"contains", "starts_with"}:
        return fill(f"{test.operator}(lower({{v}}), lower({{t}}))", v=value, t=bind(str(test.values[0])))
    if test.operator in {"before", "since"}:
        sign = "<" if test.operator == "before" else ">="
        return fill(f"{{v}} {sign} {{b}}", v=value, b=bind(as_text(test.values[0])))
    return fill("{v} IN ({all})", v=value, all=listed(bind(str(one)) for one in test.values))


def _days(test: Comparison, days: float, value: Sql, now: datetime) -> Sql:
    signs = bounds(FIELDS[test.field].kind, test.operator, days, now.replace(tzinfo=UTC)).signs
    return every(fill(f"{{v}} {sign} {{b}}", v=value, b=bind(as_text(at))) for sign, at in signs)


def _compared(test: Comparison, value: Sql) -> Sql:
    if test.operator in _COMPARED:
        return fill(f"{{c}} {_COMPARED[test.operator]} {{v}}", c=value, v=bind(float(str(test.values[0]))))
    how = "NOT IN" if test.operator == "is_not" else "IN"
    return fill(f"{{c}} {how} ({{v}})", c=value, v=listed(bind(float(str(one))) for one in test.values))
