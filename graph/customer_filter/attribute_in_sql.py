"""A test of one custom attribute, in the JSON text of all of them."""

import orjson

from graph.customer_filter.condition import Comparison
from graph.sql import Sql, any_of, bind, fill

_COMPARED = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}


def attribute_test(test: Comparison, attributes: Sql) -> Sql:
    """Null where the attribute is not known; a number and a text are never equal."""
    value = fill("json_extract({c}, {p})", c=attributes, p=bind(f"/x_{test.of}"))
    if test.operator == "known":
        return fill("({v} IS NOT NULL) = {k}", v=value, k=bind(bool(test.values[0])))
    numbers = [one for one in test.values if isinstance(one, float)]
    others = [orjson.dumps(one).decode() for one in test.values if not isinstance(one, float)]
    number = fill("CASE WHEN json_type({v}) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN {v}::DOUBLE END", v=value)
    if test.operator in _COMPARED:
        return fill(f"{{n}} {_COMPARED[test.operator]} {{v}}", n=number, v=bind(numbers[0]))
    asked = [fill("{n} = {v}", n=number, v=bind(one)) for one in numbers]
    asked += [fill("{n}::VARCHAR = {v}", n=value, v=bind(one)) for one in others]
    return any_of(fill("coalesce({a}, false)", a=one) for one in asked)
