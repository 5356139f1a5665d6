"""Staged cells to typed values: one value table per dataset, with a reason beside every row that is bad."""

from collections.abc import Sequence
from dataclasses import replace

from ingest import sql, tables
from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.value import ValueType
from ingest.sql import Relation, Sql, fill
from ingest.staging.database import Staging
from ingest.transform import typed
from ingest.transform.moment import moment, numeric_order
from ingest.transform.plan import Bound, bound_values, link_column, node_column
from ingest.transform.text import columns_of, holds, is_number, text_of, where

SQL_TYPES: dict[ValueType, str] = {
    "text": "VARCHAR",
    "date": "VARCHAR",
    "datetime": "VARCHAR",
    "list": "VARCHAR[]",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
}
NAMES: dict[ValueType, str] = {
    "number": "a number", "integer": "a whole number", "boolean": "yes or no", "date": "a date",
    "datetime": "a date", "text": "one of the allowed values", "list": "a list",
}  # fmt: skip


def value_table(dataset: str) -> Sql:
    """The scratch table with a dataset's typed values."""
    return Sql(f"work.{sql.name(f'val_{dataset}')}")


def _named(value: Sql, column: str) -> Sql:
    return fill("({v}) AS {n}", v=value, n=sql.name(column))


def typed_rows(staging: Staging, mapping: Mapping, name: str, rows: Relation) -> Relation:
    """The typed values of a dataset's rows, with a reason beside every row that is bad."""
    dataset = mapping.datasets[name]
    zone = dataset.timezone or mapping.timezone
    stated = [_as_written(mapping, dataset, item) for item in bound_values(mapping, dataset)]
    bound = [_with_order(staging, rows, item) for item in stated]
    texts = [_named(_text(item), "t_" + item.column) for item in bound]
    values = [_named(_typed(item, zone), item.column) for item in bound]
    makers = _makers(dataset)
    query = fill(
        """WITH texts AS (SELECT __seq, {state} AS __state, {texts} FROM {rows}),
        typed AS (SELECT *, {values} FROM texts)
        SELECT __seq, __state, {columns}, CASE WHEN __state IS NULL THEN {bad} END AS __bad FROM typed""",
        state=_state(dataset), texts=sql.listed([*texts, *(_named(c, n) for n, c in makers.items())]),
        rows=rows.table, values=sql.listed(values), bad=_bad(bound),
        columns=sql.listed(map(sql.name, [*makers, *(item.column for item in bound)])),
    )  # fmt: skip
    columns = dict.fromkeys(makers, "BOOLEAN") | {item.column: _kind(item) for item in bound}
    return staging.make(tables.value_rows(name, columns), query)


def _bad(bound: Sequence[Bound]) -> Sql:
    """The first reason for which a row is bad; null where it is not."""
    return fill("{r}::VARCHAR", r=sql.coalesce(reason for item in bound for reason in _reasons(item)))


def _kind(item: Bound) -> str:
    """The DuckDB type of a value."""
    if item.value.multiply is not None:
        return "DOUBLE"
    return "VARCHAR" if item.choices else SQL_TYPES[item.type]


def _state(dataset: Dataset) -> Sql:
    copies = "WHEN __copy > 1 THEN 'duplicate'" if dataset.duplicates == "drop" else ""
    kept = sql.every(map(holds, dataset.where))
    return fill("CASE WHEN NOT ({kept}) THEN 'filtered' {copies} END", kept=kept, copies=Sql(copies))


def _makers(dataset: Dataset) -> dict[str, Sql]:
    """Whether a row makes a node or link at all, by the rule's own `where`."""
    nodes = {node_column(i, "when"): node.where for i, node in enumerate(dataset.nodes)}
    links = {link_column(i, "when"): link.where for i, link in enumerate(dataset.links)}
    return {column: sql.every(map(holds, where)) for column, where in (nodes | links).items()}


def _as_written(mapping: Mapping, dataset: Dataset, item: Bound) -> Bound:
    """The value with the dataset's way of writing numbers and dates, where it names none itself."""
    value = item.value
    stated: dict[str, object] = {}
    if item.type in ("number", "integer") and value.decimal is None and value.thousands is None:
        stated["decimal"] = dataset.decimal or mapping.decimal
        stated["thousands"] = dataset.thousands or mapping.thousands
    if item.type in ("date", "datetime") and not value.format:
        stated["format"] = dataset.dates or mapping.dates
    return replace(item, value=value.model_copy(update=stated)) if stated else item


