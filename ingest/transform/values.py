"""Staged cells to typed values: one value table per dataset, with a reason beside every row that is bad."""

from collections.abc import Sequence
from dataclasses import replace

from ingest import sql
from ingest.mapping.model import Dataset, Lookup, Mapping
from ingest.mapping.value import ValueType
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.staging.stage import raw_table
from ingest.transform import typed
from ingest.transform.moment import moment, numeric_order
from ingest.transform.plan import Bound, bound_values, link_column, node_column
from ingest.transform.text import cell, clean_table, columns_of, holds, is_number, text_of, where

SQL_TYPES: dict[ValueType, str] = {
    "text": "TEXT",
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


def clean(connection: Staging, name: str, columns: Sequence[str], nulls: Sequence[str]) -> None:
    """Make the table of trimmed cells, in file order (`__seq`)."""
    cells = sql.listed(_named(cell(column, nulls), column) for column in columns)
    connection.execute(
        fill(
            """CREATE TABLE {t} AS SELECT row_number() OVER () AS __seq, __file, __row, __hash,
                row_number() OVER (PARTITION BY __hash ORDER BY __file, __row) AS __copy, {cells}
                    FROM {raw}""",
            t=clean_table(name), cells=cells, raw=raw_table(name),
        )
    )  # fmt: skip


def _named(value: Sql, column: str) -> Sql:
    return fill("({v}) AS {n}", v=value, n=sql.name(column))


def add_lookup(connection: Staging, name: str, lookup: Lookup) -> None:
    """Add the columns that a look-up takes; where several rows answer, the first filled value counts."""
    keys = sql.listed(sql.name(theirs) for theirs in lookup.on.values())
    taken = sql.listed(
        fill("arg_min({c}, __seq) AS {new}", c=sql.name(theirs), new=sql.name(f"__take_{new}"))
        for new, theirs in lookup.take.items()
    )
    on = sql.every(fill("c.{a} = o.{b}", a=sql.name(a), b=sql.name(b)) for a, b in lookup.on.items())
    shown = sql.listed(
        fill("o.{t} AS {new}", t=sql.name(f"__take_{new}"), new=sql.name(new)) for new in lookup.take
    )
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE {t} AS SELECT c.*, {shown} FROM {t} c
            LEFT JOIN (SELECT {keys}, {taken} FROM {other} GROUP BY {keys}) o ON {on}""",
            t=clean_table(name),
            shown=shown,
            keys=keys,
            taken=taken,
            other=clean_table(lookup.dataset),
            on=on,
        )
    )


def make_values(connection: Staging, mapping: Mapping, name: str) -> list[Bound]:
    """Make the value table: `__seq`, `__state` (filtered, duplicate, null), `__bad` (a reason), values."""
    dataset = mapping.datasets[name]
    zone = dataset.timezone or mapping.timezone
    stated = [_as_written(mapping, dataset, item) for item in bound_values(mapping, dataset)]
    bound = [_with_order(connection, name, item) for item in stated]
    texts = [_named(_text(item), "t_" + item.column) for item in bound]
    values = [_named(_typed(item, zone), item.column) for item in bound]
    makers = _makers(dataset)
    reasons = [Sql("NULL"), *(reason for item in bound for reason in _reasons(item))]
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE {t} AS
            WITH texts AS (SELECT __seq, {state} AS __state, {texts} FROM {clean}),
            typed AS (SELECT *, {values} FROM texts)
            SELECT * EXCLUDE ({bare}), CASE WHEN __state IS NULL THEN coalesce({reasons}) END AS __bad
            FROM typed""",
            t=value_table(name), clean=clean_table(name), state=_state(dataset),
            texts=sql.listed([*texts, *makers]), values=sql.listed(values), reasons=sql.listed(reasons),
            bare=sql.listed(sql.name("t_" + item.column) for item in bound),
        )
    )  # fmt: skip
    return bound


def _state(dataset: Dataset) -> Sql:
    copies = "WHEN __copy > 1 THEN 'duplicate'" if dataset.duplicates == "drop" else ""
    kept = sql.every(map(holds, dataset.where))
    return fill("CASE WHEN NOT ({kept}) THEN 'filtered' {copies} END", kept=kept, copies=Sql(copies))


def _makers(dataset: Dataset) -> list[Sql]:
    """Whether a row makes a node or link at all, by the rule's own `where`."""
    nodes = [(node_column(i, "when"), node.where) for i, node in enumerate(dataset.nodes)]
    links = [(link_column(i, "when"), link.where) for i, link in enumerate(dataset.links)]
    return [_named(sql.every(map(holds, where)), column) for column, where in nodes + links]


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


def _with_order(connection: Staging, name: str, item: Bound) -> Bound:
    """For dates without a format: ISO, and the order of day and month that the column itself shows."""
    if item.type not in ("date", "datetime") or item.value.format:
        return item
    days, months = numeric_order(Sql("t"))
    query = "SELECT {days}, {months} FROM (SELECT {t} AS t FROM {clean})"
    found = connection.execute(fill(query, days=days, months=months, t=_text(item), clean=clean_table(name)))
    day_first, month_first = found.fetchone() or (False, False)
    shown = {(True, False): ("day-first",), (False, True): ("month-first",)}.get((day_first, month_first), ())
    return replace(item, value=item.value.model_copy(update={"format": ("iso", *shown)}))


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
        "CASE WHEN {condition} THEN {told} || {what} || {place} END",
        condition=condition, told=sql.bind(f"{item.told}: "), what=what, place=sql.bind(place),
    )  # fmt: skip
