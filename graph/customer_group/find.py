"""Which customers answer to a condition, and by which values, over the table `customer_profile`."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import duckdb

from graph.customer_filter import FIELDS, Comparison, Condition, Field, Items, comparisons, items_asked
from graph.customer_filter.in_sql import amount, in_sql
from graph.customer_filter.items_in_sql import count_of_items
from graph.moment import naive
from graph.sql import Sql, bind, fill, name, packed_whole
from graph.sql.run import execute, rows

SAMPLES = 10


class Found(NamedTuple):
    """A customer, and as JSON the values of what the condition asks about."""

    customer_id: str
    figures: str


class Sample(NamedTuple):
    """A customer as a preview shows it."""

    customer_id: str
    name: str
    figures: str


def found(connection: duckdb.DuckDBPyConnection, condition: Condition, now: datetime) -> list[Found]:
    """Every customer that answers to the condition."""
    query = fill(
        "SELECT customer_id, {figures} AS figures FROM customer_profile WHERE {where} ORDER BY customer_id",
        figures=_figures(condition, now), where=in_sql(condition, now),
    )  # fmt: skip
    return [Found(row["customer_id"], row["figures"]) for row in rows(connection, query)]


def samples(
    connection: duckdb.DuckDBPyConnection, condition: Condition, now: datetime
) -> tuple[int, list[Sample]]:
    """How many customers answer, and ten of them, as evenly spread over their ids as a hash spreads them."""
    where = in_sql(condition, now)
    counted = execute(connection, fill("SELECT count(*) FROM customer_profile WHERE {w}", w=where)).fetchall()
    query = fill(
        "SELECT customer_id, name, {figures} AS figures FROM customer_profile WHERE {where}"
        " ORDER BY md5(customer_id) LIMIT {most}",
        figures=_figures(condition, now), where=where, most=bind(SAMPLES),
    )  # fmt: skip
    return counted[0][0], [Sample(**row) for row in rows(connection, query)]


def unheard(connection: duckdb.DuckDBPyConnection, condition: Condition) -> Iterator[str]:
    """A sentence for every word that is asked for and that no customer has, with what is common instead."""
    for test in comparisons(condition):
        field = FIELDS[test.field]
        if field.kind in {"text", "texts"} and test.operator in {"is", "is_not", "has_all"}:
            yield from _unheard(connection, test, field)

    for asked in items_asked(condition):
        yield from _unheard_items(connection, asked)


def _unheard_items(connection: duckdb.DuckDBPyConnection, asked: Items) -> Iterator[str]:
    """A kind that no item at a customer has, fields that none of that kind has, and parts of a list."""
    counted = rows(
        connection, Sql("SELECT kind, count(*) AS n FROM customer_item GROUP BY kind ORDER BY n DESC, kind")
    )
    kinds = {row["kind"]: row["n"] for row in counted}
    if asked.kind not in kinds:
        known = ", ".join(f"{kind} ({n:,})" for kind, n in list(kinds.items())[:5]) or "no kind at all"
        yield f"no customer has an item of kind {asked.kind!r}; there are {known}"
        return
    query = fill(
        "SELECT name, bool_and(json_type(attributes, '/' || name) = 'ARRAY') AS is_list FROM ("
        "SELECT unnest(json_keys(attributes)) AS name, attributes FROM customer_item WHERE kind = {k})"
        " GROUP BY name ORDER BY name",
        k=bind(asked.kind),
    )
    filled = {row["name"].removeprefix("x_"): row["is_list"] for row in rows(connection, query)}
    for absent in dict.fromkeys(test.of for test in asked.where if test.of and test.of not in filled):
        yield f"no {asked.kind} at a customer has `{absent}`; they have {', '.join(filled) or 'no fields'}"
    for test in asked.where:
        if test.operator in {"contains", "starts_with"} and filled.get(test.of or ""):
            yield f"`{test.of}` of a {asked.kind} is a list, which answers to no `{test.operator}`"


def _unheard(connection: duckdb.DuckDBPyConnection, test: Comparison, field: Field) -> Iterator[str]:
    values = fill("unnest({c})" if field.kind == "texts" else "{c}", c=name(field.column))
    query = fill(
        "SELECT value, count(*) AS customers FROM (SELECT {v} AS value FROM customer_profile)"
        " WHERE value IS NOT NULL GROUP BY value ORDER BY customers DESC, value",
        v=values,
    )
    counted = {row["value"]: row["customers"] for row in rows(connection, query)}
    for word in test.values:
        if word not in counted:
            common = (
                ", ".join(f"{value} ({n:,})" for value, n in list(counted.items())[:5]) or "none is known"
            )
            yield f"no customer has `{field.name}` {word!r}; the commonest: {common}"


def _figures(condition: Condition, now: datetime) -> Sql:
    asked = {_named(test): value_of(test, FIELDS[test.field], now) for test in comparisons(condition)}
    asked |= {f"items {one.kind}": count_of_items(one, naive(now)) for one in items_asked(condition)}
    if not asked:
        return Sql("'{}'")
    return fill("({all})::VARCHAR", all=packed_whole(dict(sorted(asked.items()))))


def _named(test: Comparison) -> str:
    if test.field == "attribute":
        return f"attribute.{test.of}"
    return f"{test.field} {test.of}" if test.of else test.field


def value_of(test: Comparison, field: Field, now: datetime) -> Sql:
    column, moment = name(field.column), bind(naive(now).isoformat())
    match field.kind:
        case "attribute":
            return fill("json_extract({c}, {p})", c=column, p=bind(f"/x_{test.of}"))
        case "days_since":
            return fill("floor(epoch({m}::TIMESTAMP - {c}) / 86400)::BIGINT", m=moment, c=column)
        case "days_until":
            return fill("floor(epoch({c} - {m}::TIMESTAMP) / 86400)::BIGINT", m=moment, c=column)
        case "money":
            return amount(field, str(test.of))
    return column
