"""Filling a template: values for its parameters, by the company's own customers, and the tag it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from graph.customer_filter import FIELDS, Comparison, Field, read
from graph.customer_group.definition import Definition
from graph.customer_group.find import value_of
from graph.errors import UsageError
from graph.sentences import suggestion
from graph.sql import bind, fill, name
from graph.sql.run import first, rows
from graph.tag_template.read import Template, TemplateParameter

LEAST = 20
"""Customers of whom a figure must be known for their quantile to be a default."""
Value = float | str | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of a parameter, and where it comes from: `given`, the company's data, or the template."""

    name: str
    value: Value
    unit: str
    origin: str


def settings(
    connection: duckdb.DuckDBPyConnection, template: Template, given: Mapping[str, str], now: datetime
) -> tuple[Setting, ...]:
    """A value for each parameter, over the table `customer_profile`. given: words as somebody wrote them.

    Raises UsageError for a parameter that there is not, a number that is none, and for one that neither the
    data nor the template gives a value.
    """
    known = {one.name for one in template.parameters}
    for wrong in given.keys() - known:
        told = suggestion(wrong, known) if known else "; it has none"
        raise UsageError(f"{template.template_id} has no parameter `{wrong}`{told}")
    return tuple(_setting(connection, one, given, now) for one in template.parameters)


def filled(template: Template, set_to: Iterable[Setting], tag_id: str | None = None) -> Definition:
    """The tag that a template makes with these values; its id is that of the template if none is given."""
    values = {one.name: one.value for one in set_to}
    shown = {key: _shown(value) for key, value in values.items()}
    return Definition(
        kind="tag", group_id=tag_id or template.template_id, name=template.name, name_zh=template.name_zh,
        description=template.description.format(**shown),
        description_zh=template.description_zh.format(**shown),
        dimension=template.industry, condition=read(_put(template.when, values)),
    )  # fmt: skip


def _setting(
    connection: duckdb.DuckDBPyConnection, one: TemplateParameter, given: Mapping[str, str], now: datetime
) -> Setting:
    if one.name in given:
        return Setting(one.name, _written(one, given[one.name]), one.unit, "given")
    value, origin = _own(connection, one, now)
    if value is not None:
        return Setting(one.name, value, one.unit, origin)
    if one.default is None:
        raise UsageError(
            f"the data have no word for `{one.name}` ({one.unit}); give it by --set {one.name}=…"
        )
    told = "judgement" if one.source == "judgement" else f"template ({origin})"
    return Setting(one.name, one.default, one.unit, told)


def _written(one: TemplateParameter, text: str) -> Value:
    if not one.numeric:
        words = [word.strip() for word in text.split(",") if word.strip()]
        if not words:
            raise UsageError(f"`{one.name}` is empty; give a {one.unit}, or several with commas between")
        return words
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(f"`{one.name}` is a number ({one.unit}), not {text!r}") from error


def _own(
    connection: duckdb.DuckDBPyConnection, one: TemplateParameter, now: datetime
) -> tuple[Value | None, str]:
    """The value by the company's own customers, and how it is told; None where they say too little."""
    if one.quantile is not None:
        share, field = one.quantile
        value, customers = _quantile(connection, field, share, now)
        if value is None or customers < LEAST:
            return None, f"{customers} of {LEAST} customers known"
        return _round(value, one.unit), f"quantile {share:g} of {field}, {customers:,} customers"
    if one.word is not None:
        rank, field = one.word
        word = _common(connection, FIELDS[field], rank)
        return (
            word,
            f"{'commonest' if rank == 0 else 'next commonest'} {field}" if word else f"no {field} known",
        )
    return None, "judgement"


def _quantile(
    connection: duckdb.DuckDBPyConnection, field_name: str, share: float, now: datetime
) -> tuple[float | None, int]:
    """Of the customers that have any: 0 is left out, and of days what lies on the other side of now."""
    attribute = field_name.removeprefix("attribute.") if field_name.startswith("attribute.") else None
    field = FIELDS["attribute" if attribute else field_name]
    value = fill(
        "TRY_CAST({v} AS DOUBLE)", v=value_of(Comparison(field.name, "known", (True,), attribute), field, now)
    )
    one_side = field.kind in {"days_since", "days_until"}
    query = fill(
        "SELECT quantile_cont(value, {share}) AS value, count(*) AS customers"
        " FROM (SELECT {value} AS value FROM customer_profile)"
        " WHERE value > 0 OR value < 0 AND NOT {one_side}",
        share=bind(share), value=value, one_side=bind(one_side),
    )  # fmt: skip
    found = first(connection, query)
    return (found[0], found[1]) if found else (None, 0)


def _common(connection: duckdb.DuckDBPyConnection, field: Field, rank: int) -> str | None:
    value = fill("unnest({c})" if field.kind == "texts" else "{c}", c=name(field.column))
    query = fill(
        "SELECT value FROM (SELECT {v} AS value FROM customer_profile) WHERE value IS NOT NULL"
        " GROUP BY value ORDER BY count(*) DESC, value LIMIT 1 OFFSET {r}",
        v=value, r=bind(rank),
    )  # fmt: skip
    return next((str(row["value"]) for row in rows(connection, query)), None)


def _round(value: float, unit: str) -> float:
    """Whole numbers, but for points of a scale: a threshold is meant for reading."""
    return round(value, 1) if unit == "points" else float(round(value))


def _put(given: Any, values: Mapping[str, Value]) -> Any:
    """The condition with values for `$name`; a list within a list becomes part of it."""
    if isinstance(given, Mapping):
        return {key: _put(value, values) for key, value in given.items()}
    if isinstance(given, list):
        return [_put(one, values) for one in given]
    if isinstance(given, str) and given.startswith("$"):
        return values[given[1:]]
    return given


def _shown(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)