def _with_order(staging: Staging, rows: Relation, item: Bound) -> Bound:
    """For dates without a format: ISO, and the order of day and month that the column itself shows."""
    if item.type not in ("date", "datetime") or item.value.format:
        return item
    days, months = numeric_order(Sql("t"))
    query = fill("SELECT {days}, {months} FROM (SELECT {t} AS t FROM {rows})", days=days, months=months,
                 t=_text(item), rows=rows.table)  # fmt: skip
    orders: dict[tuple[bool, bool], tuple[str, ...]] = {
        (True, False): ("day-first",), (False, True): ("month-first",)
    }  # fmt: skip
    (shown,) = staging.rows(query)
    return replace(item, value=item.value.model_copy(update={"format": ("iso", *orders.get(shown, ()))}))


def _text(item: Bound) -> Sql:
    factors = [sql.name(factor) for factor in item.value.multiply or () if not is_number(factor)]
    if not factors:
        return text_of(item.value, whole=item.whole)
    empty = sql.any_of(Sql(f"{factor} IS NULL") for factor in factors)
    joined = fill("concat_ws(' × ', {all})", all=sql.listed(factors))
    found = fill("CASE WHEN {empty} THEN NULL ELSE {joined} END", empty=empty, joined=joined)
    return where(item.value, found)


def _typed(item: Bound, zone: str) -> Sql:
    text = sql.name("t_" + item.column)
    read = _read(item, text, item.value.timezone or zone)
    if item.default is None:
        return read
    return fill("CASE WHEN {t} IS NULL THEN {d} ELSE {r} END", t=text, d=sql.bind(item.default), r=read)


def _read(item: Bound, text: Sql, zone: str) -> Sql:
    if item.value.multiply is not None:
        return _product(item, text)
    if item.choices:
        return typed.choice(text, item.choices)
    if item.type in ("date", "datetime"):
        return moment(text, item.value.format, zone)
    if item.type == "list":
        return typed.items(text, item.value.split)
    readers = {"number": typed.number, "integer": typed.integer, "boolean": typed.boolean}
    return readers[item.type](text, item.value) if item.type in readers else text


def _product(item: Bound, text: Sql) -> Sql:
    """The factors stand in the text, separated, in their order; plain numbers are multiplied in."""
    factors = item.value.multiply or ()
    constants = [Sql(factor) for factor in factors if is_number(factor)]
    count = len(factors) - len(constants)
    columns = [
        typed.number(fill("string_split({t}, ' × ')[{i}]", t=text, i=Sql(str(i + 1))), item.value)
        for i in range(count)
    ]
    return fill("round({all}, 6)", all=sql.listed([*columns, *constants], " * "))


def _reasons(item: Bound) -> list[Sql]:
    """Why a row is bad because of this value, as SQL texts that are null where it is not."""
    text, value = sql.name("t_" + item.column), sql.name(item.column)
    made = sql.name(item.maker) if item.maker else Sql("true")
    reasons = []
    if item.type != "text" or item.choices:
        reasons.append(_unread(item, made, text, value))
    if item.value.map and item.value.unmapped == "refuse":
        reasons.append(_why(item, fill("{m} AND {t} IS NULL", m=made, t=text), sql.bind("is not in its map")))
    if item.required:
        reasons.append(
            _why(item, fill("{m} AND {v} IS NULL", m=_made_at_all(item, made), v=value), sql.bind("is empty"))
        )
    for limit, sign, words in ((item.low, "<", "at least"), (item.high, ">", "at most")):
        if limit is not None:
            outside = fill("{v} {sign} {limit}", v=value, sign=Sql(sign), limit=sql.bind(limit))
            reasons.append(_why(item, outside, sql.bind(f"must be {words} {limit:g}")))
    return reasons


def _made_at_all(item: Bound, made: Sql) -> Sql:
    """A field is only missed where the row makes its node: where the node's key is filled."""
    if not item.column.startswith("n") or item.column.endswith("_key"):
        return made
    key = sql.name(item.column.split("_", 1)[0] + "_key")
    return fill("{m} AND {key} IS NOT NULL", m=made, key=key)


def _unread(item: Bound, made: Sql, text: Sql, value: Sql) -> Sql:
    allowed = f" ({', '.join(item.choices)})" if item.choices else ""
    advice = ""
    if item.type in ("date", "datetime"):
        advice = "; declare its format (such as day-first or month-first)"
    what = fill(
        "'`' || {t} || '` is not {name}{allowed}{advice}'",
        t=text, name=Sql(NAMES[item.type]), allowed=Sql(allowed), advice=Sql(advice),
    )  # fmt: skip
    return _why(item, fill("{m} AND {t} IS NOT NULL AND {v} IS NULL", m=made, t=text, v=value), what)


def _why(item: Bound, condition: Sql, what: Sql) -> Sql:
    shown = ", ".join(dict.fromkeys(columns_of(item.value)))
    place = f" (column {shown})" if shown else ""
    return fill(
        "CASE WHEN {condition} THEN {name} || {what} || {place} END",
        condition=condition, name=sql.bind(f"{item.described}: "), what=what, place=sql.bind(place),
    )  # fmt: skip
